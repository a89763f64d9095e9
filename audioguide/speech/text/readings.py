"""How written things are read aloud in English, as tables. Each row: a pattern, and what is said in its place.

Rows of one table are applied in order, so a row for a special case stands above the general one.
"""

from __future__ import annotations

import re
from re import Match

from audioguide.speech.text.measures import LENGTH_UNIT, LOAD_UNIT, TIME_UNIT
from audioguide.speech.text.rows import rows

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
    "e/s": "each side",
    "e/side": "each side",
    "ea/side": "each side",
    "flex/ext": "flexion and extension",
    "b/c": "because",
    "b/w": "between",
    "w/u": "warm-up",
    "c/d": "cool-down",
}
"""Words of exercise sheets, case as written. A letter A of its own would be read as the article: hence the hyphens."""

# A dot inside these is said: they are addresses and names of files.
_SUFFIX = r"(?:com|org|net|edu|gov|info|io|co|uk|mp3|m4a|wav|pdf|toml|html?|txt|json|docx?|png|jpe?g)"

_ABBREVIATION = r"(?:vs|approx|incl|max|min|sec|hr|wk|ea|lb|kg|cm|mm|etc)"

# Marks without the space behind them, which engines name ("dot", "exclamation") or run over.
DOTS = rows(
    # The point of a number that is less than one would go as a stray mark, and leave ten times as much.
    (r"(?<![\w.)])(?<!\. \. )\.(?=\d)", "0."),
    (r"(?<=[^\W\d_]{2})\.(?=\d+\s?(?:kg|lbs?|km|mi|miles?|cm|mm|g|%|oz)\b)", " 0."),
    # eSpeak makes no pause at a full stop before a small letter.
    (r"\.(?:\s?\.)+\s?(?=[a-z\d])", ", "),
    (r"\.(?:\s?\.)+(?=[\w(])", ". "),
    (r"\.(?:\s?\.)+", "."),
    (rf"\b({_ABBREVIATION})\.(?=[a-z])", r"\1. "),
    (rf"(?<=[^\W\d_]{{2}})(?<!\bwww)\.(?!\S*\b{_SUFFIX}\b)(?=[a-z]{{2}})", ", "),
    # Not the dots of "p.m." or "e.g.": a word has two letters at least.
    (rf"(?<=[^\W\d_]{{2}})(?<!\bwww)\.(?!\S*\b{_SUFFIX}\b)(?=[^\W\d_]{{2}}|[IA]\s|\d)", ". "),
    (rf"(?<=[\d)\]%°])\.(?!\S*\b{_SUFFIX}\b)(?=[^\W\d_]{{2}})", ". "),
    (r"(?<=\b[ap]\.m\.)(?=[^\W\d_]{2})", " "),
    (r"(?<=\w)([!?;,])(?=[^\W\d_])", r"\1 "),
    (r"(?<=[^\W\d_]{2}):(?=[^\W_])|(?<=\d):(?=[^\W\d_])", ": "),
)

_DECADES = {
    "1": "tens",
    "2": "twenties",
    "3": "thirties",
    "4": "forties",
    "5": "fifties",
    "6": "sixties",
    "7": "seventies",
    "8": "eighties",
    "9": "nineties",
}
_DECADE = re.compile(r"'?(19|20|1)?([1-9])0s\b", re.IGNORECASE)
_IN_DECADE = r"in (?:the|their|your|his|her|my)\s(?:(?:early|mid|late|low|high)[\s-])?"
_SECONDS_OF = r"\s(?:rests?|holds?|breaks?|pauses?|windows?|left|planks?|intervals?|sets?|work|before|between|after)\b"


def _with_decades(match: Match[str]) -> str:
    """Return ``match`` with its decades in words: "in the 140s" as "in the one forties", "1990s" as "19 nineties"."""
    before = {None: "", "1": "one ", "19": "19 ", "20": "20 "}
    return _DECADE.sub(lambda decade: before[decade[1]] + _DECADES[decade[2]], match[0])


# An engine makes a sentence's pause at the full stop of an abbreviation.
SHORT_FORMS = rows(
    (r"\be\.?g\.,?(?=\w)", "for example "),
    (r"\be\.?g\.,?", "for example"),
    (r"\bi\.?e\.,?(?=\w)", "that is "),
    (r"\bi\.?e\.,?", "that is"),
    # The one full stop is both the abbreviation's and the sentence's where the text ends or a capital letter follows.
    (r"\betc\.(?=\s*$|\s+(?-i:[A-Z]))", "et cetera."),
    (r"\betc\b\.?", "et cetera"),
    (r"\bapprox\b\.?", "approximately"),
    (r"\bincl\.", "including"),
    (r"\bmax\.(?=\s+\S)", "maximum"),
    (r"\bvs\b\.?", "versus"),
    (r"(?<![\w/])w/(?:o|out)\b", "without"),
    (r"(?<![\w/])b/l\b(?!/)", "bilateral"),
    (r"\bmin\.\s?(?=\d)(?<!\d\smin\. )(?<!\dmin\. )", "minimum "),
    (r"(?<=\()L(?=\))", "left"),
    (r"(?<=\()R(?=\))", "right"),
    (r"\b(?-i:Lt)\b\.?(?=\s(?!-))", "left"),
    (r"\b(?-i:Rt)\b\.?(?=\s(?!-))", "right"),
    (r"(?<![\w/])w/in\b", "within"),
    # Not a W between others: "M/W/F".
    (r"(?<![\w/])w/\s?(?=\w)(?!\w{1,2}/)", "with "),
    (r"\bno\.\s?(?=\d)", "number "),
    (r"\bea\b\.?", "each"),
    (r"\bfwd\b", "forward"),
    (r"(?<=\d)(?:\srds?|rds)\b", " rounds"),
    (r"\brd(?=\s\d)", "round"),
    # An X in a tempo is a part as fast as can be, and no sign of sets.
    (r"(\btempo(?:\sof)?:?\s|@\s?)(\d)-?(\d)-?X-?(\d)\b", r"\1\2 \3 explosive \4"),
    (r"\b(\d)-(\d)-X-(\d)\b", r"\1 \2 explosive \3"),
    (r"\b(\d)(\d)X(\d)(?=\s(?:tempo|squats?|press|presses|deadlifts?)\b)", r"\1 \2 explosive \3"),
    (r"\b(tempo(?:\sof)?:?\s)(\d)(\d)(\d)(\d)\b", r"\1\2 \3 \4 \5"),
    (r"\b(hold|contract)\s?/\s?relax\b", r"\1 relax"),
    (r"\bW(\d{1,2})\s?D(\d)\b", r"week \1, day \2"),
    (r"\bE(\d)MOM\b", r"every \1 minutes on the minute"),
    (r"\bon the minute (?=\d+\s?min)", "on the minute for "),
    (r"\bL(?=\s(?:foot|leg|arm|hand|side|knee|hip|shoulder|ankle|wrist|elbow|heel|ear)\b|:\s?\d)", "left"),
    (r"\bR(?=\s(?:foot|leg|arm|hand|side|knee|hip|shoulder|ankle|wrist|elbow|heel|ear)\b|:\s?\d)", "right"),
    (r"(?<=\d[x×])\s?L\b(?!/)", " left"),
    (r"(?<=\d[x×])\s?R\b(?!/)", " right"),
    # Decades of years and of a range are no seconds, though "the 30s rest" is one.
    (r"(?<![\w.])(?:'|19|20)[1-9]0s\b", _with_decades),
    (rf"\b{_IN_DECADE}1?[1-9]0s\b(?!{_SECONDS_OF})", _with_decades),
    (rf"(?<=ties)(?:\s(?:and|or|to)\s(?:(?:early|mid|late)[\s-])?[1-9]0s\b(?!{_SECONDS_OF}))+", _with_decades),
    # Seconds alone: ":20 on".
    (r"(?<![^\s(/]):(\d\d)(?![\d:])", r"\1 sec"),
    flags=re.IGNORECASE,
)

# What the signs say too: "at least ≥ 10" is said once.
_MOST = r"(?i:at most|no more than|not more than|up to|maximum(?: of)?|max)"
_LEAST = r"(?i:at least|no (?:less|fewer) than|not less than|minimum(?: of)?)"
_UNDER = r"(?i:under|below|less than|fewer than)"
_OVER = r"(?i:over|above|more than|greater than)"

# What is compared with words behind the sign: "pain > usual".
_MEASURE = r"\b(?i:pain|swelling|effort|intensity|load|weight|hr|rpe|heart rate|discomfort|soreness|stiffness)"

# Engines have no markup switched on, so tags and asterisks would be read out. An asterisk between numbers means times.
MARKUP = rows(
    (r"</?[A-Za-z][^<>]*>", " "),
    # Arrows, before their points go as signs.
    (r"->|=>", "→"),
    (r"<\s?=|=\s?<(?=\s?\d)|[≦⩽]", "≤"),
    (r">\s?=|[≧⩾]", "≥"),
    (rf"\b({_MOST})\s*≤\s*", r"\1 "),
    (rf"\b({_LEAST})\s*≥\s*", r"\1 "),
    (r"\b((?i:no|not))\s*<\s*(?=\.?\d)", r"\1 less than "),
    (r"\b((?i:no|not))\s*>\s*(?=\.?\d)", r"\1 more than "),
    (rf"\b({_UNDER})\s*<\s*(?=\.?\d)", r"\1 "),
    (rf"\b({_OVER})\s*>\s*(?=\.?\d)", r"\1 "),
    (r"(?<=[^\s(])(?=[≤≥]|[<>]\s?\.?\d)", " "),
    (rf"({_MEASURE})\s*>\s*(?=[a-z])", r"\1 more than "),
    (rf"({_MEASURE})\s*<\s*(?=[a-z])", r"\1 less than "),
    # An abbreviation behind the sign: "> BW". A tag has its end.
    (r"(?<!\S)>\s?(?=[A-Z]{2})", "over "),
    (r"(?<!\S)<\s?(?=[A-Z]{2,4}\b(?![^<>]*>))", "under "),
    # Between words it is an arrow.
    (r"(?<=[^\W\d_])\s>\s(?=[^\W\d_])", ", "),
    (r"≤\s*", "at most "),
    (r"≥\s*", "at least "),
    (r"<\s*(?=\.?\d)", "under "),
    (r">\s*(?=\.?\d)", "over "),
    (r"\s*≠\s*", " is not "),
    (r"[<>\\^`_{}|\[\]]", " "),
    (r"(?<!\d)\s?\*|\*\s?(?!\s?\d)", " "),
    (r"#\s?(?=\d)", "number "),
    (r"#", " "),
)

# Between numbers an arrow is a range ("10 → 12"); elsewhere it is a step, for which a pause is enough.
SIGNS = rows(
    (r"\s*&\s*", " and "),
    (r"(?<=\d)\s*→\s*(?=\d)", " to "),
    (rf"(\d\s?(?:{TIME_UNIT}|{LENGTH_UNIT}|{LOAD_UNIT}))\s*→\s*(?=\d)", r"\1 to "),
    (r"\s*[→•·]\s*", ", "),
    (r"[~≈≃≅]\s?(?=\d)", "about "),
    (r"~", " "),
    (r"±\s?|\s*\+\s?/\s?[-–]\s?|\s*\+[-–]\s?(?=\d)|\s*\+ or [-–](?=\s?\d)\s?", " plus or minus "),
    (r"\s*(?<!\w)[-–]\s?/\s?\+\s?", " plus or minus "),
    (r"\s*\+\s*", " plus "),
    (r"\s*=\s*", " equals "),
    (r"\s*÷\s*", " divided by "),
    (r"\s*@\s*", " at "),
    # Only where no number or word is before it: else it is a hyphen or a range.
    (r"(?<![\w.)])-(?=\d)", "minus "),
)

SPINE = rows(
    (r"\b([CTLS])(\d{1,2})\s?[-–—/]\s?([CTLS])(\d{1,2})\b", r"\1 \2 to \3 \4"),
    (r"\b([CTLS])(\d{1,2})\s?[-–—/]\s?(\d{1,2})\b", r"\1 \2 to \3"),
    (r"\b([CTLS])(\d{1,2})\b", r"\1 \2"),
)
"""Vertebrae, such as L3–L4."""

_NUMBERED = r"(?i:week|day|set|round|phase|step|part|page|session|lap|block|station|circuit|stage|exercise|interval)"
_PART_OF = r"\s(?:an?|the|your|ways?|turns?|speed|pace|miles?|inch|foot|min|minutes?|hours?|km|m|of the way)\b"

# Before the rows for slashes. Those with a slash of their own only as a whole: "11/2" and "1/2/3" are no halves.
FRACTIONS = rows(
    # Which of how many: "Week 1/2". Not a part of the thing itself: "Step 1/2 a foot forward".
    (rf"\b({_NUMBERED})\s(\d{{1,2}})/(\d{{1,2}})(?![\w/]|\.\d|{_PART_OF})", r"\1 \2 of \3"),
    (rf"\b({_NUMBERED}s)\s(\d{{1,2}})/(\d{{1,2}})(?![\w/]|\.\d|{_PART_OF})", r"\1 \2 and \3"),
    (rf"\b((?i:level|grade))\s(\d{{1,2}})/(\d{{1,2}})(?![\w/]|\.\d|{_PART_OF})", r"\1 \2 or \3"),
    (r"([½¼¾⅓⅔]|(?<![\w/.])[1-3]/[2-4])\s?[-–—]\s?(?=[\d½¼¾])(?![^\s]*/\d+/)", r"\1 to "),
    (r"(?<=\d)\s?½", " and a half"),
    (r"(?<=\d)\s?¼", " and a quarter"),
    (r"(?<=\d)\s?¾", " and three quarters"),
    (r"(?<=\d)\s?⅓", " and one third"),
    (r"(?<=\d)\s?⅔", " and two thirds"),
    (r"½", " half "),
    (r"¼", " quarter "),
    (r"¾", " three quarters "),
    (r"⅓", " one third "),
    (r"⅔", " two thirds "),
    (r"(?<!/\d)(?<=\d)[ -]1/2(?![\w/])", " and a half"),
    (r"(?<!/\d)(?<=\d)[ -]1/4(?![\w/])", " and a quarter"),
    (r"(?<!/\d)(?<=\d)[ -]3/4(?![\w/])", " and three quarters"),
    (r"(?<=\d) 1/3(?![\w/])", " and one third"),
    (r"(?<=\d) 2/3(?![\w/])", " and two thirds"),
    (r"(?<![\w/.])1/2(?![\w/])", "half"),
    (r"(?<![\w/.])1/4(?![\w/])", "a quarter"),
    (r"(?<![\w/.])3/4(?![\w/])", "three quarters"),
    (r"(?<![\w/.])1/3(?![\w/])", "one third"),
    (r"(?<![\w/.])2/3(?![\w/])", "two thirds"),
    (r"(?<![\w/.])(\d(?:\.\d)?|10)/10(?![\w/])", r"\1 out of 10"),
    (r"(?<![\w/.])(\d(?:\.\d)?|10)\s/\s10(?=\s*(?:$|[.,;:!?)]))", r"\1 out of 10"),
)

# What no other row has taken: a dash between words is a pause, and so is one at either end.
LEFTOVERS = rows(
    (r"(?<![\w-])(\d+)-(?=[A-Za-z]{2,}\b(?!-))", r"\1 "),
    (r"\s*--+\s*|\s*—\s*|\s+[–-]\s+|^[–-]\s*|\s*[–-]$", ", "),
    (r"°", " degrees "),
    (r"%", " percent "),
)

PUNCTUATION = rows(
    (r"\s+(?=[,.;:!?)])(?!\.\d)", ""),
    (r"[,;:\s]+(?=[.!?](?:\s|$))", ""),
    (r"[.!?]*\?[.!?]*", "?"),
    (r"[.!]*![.!]*", "!"),
    (r"\.{2,}", "."),
    (r"[,;:]{2,}|(?:[,;:] )+[,;:]", ","),
    (r"([.!?])\s*[,;:]+(?=\s|$)", r"\1"),
    (r"\(\s*\)", " "),
    (r"\(\s+", "("),
    (r"^[\s,;:.!?)]+(?=.)", ""),
    (r"[\s,;:]+$", ""),
    (r"\s{2,}", " "),
)
"""Repeated and stray marks folded, as voices pause at each."""
