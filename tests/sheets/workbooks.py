"""Sheets that are Excel workbooks, by their names; the dates in them are what spreadsheets make of 3-1-1 or 8-12."""

from __future__ import annotations

from tests.batches.workbook import DATE

WORKBOOKS: dict[str, list[list[object]]] = {
    "en-gym.xlsx": [
        ["Gym plan"],
        [],
        ["Exercise", "Sets", "Reps", "Tempo", "Rest (s)", "Load"],
        ["Leg press", 3, 10, "3-1-1", 90, "40 kg"],
        ["Row", 3, 12, f"{DATE}36894", 60, None],
        ["Split squat", 3, f"{DATE}46246", "2-0-2", 60, None],
        ["Calf raise", 3, "12/10/8", "2-1-2", 45, None],
        ["Leg curl", 3, 10, "3110", 60, "30"],
        ["Plank", 3, "30 s", None, 30, None],
    ],
    "de-reha.xlsx": [
        ["Übung", "Sätze", "Wdh.", "Dauer (min)", "Mal pro Woche"],
        ["Ergometer", None, None, 10, 3],
        ["Beinstrecker", 3, 12, None, 3],
        ["Kniebeuge", 2.5, 10, None, 3],
        ["Stabilisation", 3, None, 0.5, 3],
        ["Wadenheben", 3, 15, None, 3],
    ],
    "fr-salle.xlsx": [
        ["Exercice", "Séries", "Répétitions", "Repos", "Intensité"],
        ["Presse", 3, 10, "90 s", None],
        ["Rameur", None, "10 min", None, None],
        ["Tirage", 3, 12, "60 s", "forte"],
    ],
}
