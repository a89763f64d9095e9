"""What each built-in figure shows, in French; of three forms the third stands for either side."""

from __future__ import annotations

from types import MappingProxyType

FIGURES = MappingProxyType(
    {
        "quad-foam-roll": "Sur le ventre, en appui sur les avant-bras, un rouleau sous "
        "{la cuisse gauche|la cuisse droite|une cuisse}. Il roule du haut de la cuisse jusque juste au-dessus du "
        "genou.",
        "psoas-ball": "Sur le ventre, en appui sur les avant-bras, une balle sous l'avant "
        "{de la hanche gauche|de la hanche droite|d'une hanche}. La hanche descend sur la balle.",
        "tfl-foam-roll": "Sur {le côté gauche|le côté droit|un côté}, en appui sur l'avant-bras, un rouleau sous le "
        "côté de la hanche\u202f; l'autre jambe est croisée devant, son pied au sol.",
        "spinal-double-ball": "Sur le dos, genoux pliés, deux balles sous le bas du dos, une de chaque côté de la "
        "colonne\u202f; petits mouvements de haut en bas.",
        "half-kneeling": "{Genou gauche|Genou droit|Un genou} au sol, l'autre pied à plat devant, les deux genoux à 90 "
        "degrés, le coccyx rentré.",
        "couch-stretch": "Dos à un mur, {genou gauche|genou droit|un genou} sur un coussin dans l'angle et le tibia "
        "contre le mur, l'autre pied devant. Le buste se redresse.",
        "supine-hang": "Sur le dos, au bord d'un lit, {la jambe gauche|la jambe droite|une jambe} pend hors du bord, "
        "les deux mains tiennent l'autre genou.",
        "low-lunge-reach": "Vu de face\u00a0: fente basse, {genou gauche|genou droit|un genou} au sol, "
        "{bras gauche|bras droit|un bras} au-dessus de la tête. Puis le buste se penche de l'autre côté.",
        "pigeon": "Depuis la position de pompe, l'autre genou vient devant, son tibia en travers au sol\u202f; "
        "{la jambe gauche|la jambe droite|une jambe} est tendue derrière, le buste redressé, les deux mains au sol.",
        "glute-bridge": "Sur le dos, genoux pliés, pieds à plat. Le bassin monte jusqu'à ce qu'épaules, hanches et "
        "genoux soient alignés.",
        "single-leg-bridge": "Sur le dos, {pied gauche|pied droit|un pied} à plat, l'autre jambe tendue. Le bassin "
        "monte, en appui sur {le pied gauche|le pied droit|ce pied}.",
        "dead-bug": "Sur le dos, bras vers le plafond, genoux pliés au-dessus des hanches. "
        "{Le bras gauche|Le bras droit|Un bras} se tend en arrière, au-dessus de la tête, la jambe opposée au loin.",
        "side-lying-abduction": "Sur le côté, jambes superposées. {La jambe gauche|La jambe droite|Une jambe}, celle "
        "du haut, monte tendue à environ 45 degrés.",
        "bird-dog": "À quatre pattes. {Le bras gauche|Le bras droit|Un bras} se tend vers l'avant, la jambe opposée "
        "vers l'arrière.",
        "banded-hip-extension": "Debout face à un point d'attache bas, un élastique autour "
        "{de la cheville gauche|de la cheville droite|d'une cheville}. "
        "{La jambe gauche|La jambe droite|Cette jambe} part, tendue, vers l'arrière.",
        "standing-stretch": "Debout, le buste redressé. {Le pied gauche|Le pied droit|Un pied} recule, l'autre genou "
        "se plie un peu, le coccyx est rentré.",
        "walk": "Marche à une allure facile, les bras se balancent.",
        "glute-squeeze": "Debout, vu de dos, pieds écartés de la largeur du bassin. Les fessiers se serrent, puis se "
        "relâchent.",
        "box-breath": "En position assise, mains sur les cuisses, l'air entre et sort\u202f; un carré de "
        "flèches\u00a0: inspirer, retenir, expirer, retenir.",
        "jumping-jacks": "Vu de face\u00a0: pieds joints, bras en bas\u202f; puis un saut, pieds écartés, bras en "
        "haut.",
        "wall-sit": "Dos contre un mur, genoux pliés, cuisses à l'horizontale.",
        "push-ups": "Face au sol, mains sous les épaules, corps aligné. Les coudes se plient jusqu'à ce que la "
        "poitrine soit près du sol.",
        "crunches": "Sur le dos, genoux pliés, mains derrière la tête. Les épaules s'enroulent et décollent du sol.",
        "step-ups": "Un pied sur une chaise\u202f; puis montée, jusqu'à avoir les deux pieds dessus, une jambe puis "
        "l'autre.",
        "squats": "Debout, pieds écartés. Le bassin descend vers l'arrière, talons au sol, bras devant.",
        "triceps-dips": "Mains derrière le corps, au bord d'une chaise, jambes devant. Les coudes se plient et le "
        "bassin descend.",
        "plank": "Face au sol, sur les avant-bras et les orteils, corps aligné, immobile.",
        "high-knees": "Course sur place, chaque genou monte à son tour à hauteur de hanche.",
        "lunges": "Debout\u202f; puis un grand pas en avant et une descente, les deux genoux pliés, celui de "
        "derrière juste au-dessus du sol.",
        "push-up-rotation": "Une pompe\u202f; puis, bras tendus, le corps tourne sur le côté et un bras se tend "
        "vers le haut, un côté puis l'autre.",
        "side-plank": "Sur {l'avant-bras gauche|l'avant-bras droit|un avant-bras} et le bord du pied, bassin haut, "
        "corps aligné.",
    }
)
