"""What each built-in figure shows, in Spanish; of three forms the third stands for either side."""

from __future__ import annotations

from types import MappingProxyType

FIGURES = MappingProxyType(
    {
        "quad-foam-roll": "Boca abajo sobre los antebrazos, un rodillo de espuma bajo {el muslo izquierdo|el muslo "
        "derecho|un muslo}. Rueda desde lo alto del muslo hasta justo encima de la rodilla.",
        "psoas-ball": "Boca abajo sobre los antebrazos, una pelota bajo la parte delantera de {la cadera izquierda|la "
        "cadera derecha|una cadera}. La cadera baja sobre la pelota.",
        "tfl-foam-roll": "Sobre {el lado izquierdo|el lado derecho|un lado}, con apoyo en el antebrazo, un rodillo de "
        "espuma bajo la cara externa de la cadera; la otra pierna cruza por delante, con el pie en el suelo.",
        "spinal-double-ball": "Boca arriba, rodillas dobladas, dos pelotas bajo la zona lumbar, una a cada lado de la "
        "columna; movimientos pequeños arriba y abajo.",
        "half-kneeling": "Sobre {la rodilla izquierda|la rodilla derecha|una rodilla}, el otro pie apoyado delante, "
        "las dos rodillas a 90 grados, el coxis metido.",
        "couch-stretch": "De espaldas a una pared, {la rodilla izquierda|la rodilla derecha|una rodilla} en un cojín "
        "en el rincón y la espinilla contra la pared, el otro pie delante. El torso se endereza.",
        "supine-hang": "Boca arriba en el borde de una cama, {la pierna izquierda|la pierna derecha|una pierna} cuelga "
        "por el borde, las dos manos sujetan la otra rodilla.",
        "low-lunge-reach": "De frente: zancada profunda, {rodilla izquierda|rodilla derecha|una rodilla} en el suelo, "
        "{brazo izquierdo|brazo derecho|el brazo del mismo lado} por encima de la cabeza. Después, inclinación hacia "
        "el otro lado.",
        "pigeon": "Desde la plancha alta, la otra rodilla va hacia delante, con la espinilla cruzada en el suelo; "
        "{la pierna izquierda|la pierna derecha|una pierna} queda estirada hacia atrás, el torso erguido, las dos "
        "manos en el suelo.",
        "glute-bridge": "Boca arriba, rodillas dobladas, pies apoyados. La cadera sube hasta que hombros, cadera y "
        "rodillas quedan en línea.",
        "single-leg-bridge": "Boca arriba, {el pie izquierdo|el pie derecho|un pie} apoyado, la otra pierna estirada. "
        "La cadera sube sobre {el pie izquierdo|el pie derecho|ese pie}.",
        "dead-bug": "Boca arriba, brazos hacia el techo, rodillas dobladas sobre la cadera. {El brazo izquierdo|El "
        "brazo derecho|Un brazo} se estira por encima de la cabeza, y la pierna contraria se estira y se aleja.",
        "side-lying-abduction": "De lado, una pierna sobre la otra. {La pierna izquierda|La pierna derecha|Una "
        "pierna}, la de arriba, sube recta hasta unos 45 grados.",
        "bird-dog": "Con manos y rodillas en el suelo. {El brazo izquierdo|El brazo derecho|Un brazo} se estira hacia "
        "delante, y la pierna contraria, recta hacia atrás.",
        "banded-hip-extension": "De pie, de cara a un anclaje bajo, una banda en {el tobillo izquierdo|el tobillo "
        "derecho|un tobillo}. {La pierna izquierda|La pierna derecha|Esa pierna} va recta hacia atrás.",
        "standing-stretch": "De pie, con el torso erguido. {El pie izquierdo|El pie derecho|Un pie} da un paso atrás y "
        "la otra rodilla se dobla un poco, el coxis metido.",
        "walk": "Caminar a un ritmo cómodo, con los brazos en movimiento.",
        "glute-squeeze": "De pie, visto desde atrás, pies al ancho de la cadera. Los glúteos se aprietan y después se "
        "sueltan.",
        "box-breath": "En posición sentada, manos sobre los muslos, el aire entra y sale; un cuadrado de flechas: "
        "inhalar, mantener, exhalar, mantener.",
        "jumping-jacks": "De frente: pies juntos, brazos abajo; después un salto, pies separados, brazos arriba.",
        "wall-sit": "Espalda contra una pared, rodillas dobladas, muslos horizontales.",
        "push-ups": "Boca abajo, manos bajo los hombros, cuerpo recto. Los codos se doblan hasta que el pecho queda "
        "cerca del suelo.",
        "crunches": "Boca arriba, rodillas dobladas, manos detrás de la cabeza. Los hombros se despegan del suelo.",
        "step-ups": "Un pie en una silla; después se sube hasta tener los dos pies en ella, alternando las piernas.",
        "squats": "De pie, pies separados. La cadera va hacia atrás y abajo, talones en el suelo, brazos delante.",
        "triceps-dips": "Manos en el borde de una silla, por detrás, piernas delante. Los codos se doblan y la cadera "
        "baja.",
        "plank": "Boca abajo sobre los antebrazos y las puntas de los pies, cuerpo recto y quieto.",
        "high-knees": "Correr en el sitio, cada rodilla a su turno hasta la altura de la cadera.",
        "lunges": "De pie; después un paso largo hacia delante y abajo, las dos rodillas dobladas, la de atrás justo "
        "encima del suelo.",
        "push-up-rotation": "Una flexión; después, con los brazos estirados, el cuerpo gira hacia un lado y un brazo "
        "se estira hacia arriba, alternando los lados.",
        "side-plank": "Sobre {el antebrazo izquierdo|el antebrazo derecho|un antebrazo} y el borde del pie, cadera "
        "arriba, cuerpo en una línea recta.",
    }
)
