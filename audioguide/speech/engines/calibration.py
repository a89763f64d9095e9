"""Sentences whose spoken length is known, by which `pace` tells how fast a fetched voice speaks.

After a change of a text or a length `pace.PACE_VERSION` has to be one more.
"""

from __future__ import annotations

SENTENCES = {
    "en": (
        "Kneel on your left knee, with your right foot flat in front.",
        "Keep your back straight and breathe slowly.",
        "Lower your hips until you feel a gentle stretch.",
        "Push the floor away and lift both heels.",
        "Let your shoulders sink with every breath.",
        "Rest for a moment, then change sides.",
    ),
    "de": (
        "Knie dich auf das linke Knie und stell den rechten Fuß nach vorn.",
        "Halte den Rücken gerade und atme ruhig weiter.",
        "Senke die Hüfte, bis du eine leichte Dehnung spürst.",
        "Drück den Boden weg und heb beide Fersen.",
        "Lass die Schultern mit jedem Atemzug sinken.",
        "Ruh dich kurz aus und wechsle dann die Seite.",
    ),
    "es": (
        "Apoya la rodilla izquierda y pon el pie derecho delante.",
        "Mantén la espalda recta y respira despacio.",
        "Baja la cadera hasta sentir un estiramiento suave.",
        "Empuja el suelo y levanta los dos talones.",
        "Deja caer los hombros con cada respiración.",
        "Descansa un momento y luego cambia de lado.",
    ),
    "fr": (
        "Pose le genou gauche au sol et le pied droit devant toi.",
        "Garde le dos droit et respire lentement.",
        "Descends les hanches pour sentir un léger étirement.",
        "Pousse le sol et lève les deux talons.",
        "Laisse tomber les épaules à chaque respiration.",
        "Repose-toi un moment, puis change de côté.",
    ),
    "it": (
        "Appoggia il ginocchio sinistro e metti il piede destro davanti.",
        "Tieni la schiena dritta e respira lentamente.",
        "Abbassa le anche fino a sentire un leggero allungamento.",
        "Spingi il pavimento e solleva i due talloni.",
        "Lascia cadere le spalle a ogni respiro.",
        "Riposa un momento, poi cambia lato.",
    ),
}
"""By language. Each is one sentence, as engines differ in the silence between two."""

HEART_MS = {0.6: 22_230, 0.7: 19_390, 0.9: 14_230, 1.1: 13_160}
"""How long hibari's voice `heart` takes for the English sentences together, trimmed, by its speed.

Several speeds, each well away from 0.8, where its pace leaps, so that chance in single sounds evens out.
"""

PIPER_WPM = 150
"""The rate in words a minute at which a voice of Piper is measured."""

PIPER_MS = {"en": 17_400, "de": 18_230, "es": 17_400, "fr": 13_300, "it": 17_350}
"""How long the sentences of a language together are to take at that rate, trimmed.

In English what en_US-joe-medium takes, by which the engine's table of rates was measured; elsewhere what eSpeak NG
takes, whose rates that table follows.
"""
