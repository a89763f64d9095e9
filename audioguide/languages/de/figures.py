"""What each built-in figure shows, in German; of three forms the third stands for either side."""

from __future__ import annotations

from types import MappingProxyType

FIGURES = MappingProxyType(
    {
        "quad-foam-roll": "Bäuchlings auf die Unterarme gestützt, eine Faszienrolle unter dem {linken|rechten|einen} "
        "Oberschenkel. Sie rollt vom oberen Ende des Oberschenkels bis knapp oberhalb des Knies.",
        "psoas-ball": "Bäuchlings auf die Unterarme gestützt, ein Ball unter der Vorderseite der "
        "{linken|rechten|einen} Hüfte. Das Becken sinkt auf den Ball.",
        "tfl-foam-roll": "Auf der {linken|rechten|einen} Seite, auf den Unterarm gestützt, eine Faszienrolle unter der "
        "äußeren Hüfte; das andere Bein ist davor überkreuzt, sein Fuß steht auf dem Boden.",
        "spinal-double-ball": "Auf dem Rücken, Knie gebeugt, zwei Bälle unter dem unteren Rücken, einer auf "
        "jeder Seite der Wirbelsäule; kleine Bewegungen auf und ab.",
        "half-kneeling": "Auf dem {linken|rechten|einen} Knie, der andere Fuß steht flach davor, beide Knie im Winkel "
        "von 90 Grad, das Steißbein eingerollt.",
        "couch-stretch": "Mit dem Rücken zu einer Wand, das {linke|rechte|eine} Knie auf einem Kissen in der Ecke und "
        "das Schienbein an der Wand, der andere Fuß davor. Der Oberkörper richtet sich auf.",
        "supine-hang": "Auf dem Rücken an der Kante eines Betts, das {linke|rechte|eine} Bein hängt über die Kante, "
        "beide Hände halten das andere Knie.",
        "low-lunge-reach": "Von vorn gesehen: tiefer Ausfallschritt, {linkes|rechtes|ein} Knie am Boden, "
        "{linker|rechter|ein} Arm über dem Kopf. Dann zur anderen Seite geneigt.",
        "pigeon": "Aus dem Liegestütz kommt das andere Knie nach vorn, sein Schienbein quer auf dem Boden; das "
        "{linke|rechte|eine} Bein liegt gestreckt dahinter, der Oberkörper ist aufrecht, beide Hände am Boden.",
        "glute-bridge": "Auf dem Rücken, Knie gebeugt, Füße flach. Das Becken hebt sich, bis Schultern, Hüfte und Knie "
        "eine Linie bilden.",
        "single-leg-bridge": "Auf dem Rücken, {linker|rechter|ein} Fuß flach, das andere Bein gestreckt. Das "
        "Becken hebt sich auf dem {linken|rechten|einen} Fuß.",
        "dead-bug": "Auf dem Rücken, Arme zur Decke, Knie gebeugt über der Hüfte. Der {linke|rechte|eine} Arm streckt "
        "sich über den Kopf, das Bein der anderen Seite streckt sich weg.",
        "side-lying-abduction": "Auf der Seite, Beine übereinander. Das {linke|rechte|eine} Bein, das obere, hebt sich "
        "gestreckt auf etwa 45 Grad.",
        "bird-dog": "Im Vierfüßlerstand. Der {linke|rechte|eine} Arm streckt sich nach vorn, das Bein der "
        "anderen Seite gerade nach hinten.",
        "banded-hip-extension": "Stehend vor einer Befestigung in Bodennähe, ein Band um den {linken|rechten|einen} "
        "Knöchel. Das {linke|rechte|eine} Bein geht gerade nach hinten.",
        "standing-stretch": "Aufgerichtet stehend. Der {linke|rechte|eine} Fuß geht nach hinten, das andere Knie "
        "beugt sich ein wenig, das Steißbein ist eingerollt.",
        "walk": "Gehen in ruhigem Tempo, die Arme schwingen mit.",
        "glute-squeeze": "Aufgerichtet stehend, von hinten gesehen, Füße hüftbreit. Die Pobacken spannen sich an und "
        "lassen wieder los.",
        "box-breath": "Im Sitzen, Hände auf den Oberschenkeln, Luft strömt ein und aus; ein Quadrat aus Pfeilen: "
        "einatmen, halten, ausatmen, halten.",
        "jumping-jacks": "Von vorn gesehen: Füße zusammen, Arme unten; dann ein Sprung, Füße auseinander, Arme oben.",
        "wall-sit": "Rücken an einer Wand, Knie gebeugt, Oberschenkel waagerecht.",
        "push-ups": "Auf Hände und Zehen gestützt, Hände unter den Schultern, Körper gerade. Die Ellbogen beugen sich, "
        "bis die Brust nah am Boden ist.",
        "crunches": "Auf dem Rücken, Knie gebeugt, Hände hinter dem Kopf. Die Schultern rollen sich vom Boden hoch.",
        "step-ups": "Ein Fuß auf einem Stuhl; dann aufsteigen, bis beide Füße darauf stehen, Beine im Wechsel.",
        "squats": "Stehend, Füße auseinander. Das Becken senkt sich nach hinten und unten, Fersen am Boden, Arme vorn.",
        "triceps-dips": "Hände hinter dem Körper auf der Kante eines Stuhls, Beine vorn. Die Ellbogen beugen sich, und "
        "das Becken sinkt.",
        "plank": "Auf Unterarme und Zehen gestützt, Körper gerade, ruhig gehalten.",
        "high-knees": "Laufen auf der Stelle, jedes Knie im Wechsel bis auf Hüfthöhe.",
        "lunges": "Stehend; dann ein langer Schritt nach vorn und unten, beide Knie gebeugt, das hintere "
        "knapp über dem Boden.",
        "push-up-rotation": "Ein Liegestütz; dann, mit gestreckten Armen, dreht sich der Körper zur Seite und ein Arm "
        "streckt sich nach oben, Seiten im Wechsel.",
        "side-plank": "Auf dem {linken|rechten|einen} Unterarm und der Fußkante, Becken oben, Körper in einer geraden "
        "Linie.",
    }
)
