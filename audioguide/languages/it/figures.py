"""What each built-in figure shows, in Italian; of three forms the third stands for either side."""

from __future__ import annotations

from types import MappingProxyType

FIGURES = MappingProxyType(
    {
        "quad-foam-roll": "A pancia in giù, sugli avambracci, un rullo sotto {la coscia sinistra|la coscia destra|una "
        "coscia}. Scorre dalla cima della coscia fino ad appena sopra il ginocchio.",
        "psoas-ball": "A pancia in giù, sugli avambracci, una pallina sotto il davanti dell'anca "
        "{sinistra|destra|di un lato}. Il bacino scende sulla pallina.",
        "tfl-foam-roll": "{Sul fianco sinistro|Sul fianco destro|Su un fianco}, sull'avambraccio, un rullo sotto "
        "l'esterno dell'anca; l'altra gamba è incrociata davanti, con il piede a terra.",
        "spinal-double-ball": "A pancia in su, ginocchia piegate, due palline sotto la zona lombare, una per parte ai "
        "lati della colonna; piccoli movimenti su e giù.",
        "half-kneeling": "{Ginocchio sinistro|Ginocchio destro|Un ginocchio} a terra, l'altro piede davanti con la "
        "pianta a terra, entrambe le ginocchia a 90 gradi, il coccige sotto.",
        "couch-stretch": "Schiena verso un muro, {ginocchio sinistro|ginocchio destro|un ginocchio} su un cuscino "
        "nell'angolo e lo stinco sul muro, l'altro piede avanti. Il busto sale verso la verticale.",
        "supine-hang": "A pancia in su sul bordo di un letto, {la gamba sinistra|la gamba destra|una gamba} pende dal "
        "bordo, le due mani tengono l'altro ginocchio.",
        "low-lunge-reach": "Visto da davanti: affondo profondo, {ginocchio sinistro|ginocchio destro|un ginocchio} a "
        "terra, {braccio sinistro|braccio destro|un braccio} sopra la testa. Poi il corpo si inclina dall'altra parte.",
        "pigeon": "Dal plank a braccia tese, l'altro ginocchio viene avanti, con lo stinco di traverso a terra; {la "
        "gamba sinistra|la gamba destra|una gamba} è tesa dietro, il busto verticale, le mani a terra.",
        "glute-bridge": "A pancia in su, ginocchia piegate, piante a terra. Il bacino si solleva fino ad avere "
        "spalle, bacino e ginocchia in linea.",
        "single-leg-bridge": "A pancia in su, {piede sinistro|piede destro|un piede} a terra, l'altra gamba tesa. Il "
        "bacino si solleva su {quel piede sinistro|quel piede destro|quel piede}.",
        "dead-bug": "A pancia in su, braccia verso il soffitto, ginocchia piegate sopra il bacino. {Il braccio "
        "sinistro|Il braccio destro|Un braccio} va oltre la testa, la gamba opposta si stende.",
        "side-lying-abduction": "Sul fianco, una gamba sull'altra. La gamba {sinistra sopra|destra sopra|di sopra} si "
        "solleva verso l'alto, fino a circa 45 gradi.",
        "bird-dog": "A quattro zampe. {Il braccio sinistro|Il braccio destro|Un braccio} va in avanti, la gamba "
        "opposta, tesa, all'indietro.",
        "banded-hip-extension": "In piedi di fronte a un ancoraggio basso, un elastico intorno {alla caviglia "
        "sinistra|alla caviglia destra|a una caviglia}. {La gamba sinistra|La gamba destra|Quella gamba} va tesa "
        "all'indietro.",
        "standing-stretch": "In piedi. {Il piede sinistro|Il piede destro|Un piede} va indietro, l'altro ginocchio si "
        "piega un po', il coccige è sotto.",
        "walk": "Una camminata a passo comodo, le braccia oscillano.",
        "glute-squeeze": "In piedi, visto da dietro, piedi alla larghezza del bacino. I glutei si contraggono e si "
        "rilassano.",
        "box-breath": "A sedere, mani sulle cosce, l'aria entra ed esce; un quadrato di frecce: inspira, "
        "trattieni, espira, trattieni.",
        "jumping-jacks": "Visto da davanti: piedi uniti, braccia giù; poi un salto, gambe larghe, braccia su.",
        "wall-sit": "Schiena contro un muro, ginocchia piegate, cosce in orizzontale.",
        "push-ups": "A pancia in giù, mani sotto le spalle, corpo in linea. I gomiti si piegano finché il petto è "
        "vicino a terra.",
        "crunches": "A pancia in su, ginocchia piegate, mani dietro la testa. Le spalle si staccano da terra.",
        "step-ups": "Un piede su una sedia; poi si sale, finché ci sono sopra tutti e due i piedi, gambe alternate.",
        "squats": "In piedi, gambe larghe. Il bacino scende indietro e giù, talloni a terra, braccia avanti.",
        "triceps-dips": "Mani dietro il corpo sul bordo di una sedia, gambe avanti. I gomiti si piegano e il bacino "
        "scende.",
        "plank": "A pancia in giù, su avambracci e punte dei piedi, corpo in linea, senza muoversi.",
        "high-knees": "Corsa sul posto, ogni ginocchio sale all'altezza del bacino, uno alla volta.",
        "lunges": "In piedi; poi un passo lungo in avanti e giù, entrambe le ginocchia piegate, quello dietro appena "
        "sopra terra.",
        "push-up-rotation": "Un piegamento; poi, a braccia tese, il corpo ruota di lato e un braccio va in alto, lati "
        "alternati.",
        "side-plank": "{Sull'avambraccio sinistro|Sull'avambraccio destro|Su un avambraccio} e sul bordo del piede, "
        "bacino in alto, corpo in linea.",
    }
)
