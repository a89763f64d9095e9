"""How written shorthand is read aloud in German."""

from __future__ import annotations

from audioguide.languages.reading import Clock, Reading, Unit

# Whose ending a number one takes: "eine Minute", "ein Satz"; the dative of the former is told by the words before it.
_ONE = {"f": {1: "eine"}, "m": {1: "ein"}, "n": {1: "ein"}}
_FEMININE = "Sekunde|Minute|Stunde|Woche|Wiederholung|Runde|Seite|Serie|Meile"
_MASCULINE = "Satz|Tag|Monat|Atemzug|Durchgang|Zug|Schritt|Meter|Kilometer|Zentimeter"
_WORK = "Pause|Halten|Halt|Dehnung|Dehnen|Ruhe|Gehen|Laufen|Planke|Aktivität|Belastung|Erholung|Seilspringen"

_STRESSED = """
ab am an auf aus bei bis da das dem den der des die du ein er es für ihr im in ist ja je kein mit nach nie nun nur ob
oft ohne rein so um und vom von vor was weg wer wie wir zu zum zur alle eine mehr sehr dann erst fest gut halt hoch
jede lang los mal nah neu oben raus tief weit ziel arm arme bein hand hüfte knie bauch rücken po nicht immer stopp
stop
"""

READING = Reading(
    decimal=",",
    words={
        "z. B.": "zum Beispiel", "z.B.": "zum Beispiel", "Z. B.": "zum Beispiel", "d. h.": "das heißt",
        "d.h.": "das heißt", "u. a.": "unter anderem", "u.a.": "unter anderem", "o. Ä.": "oder Ähnliches",
        "o.ä.": "oder Ähnliches", "i. d. R.": "in der Regel", "i.d.R.": "in der Regel", "ca.": "circa",
        "bzw.": "beziehungsweise", "evtl.": "eventuell", "ggf.": "gegebenenfalls", "inkl.": "inklusive",
        "max.": "maximal", "mind.": "mindestens", "usw.": "und so weiter", "etc.": "et cetera", "vs.": "gegen",
        "und/oder": "und oder", "Nr.": "Nummer", "Wdh.": "Wiederholungen", "Wdhl.": "Wiederholungen",
        "Whg.": "Wiederholungen", "tgl.": "täglich", "wöchentl.": "wöchentlich", "beids.": "beidseits",
        "bds.": "beidseits", "li./re.": "links und rechts", "re./li.": "rechts und links", "li/re": "links und rechts",
        "re/li": "rechts und links", "L/R": "links und rechts", "R/L": "rechts und links", "li.": "links",
        "re.": "rechts", "ROM": "Bewegungsumfang", "HIIT": "Hit", "AMRAP": "so viele Runden wie möglich",
    },
    rows=(
        # A full stop before a noun is the abbreviation's where it names what the time is for.
        (rf"\b(Sek|Min|Std|Wdhl?|sek|min)\. (?=(?:{_WORK})\b)", r"\1 "),
        (r"(?<!\d )(?<!\d)\b[Mm]in\.\s?(?=\d)", "mindestens "),
        (r"(?<![\w.,])1\s?[x×](?!\s?\d)", "einmal"),
        (r"(?<![\w.,])1 [Mm]al\b", "einmal"),
        # The clock has no place for the word in the middle: "8:30 Uhr".
        (r"(?<![\d.:])(\d{1,2})\.([0-5]\d)(?= Uhr\b)", r"\1:\2"),
        (r"(?<![\w.,])(\d)\.?\s?(?:BWK|LWK|HWK)\b", r"\1. Wirbelkörper"),
    ),
    inflected=(
        (rf"\b(mit|nach|von|bei|seit|aus|zu|in|vor|ab|innerhalb von) 1 ({_FEMININE})\b", r"\1 einer \2"),
        (rf"\b(mit|nach|von|bei|seit|aus|zu|in|vor|ab) 1 ({_MASCULINE})\b", r"\1 einem \2"),
        (
            r"\b([Mm]ach|[Mm]ache|[Nn]imm|[Ff]ür|[Uu]m|[Nn]och|[Jj]e|[Jj]eweils|[Dd]urch|[Oo]hne) 1 "
            rf"({_MASCULINE})\b",
            r"\1 einen \2",
        ),
    ),
    stressed=frozenset(_STRESSED.split()),
    second=Unit(
        written="Sekunden?|[Ss]ekn?|s|sec|Sec", one="Sekunde", several="Sekunden", gender="f",
        parts=("eine halbe Sekunde", "eine Viertelsekunde", "eine Dreiviertelsekunde"),
    ),
    minute=Unit(
        written="Minuten?|[Mm]in|Mins?", one="Minute", several="Minuten", gender="f",
        parts=("eine halbe Minute", "eine Viertelminute", "eine Dreiviertelminute"),
    ),
    hour=Unit(
        written="Stunden?|[Ss]td|h", one="Stunde", several="Stunden", gender="f",
        parts=("eine halbe Stunde", "eine Viertelstunde", "eine Dreiviertelstunde"),
    ),
    units=(
        Unit(written="km/h", one="Kilometer pro Stunde", several="Kilometer pro Stunde", gender="m"),
        Unit(written="m/s", one="Meter pro Sekunde", several="Meter pro Sekunde", gender="m"),
        Unit(written="mm", one="Millimeter", several="Millimeter", gender="m"),
        Unit(written="cm", one="Zentimeter", several="Zentimeter", gender="m"),
        Unit(
            written="km", one="Kilometer", several="Kilometer", gender="m",
            parts=("ein halber Kilometer", "ein Viertelkilometer", "drei Viertel Kilometer"),
        ),
        Unit(
            written="m|Meter", one="Meter", several="Meter", gender="m",
            parts=("ein halber Meter", "ein Viertelmeter", "drei Viertel Meter"),
        ),
        Unit(
            written="kg|Kilo|Kilogramm", one="Kilo", several="Kilo", gender="n",
            parts=("ein halbes Kilo", "ein Viertelkilo", "drei Viertel Kilo"),
        ),
        Unit(written="g|Gramm", one="Gramm", several="Gramm", gender="n"),
        Unit(written="ml", one="Milliliter", several="Milliliter", gender="m"),
        Unit(
            written="l|Liter", one="Liter", several="Liter", gender="m",
            parts=("ein halber Liter", "ein Viertelliter", "drei Viertel Liter"),
        ),
        Unit(written=r"°\s?C", one="Grad Celsius", several="Grad Celsius", gender="n"),
        Unit(written="°|Grad", one="Grad", several="Grad", gender="n"),
        Unit(written="%|Prozent", one="Prozent", several="Prozent", gender="n"),
        Unit(
            written=r"bpm|S\./min|Schläge/[Mm]in", one="Schlag pro Minute", several="Schläge pro Minute", gender="m"
        ),
        Unit(written="kcal", one="Kilokalorie", several="Kilokalorien", gender="f"),
        Unit(written="Watt", one="Watt", several="Watt", gender="n"),
    ),
    nouns=(
        Unit(
            written="Wdhl?|WH|Whg|Wiederholung(?:en)?|Reps?", one="Wiederholung", several="Wiederholungen", gender="f"
        ),
        Unit(written="Satz|Sätze|Sets?", one="Satz", several="Sätze", gender="m"),
        Unit(written="Sätzen", one="Satz", several="Sätzen", gender="m"),
        Unit(written="Serien?", one="Serie", several="Serien", gender="f"),
        Unit(written="Runden?|Rd", one="Runde", several="Runden", gender="f"),
        Unit(written="Durchg(?:ang|änge)?", one="Durchgang", several="Durchgänge", gender="m"),
        Unit(written="Atemzug|Atemzüge", one="Atemzug", several="Atemzüge", gender="m"),
        Unit(written="Punkte?|Pkt", one="Punkt", several="Punkte", gender="m"),
        Unit(written="Übung(?:en)?", one="Übung", several="Übungen", gender="f"),
        Unit(written="Seiten?", one="Seite", several="Seiten", gender="f"),
        Unit(written="Schritte?", one="Schritt", several="Schritte", gender="m"),
        Unit(written="Tage?|d", one="Tag", several="Tage", gender="m"),
        Unit(written="Tagen", one="Tag", several="Tagen", gender="m"),
        Unit(written="Wochen?|Wo", one="Woche", several="Wochen", gender="f"),
        Unit(written="Monate?|Mon", one="Monat", several="Monate", gender="m"),
        Unit(written="Jahre?", one="Jahr", several="Jahre", gender="n"),
        Unit(
            written="Drehung(?:en)?", one="Drehung", several="Drehungen", gender="f",
            parts=("eine halbe Drehung", "eine Vierteldrehung", "eine Dreivierteldrehung"),
        ),
    ),
    agreeing=_ONE,
    times="mal",
    sets_of="mal",
    by="mal",
    ranges=(
        (r"\b[Zz]wischen\s", "{before}{first} und {last}"),
        ("", "{first} bis {last}"),
    ),
    one_and_a_half=dict.fromkeys(("f", "m", "n", ""), "{number} einhalb {several}"),
    one_and_a_half_of_one="eineinhalb {several}",
    parts=("ein halb", "ein Viertel", "drei Viertel"),
    or_more="oder mehr",
    per=(
        ("S(?:eite)?", "pro Seite"),
        ("Bein|Arm|Hand|Fuß|Knie|Richtung|Satz|Tag|Monat|Jahr", r"pro \g<0>"),
        ("Wdh|Wiederholung(?:en)?", "pro Wiederholung"),
        ("Wo(?:che)?|Wch", "pro Woche"),
        ("d", "pro Tag"),
        ("[Mm]in(?:ute)?", "pro Minute"),
        ("s|[Ss]ek(?:unde)?", "pro Sekunde"),
        ("h|[Ss]td|Stunde", "pro Stunde"),
    ),
    out_of="{score} von {most}",
    either="oder",
    signs={
        "≤": "höchstens", "≥": "mindestens", "<": "unter", ">": "über", "±": "plus minus", "~": "etwa", "≈": "etwa",
        "&": "und", "+": "plus", "=": "gleich", "≠": "ungleich", "%": "Prozent", "°": "Grad", "-": "minus",
        "#": "Nummer", "÷": "geteilt durch", "@": "bei",
    },
    counted_in_roman="Krieger|Kriegerin|Virabhadrasana|Phase|Typ|Grad|Stufe|Stadium|Teil|Level|Zone|Klasse|Block",
    first_twelve=(
        "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    ),
    days=(
        ("Mo", "Montag"), ("Di", "Dienstag"), ("Mi", "Mittwoch"), ("Do", "Donnerstag"), ("Fr", "Freitag"),
        ("Sa", "Samstag"), ("So", "Sonntag"),
    ),
    days_between="{first} bis {last}",
    clock=Clock(
        before=r"\b(?:[Uu]m|[Gg]egen)\s", after=r"\s?Uhr\b", said="{hours} Uhr {minutes}",
        said_full="{hours} Uhr",
    ),
)  # fmt: skip
