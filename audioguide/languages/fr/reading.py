"""How written shorthand is read aloud in French."""

from __future__ import annotations

from audioguide.languages.reading import Clock, Reading, Unit

_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
# A voice says "un" for a lone digit, also before a feminine noun.
_FEMININE = {1: "une"} | {tens + 1: f"{word} et une" for tens, word in _TENS.items()} | {81: "quatre-vingt-une"}

_STRESSED = """
au aux bas bien ce ces cet cou dans de des dos du elle en est et eux fin haut il je jamais la le les leur lui ma mais
mal mes moi mon ne ni non nos nous ou où oui par pas peu pied plus pour puis qu que qui sa sans se ses si sol son sur
ta te tes toi ton tout trop très tu un une va vos vous vite main bras lent lente tête toute toujours stop tous
"""

READING = Reading(
    decimal=",",
    singular_below_two=True,
    words={
        "p. ex.": "par exemple", "p.ex.": "par exemple", "P. ex.": "par exemple", "ex.": "exemple",
        "c.-à-d.": "c'est-à-dire", "c-à-d": "c'est-à-dire", "env.": "environ", "max.": "maximum", "etc.": "et cetera",
        "vs.": "contre", "et/ou": "et ou", "n°": "numéro", "nº": "numéro", "N°": "numéro", "rép.": "répétitions",
        "rep.": "répétitions", "reps": "répétitions", "D/G": "droite et gauche",
        "G/D": "gauche et droite", "incl.": "inclus", "gche": "gauche", "dte": "droite", "HIIT": "hit",
        "AMRAP": "autant de tours que possible", "1er": "premier", "1re": "première", "1ère": "première",
    },
    rows=(
        # Behind a hyphen voices spell it: "i grec".
        (r"(?<=z)-y\b", "-i"),
        (r"(?<!\d )(?<!\d)\b[Mm]in\.\s?(?=\d)", "minimum "),
        (r"(?<!\d)(\d{1,2})\s?h\s?([0-5]\d)(?!\w)", r"\1 h \2"),
        (r"(?<!\d)(\d{1,3})\s?(?:min|mn)\s?([0-5]\d)(?:\s?s(?:ec)?)?(?!\w)", r"\1 min \2"),
    ),
    stressed=frozenset(_STRESSED.split()),
    second=Unit(
        written="secondes?|[Ss]ecs?|s", one="seconde", several="secondes", gender="f",
        parts=("une demi-seconde", "un quart de seconde", "trois quarts de seconde"),
    ),
    minute=Unit(
        written="minutes?|[Mm]ins?|mn", one="minute", several="minutes", gender="f",
        parts=("une demi-minute", "un quart de minute", "trois quarts de minute"),
    ),
    hour=Unit(
        written="heures?|h", one="heure", several="heures", gender="f",
        parts=("une demi-heure", "un quart d'heure", "trois quarts d'heure"),
    ),
    units=(
        Unit(written="km/h", one="kilomètre par heure", several="kilomètres par heure", gender="m"),
        Unit(written="m/s", one="mètre par seconde", several="mètres par seconde", gender="m"),
        Unit(written="mm", one="millimètre", several="millimètres", gender="m"),
        Unit(written="cm", one="centimètre", several="centimètres", gender="m"),
        Unit(
            written="km", one="kilomètre", several="kilomètres", gender="m",
            parts=("un demi-kilomètre", "un quart de kilomètre", "trois quarts de kilomètre"),
        ),
        Unit(
            written="m|mètres?", one="mètre", several="mètres", gender="m",
            parts=("un demi-mètre", "un quart de mètre", "trois quarts de mètre"),
        ),
        Unit(
            written="kgs?|kilos?", one="kilo", several="kilos", gender="m",
            parts=("un demi-kilo", "un quart de kilo", "trois quarts de kilo"),
        ),
        Unit(written="gr?|grammes?", one="gramme", several="grammes", gender="m"),
        Unit(written="ml", one="millilitre", several="millilitres", gender="m"),
        Unit(
            written="l|litres?", one="litre", several="litres", gender="m",
            parts=("un demi-litre", "un quart de litre", "trois quarts de litre"),
        ),
        Unit(written=r"°\s?C", one="degré Celsius", several="degrés Celsius", gender="m"),
        Unit(written="°|degrés?", one="degré", several="degrés", gender="m"),
        Unit(written="%|pour cent", one="pour cent", several="pour cent"),
        Unit(written="bpm", one="battement par minute", several="battements par minute", gender="m"),
        Unit(written="kcal", one="kilocalorie", several="kilocalories", gender="f"),
    ),
    nouns=(
        Unit(written="[Rr][ée]ps?|répétitions?", one="répétition", several="répétitions", gender="f"),
        Unit(written="séries?|sér", one="série", several="séries", gender="f"),
        Unit(written="tours?", one="tour", several="tours", gender="m",
                parts=("un demi-tour", "un quart de tour", "trois quarts de tour")),
        Unit(written="fois", one="fois", several="fois", gender="f"),
        Unit(written="respirations?|resp", one="respiration", several="respirations", gender="f"),
        Unit(written="exercices?", one="exercice", several="exercices", gender="m"),
        Unit(written="côtés?", one="côté", several="côtés", gender="m"),
        Unit(written="pas", one="pas", several="pas", gender="m"),
        Unit(written="jours?|j", one="jour", several="jours", gender="m"),
        Unit(written="semaines?|sem", one="semaine", several="semaines", gender="f"),
        Unit(written="mois", one="mois", several="mois", gender="m"),
        Unit(written="ans?", one="an", several="ans", gender="m"),
        Unit(written="années?", one="année", several="années", gender="f"),
    ),
    agreeing={"f": _FEMININE},
    times="fois",
    sets_of="séries de",
    by="par",
    ranges=(
        (r"\b[Ee]ntre\s", "{before}{first} et {last}"),
        ("", "{first} à {last}"),
    ),
    one_and_a_half={"m": "{number} {unit} et demi", "f": "{number} {unit} et demie"},
    parts=("un demi", "un quart", "trois quarts"),
    or_more="ou plus",
    per=(
        ("côté|jambe|bras|main|pied|genou|direction|série|semaine|jour|mois|an", r"par \g<0>"),
        ("rép|répétitions?", "par répétition"),
        ("sem", "par semaine"),
        ("j", "par jour"),
        ("min(?:ute)?|mn", "par minute"),
        ("s|sec(?:onde)?", "par seconde"),
        ("h|heure", "par heure"),
    ),
    out_of="{score} sur {most}",
    either="ou",
    signs={
        "≤": "au plus", "≥": "au moins", "<": "moins de", ">": "plus de", "±": "plus ou moins", "~": "environ",
        "≈": "environ", "&": "et", "+": "plus", "=": "égale", "≠": "différent de", "%": "pour cent", "°": "degrés",
        "-": "moins", "#": "numéro", "÷": "divisé par",
    },
    counted_in_roman="guerrier|virabhadrasana|phase|type|grade|niveau|stade|étape|partie|zone|classe|bloc",
    first_twelve=("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    days=(
        ("[Ll]un", "lundi"), ("[Mm]ar", "mardi"), ("[Mm]er", "mercredi"), ("[Jj]eu", "jeudi"), ("[Vv]en", "vendredi"),
        ("[Ss]am", "samedi"), ("[Dd]im", "dimanche"),
    ),
    days_between="de {first} à {last}",
    clock=Clock(
        before=r"\b(?:[àÀ]|[Vv]ers)\s", after=r"\s?h\b", said="{hours} heures {minutes}", said_full="{hours} heures"
    ),
)  # fmt: skip
