"""How written things are read aloud in English, as tables. Each row: a pattern, and what is said in its place.

Rows of one table are applied in order, so a row for a special case stands above the general one.
"""

from __future__ import annotations

import re
from re import Pattern

Rows = tuple[tuple[Pattern[str], str], ...]


def _rows(*rows: tuple[str, str], flags: int = 0) -> Rows:
    return tuple((re.compile(pattern, flags), said) for pattern, said in rows)


# With its thousands and decimals: engines read "1,000" and "1.5" right by themselves.
NUMBER = r"\d+(?:[.,]\d+)*"

WORDS = {
    "A/C joint": "A-C joint",
    "AC joint": "A-C joint",
    "ACL": "A-C-L",
    "ASIS": "A-S-I-S",
    "DB": "dumbbell",
    "DBs": "dumbbells",
    "DOMS": "muscle soreness",
    "EMOM": "every minute on the minute",
    "HIIT": "hit",
    "IT band": "I T band",
    "ITB": "I T band",
    "KB": "kettlebell",
    "KBs": "kettlebells",
    "LBP": "low back pain",
    "LCL": "L C L",
    "MCL": "M C L",
    "PCL": "P C L",
    "PNF": "P N F",
    "PSIS": "P S I S",
    "PT": "P T",
    "QL": "Q L",
    "ROM": "range of motion",
    "RPE": "R P E",
    "SCM": "S C M",
    "SI joint": "S I joint",
    "SI joints": "S I joints",
    "SIJ": "S I joint",
    "TFL": "T F L",
    "TMJ": "T M J",
    "TVA": "T V A",
    "VMO": "V M O",
    "L/R": "left or right",
    "R/L": "right or left",
    "and/or": "and or",
}
"""Words of exercise sheets, case as written. A letter A of its own would be read as the article: hence the hyphens."""

# An engine makes a sentence's pause at the full stop of an abbreviation.
SHORT_FORMS = _rows(
    (r"\be\.?g\.,?", "for example"),
    (r"\bi\.?e\.,?", "that is"),
    # The one full stop is both the abbreviation's and the sentence's where the text ends or a capital letter follows.
    (r"\betc\.(?=\s*$|\s+(?-i:[A-Z]))", "et cetera."),
    (r"\betc\b\.?", "et cetera"),
    (r"\bapprox\b\.?", "approximately"),
    (r"\bincl\.", "including"),
    (r"\bmax\.(?=\s+\S)", "maximum"),
    (r"\bvs\b\.?", "versus"),
    (r"\bw/o\b", "without"),
    (r"\bw/\s?(?=\w)", "with "),
    (r"\bno\.\s?(?=\d)", "number "),
    flags=re.IGNORECASE,
)

# Engines have no markup switched on, so tags and asterisks would be read out. An asterisk between numbers means times.
MARKUP = _rows(
    (r"</?[A-Za-z][^<>]*>", " "),
    (r"(?<!\w)[<≤]=?\s?(?=\d)", "under "),
    (r"(?<!\w)[>≥]=?\s?(?=\d)", "over "),
    (r"[<>\\^`_{}|\[\]]", " "),
    (r"(?<!\d)\s?\*|\*\s?(?!\s?\d)", " "),
    (r"#\s?(?=\d)", "number "),
    (r"#", " "),
)

# Between numbers an arrow is a range ("10 → 12"); elsewhere it is a step, for which a pause is enough.
SIGNS = _rows(
    (r"\s*&\s*", " and "),
    (r"(?<=\d)\s*(?:→|->)\s*(?=\d)", " to "),
    (r"\s*(?:→|->|=>|•|·)\s*", ", "),
    (r"[~≈]\s?(?=\d)", "about "),
    (r"~", " "),
    (r"±\s?", " plus or minus "),
    (r"\s*\+\s*", " plus "),
    (r"\s*=\s*", " equals "),
    (r"\s*÷\s*", " divided by "),
    (r"\s*@\s*", " at "),
    # Only where no number or word is before it: else it is a hyphen or a range.
    (r"(?<![\w.)])-(?=\d)", "minus "),
)

SPINE = _rows(
    (r"\b([CTLS])(\d{1,2})\s?[-–—/]\s?([CTLS])(\d{1,2})\b", r"\1 \2 to \3 \4"),
    (r"\b([CTLS])(\d{1,2})\s?[-–—/]\s?(\d{1,2})\b", r"\1 \2 to \3"),
    (r"\b([CTLS])(\d{1,2})\b", r"\1 \2"),
)
"""Vertebrae, such as L3–L4."""

LENGTHS = r"(?:cm|mm|in|inch|inches|ft|\")"

# "3 x 12" is three sets of twelve on every exercise sheet; a second x after it ("3x12x2") is left to "times" below.
REPS = _rows(
    # A size, not sets: only with a unit of length after it.
    (rf"(?<![\w.])({NUMBER})\s?[x×*]\s?({NUMBER})(?=\s?{LENGTHS}(?!\w))", r"\1 by \2"),
    (rf"(?<![\w.,])1\s?[x×*]\s?(?=\d)(?!{NUMBER}\s?[x×*])", "1 set of "),
    (rf"(?<![\w.,])(\d+(?:\s?[-–]\s?\d+)?)\s?[x×*]\s?(?=\d)(?!{NUMBER}\s?[x×*])", r"\1 sets of "),
    (r"\b(sets?)\s?[x×*]\s?(?=\d)", r"\1 of "),
    (rf"({NUMBER})\s?[×*]\s?(?=\d)", r"\1 times "),
    (r"(?<![\w.,])1[x×](?!\w)", "once"),
    (r"(?<![\w.,])2[x×](?!\w)", "twice"),
    (rf"(?<![\w.,])({NUMBER})[x×](?!\w)", r"\1 times"),
    (rf"(?<!\w)[x×]\s?({NUMBER})(?!\w)", r"\1 times"),
    (r"[×*]", " times "),
    flags=re.IGNORECASE,
)

RUN = re.compile(r"(?<![\w.,–—-])\d{1,2}(?:\s?[-–—]\s?\d{1,2}){2,}(?![\w–—-])")
"""Three or more short numbers in a row, such as a breathing pattern or a tempo; a date has a longer one."""

# Between the numbers of a range a unit may stand in full ("30s-60s"); said units come later, so these are short forms.
UNIT = r"(?:\s?(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|cm|mm|m|km|kg|g|lbs?|in|ft|%|°C?|x)\.?)?"

# A hyphen joins a range of at most three digits, as longer ones are phone numbers and years; a dash or spaces around it
# leave no doubt. Nothing with a third part is a range: dates and codes stay as they are.
RANGES = _rows(
    (r"(\d{1,2}:[0-5]\d)\s?[-–—]\s?(?=\d{1,2}:[0-5]\d)", r"\1 to "),
    (rf"(?<![\w.,:/–—-])(\d{{1,3}}(?:\.\d+)?{UNIT})[-–—](?=\d{{1,3}}(?:\.\d+)?(?![\d/:]|[-–—]\w|\.\d))", r"\1 to "),
    (rf"(?<![\w.,:/–—-])({NUMBER}{UNIT})–(?={NUMBER}(?![\d/:]|[-–—]\w))", r"\1 to "),
    (rf"(?<![\w.,:/–—-])({NUMBER}{UNIT})\s[-–—]\s(?={NUMBER}(?![\d/:]|[-–—]\w))", r"\1 to "),
)

# Before the rows for slashes. Those with a slash of their own only as a whole: "11/2" and "1/2/3" are no halves.
FRACTIONS = _rows(
    (r"(?<=\d)\s?½", " and a half"),
    (r"(?<=\d)\s?¼", " and a quarter"),
    (r"(?<=\d)\s?¾", " and three quarters"),
    (r"½", " half "),
    (r"¼", " quarter "),
    (r"¾", " three quarters "),
    (r"⅓", " one third "),
    (r"⅔", " two thirds "),
    (r"(?<=\d) 1/2(?![\w/])", " and a half"),
    (r"(?<![\w/.])1/2(?![\w/])", "half"),
    (r"(?<![\w/.])1/4(?![\w/])", "a quarter"),
    (r"(?<![\w/.])3/4(?![\w/])", "three quarters"),
    (r"(?<![\w/.])1/3(?![\w/])", "one third"),
    (r"(?<![\w/.])2/3(?![\w/])", "two thirds"),
    (r"(?<![\w/.])(\d)/10(?![\w/])", r"\1 out of 10"),
)

# "12/side" is a dose; "90/90" names a position and is said as two numbers; between words a slash means a choice.
SLASHES = _rows(
    (r"\s?/\s?(?=(?:side|leg|arm|hand|foot|day|week|set|round|min|sec|hour|rep)\b)", " per "),
    (r"\s+/\s+", ", "),
    (r"(?<=\d)\s?/\s?(?=\d)", " "),
    (r"(?<=\w)\s?/\s?(?=\w)", " or "),
    (r"/", " "),
)

UNITS: tuple[tuple[str, str, str], ...] = (
    ("seconds?|secs?|s", "second", "seconds"),
    ("minutes?|mins?", "minute", "minutes"),
    ("hours?|hrs?|h", "hour", "hours"),
    ("millimet(?:er|re)s?|mm", "millimeter", "millimeters"),
    ("centimet(?:er|re)s?|cm", "centimeter", "centimeters"),
    ("met(?:er|re)s?|m", "meter", "meters"),
    ("kilomet(?:er|re)s?|km", "kilometer", "kilometers"),
    ("kilograms?|kilos?|kgs?", "kilogram", "kilograms"),
    ("grams?|g", "gram", "grams"),
    ("pounds?|lbs?", "pound", "pounds"),
    ("ounces?|oz", "ounce", "ounces"),
    ("inch(?:es)?", "inch", "inches"),
    ("foot|feet|ft", "foot", "feet"),
    ("°\\s?C", "degree Celsius", "degrees Celsius"),
    ("°\\s?F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("degrees?|deg|°", "degree", "degrees"),
    ("bpm", "beat per minute", "beats per minute"),
)
"""Spellings of a unit after a number, and how one and several of it are said."""

PERCENT = re.compile(r"(?<=\d)\s?%")

# "in" is a unit only where it can't be the preposition.
INCHES = re.compile(
    r"(?<=\d)(?:in\b|\s(?:in)(?=\s*(?:$|[,;:)])|\s+(?:apart|wide|high|tall|thick|deep|long|above|below|off|away)\b))"
)

# What takes an s: one of them loses it again where a rule above has made "1 minutes".
COUNTED = ("second", "minute", "hour", "rep", "set", "round", "breath", "time", "degree", "percent")

# What no other row has taken: a dash between words is a pause, and so is one at either end.
LEFTOVERS = _rows(
    (r"(?<![\w-])(\d+)-(?=[A-Za-z]{2,}\b(?!-))", r"\1 "),
    (r"\s*--+\s*|\s*—\s*|\s+[–-]\s+|^[–-]\s*|\s*[–-]$", ", "),
    (r"°", " degrees "),
    (r"%", " percent "),
)

PUNCTUATION = _rows(
    (r"\s+(?=[,.;:!?)])(?!\.\d)", ""),
    (r"[,;:\s]+(?=[.!?](?:\s|$))", ""),
    (r"[.!?]*\?[.!?]*", "?"),
    (r"[.!]*![.!]*", "!"),
    (r"\.{2,}", "."),
    (r"[,;:]{2,}|(?:[,;:] )+[,;:]", ","),
    (r"([.!?])\s*[,;:]+(?=\s|$)", r"\1"),
    (r"\(\s*\)", " "),
    (r"^[\s,;:.!?)]+(?=.)", ""),
    (r"[\s,;:]+$", ""),
    (r"\s{2,}", " "),
)
"""Repeated and stray marks folded, as voices pause at each."""
