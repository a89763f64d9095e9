"""How sets, reps, runs of numbers and ranges are read: "3x12", "x 30 sec", "in-2-3-4", "8-12"."""

from __future__ import annotations

import re
from re import Match

from audioguide.speech.text.measures import COUNT, LENGTH_UNIT, LOAD_UNIT, NUMBER, TIME_UNIT
from audioguide.speech.text.rows import rows

_SIZE_UNIT = r"(?:cm|mm|in|inch|inches|ft|\")"

# The sign before a number that is no count of sets. A letter x is part of a word where a letter is before it.
_TIMES = r"\s*(?:(?<![^\W\d])x|×|(?<=\s)\*)\s?"

# A plural behind a number is what is counted, with one word in between ("10 heel raises") or none.
_PLURAL = (
    r"(?!(?:as|is|this|its|always|across|plus|minus|less|unless|towards|forwards|backwards|sideways|upwards|downwards"
    r"|perhaps|besides|was|has|does|seconds|secs|mins|minutes)\b)[a-z]{2,}s"
)
_MODIFIER = (
    r"(?:heel|leg|arm|calf|hip|knee|toe|shoulder|ankle|wrist|neck|chin|wall|step|deep|slow|small|big|full|easy|more|push"
    r"|sit|pull|air|front|back|side|pelvic|scapular|shoulder|glute|hamstring|belly|nasal|quick|gentle)"
)
_COUNTED = rf"(?:(?:{_MODIFIER}[\s-])?{_PLURAL}|rep|repetition|set|round|circuit|cycle|lap|length|time|step)"

_UNITS = rf"{TIME_UNIT}|{LENGTH_UNIT}|{LOAD_UNIT}"
_HELD = rf"(?:{TIME_UNIT}\.?|breaths?|counts?)"

# A pattern, a time or a size is no count of sets: "4-4-4-4 x 5 rounds", "20/10 x 8", "2:00 x 5".
PATTERNS = rows(
    (r"(\d(?:[-–]\d{1,2}){2,}|\d/\d+|\d:[0-5]\d)\s?[x×]\s?(?=\d)", r"\1, x "),
    (r"\b((?:warrior|level|phase|grade|stage) \d+)\s[x×]\s?(?=\d)", r"\1, x "),
    (r"(?<![\w.,])(\d+)\s?[x×]\s?(?=\()", r"\1 times "),
    (r"(?<![\w.,])(\d+)\s?[x×]\s?(?=max\b|AMRAP\b)", r"\1 sets of "),
    (r"(?<![\w.,])(\d+)\s?[x×]\s?(?:to\s)?(?=(?:failure|fatigue)\b)", r"\1 sets to "),
    flags=re.IGNORECASE,
)

REPS = rows(
    # A size, not sets: only with a unit of length after it.
    (rf"(?<![\w.])({NUMBER}\s?{_SIZE_UNIT})\s?[x×*]\s?({NUMBER})(?=\s?{_SIZE_UNIT}(?!\w))", r"\1 by \2"),
    (rf"(?<![\w.])({NUMBER})\s?[x×*]\s?({NUMBER})(?=\s?{_SIZE_UNIT}(?!\w))", r"\1 by \2"),
    (rf"(?<![\w.,])({NUMBER}\s?[x×*]\s?{COUNT}){_TIMES}({COUNT}\s?{_HELD}[\s-]holds?)\b", r"\1, \2"),
    (rf"(?<![\w.,])1\s?[x×*]\s?({COUNT}\s?{_HELD})[\s-]holds?\b", r"1 hold of \1"),
    (rf"(?<![\w.,])({NUMBER}(?:\s?[-–]\s?\d+)?)\s?[x×*]\s?({COUNT}\s?{_HELD})[\s-]holds?\b", r"\1 holds of \2"),
    (rf"(?<!\d)(?<!\d\s){_TIMES}({COUNT}\s?{_HELD}[\s-](?:hold|pause|squeeze|contraction|rest)s?)\b", r", \1"),
    # "3 x 10 x 5 sec": each of the ten lasts so long.
    (rf"(?<![\w.,])({NUMBER}\s?[x×*]\s?{COUNT}){_TIMES}(?={COUNT}\s?{TIME_UNIT}(?!\w))", r"\1, "),
    (rf"(?<![\w.,])({NUMBER}\s?[x×*]\s?{COUNT}){_TIMES}(?={COUNT}\s?{LOAD_UNIT}(?!\w))", r"\1 at "),
    (rf"(?<![\w.,])({NUMBER}\s?[x×*]\s?{COUNT})\s?[x×*]\s?((?>{COUNT}))(?!\w|\s?[x×*])", r"\1, \2 times"),
    # "3 x 12" is three sets of twelve on every exercise sheet; a second x after it ("3x12x2") is left to "times" below.
    (rf"(?<![\w.,])1\s?[x×*]\s?(?=\d)(?!{NUMBER}\s?[x×*])", "1 set of "),
    (rf"(?<![\w.,])(\d+(?:\s?[-–]\s?\d+)?)\s?[x×*]\s?(?=\d)(?!{NUMBER}\s?[x×*])", r"\1 sets of "),
    (r"\b(sets?)\s?[x×*]\s?(?=\d)", r"\1 of "),
    (
        rf"(?<![\w.,])({NUMBER}\s?(?:{_UNITS})\.?){_TIMES}((?>{COUNT}))(?!\w|\s?(?:{_UNITS})(?!\w)|\s{_COUNTED}\b)",
        r"\1, \2 times",
    ),
    (rf"{_TIMES}(?=(?:half|a quarter of|three quarters of) an? )", " for "),
    # A length, a load or a count behind the sign.
    (
        rf"\b(reps?|repetitions|rounds?|intervals|holds|contractions|squeezes|efforts){_TIMES}"
        rf"(?={COUNT}\s?{TIME_UNIT}(?!\w))",
        r"\1 of ",
    ),
    (rf"(?<!\d)(?<!\d\s){_TIMES}(?={COUNT}\s?(?:{TIME_UNIT}|{LENGTH_UNIT}|breaths?|counts?)(?!\w))", " for "),
    (rf"(?<!\d)(?<!\d\s){_TIMES}(?={COUNT}\s?{LOAD_UNIT}(?!\w))", " at "),
    (rf"\b(repeat|do|perform|complete|for|another|only|about|just){_TIMES}({COUNT}\s{_COUNTED})\b", r"\1 \2"),
    (rf"(?<!\d)(?<!\d\s){_TIMES}({COUNT}\s{_COUNTED})\b", r", \1"),
    (rf"({NUMBER})\s?[×*]\s?(?=\d)", r"\1 times "),
    (r"(?<![\w.,–-])1\s?[x×](?=\s+(?:per|a|an|daily|weekly|each|every)\b|\s?/|(?!\s?\w))", "once"),
    (r"(?<![\w.,–-])2\s?[x×](?=\s+(?:per|a|an|daily|weekly|each|every)\b|\s?/|(?!\s?\w))", "twice"),
    (rf"(?<![\w.,])({NUMBER})\s?[x×]\s(day|week|month)\b", r"\1 times a \2"),
    (r"(?<![\w.,])1[x×](?!\w)", "once"),
    (r"(?<![\w.,–-])2[x×](?!\w)", "twice"),
    (rf"(?<![\w.,])({NUMBER})\s?[x×](?=\s+(?:per|a|an|daily|weekly|each|every)\b|\s?/)", r"\1 times"),
    (rf"(?<![\w.,])({NUMBER})[x×](?!\w)", r"\1 times"),
    (rf"(?<!\w)[x×]\s?((?>{COUNT}))(?!\w)", r"\1 times"),
    (r"[×*]", " times "),
    flags=re.IGNORECASE,
)

_RUN = re.compile(r"(?<![\w.,–—-])\d{1,2}(?:\s?[-–—]\s?\d{1,2}){2,}(?![\w–—-])")
"""Three or more short numbers in a row, such as a breathing pattern or a tempo; a date has a longer one."""

_CHAIN = re.compile(r"(?<![\w.,/–—-])(?:[A-Za-z]+|\d{1,2})(?:[-–—](?:[A-Za-z]+|\d{1,2})){2,}(?![\w/–—-]|\.\d)")
_COUNTING = re.compile(r"(?:^|[-–—])\d{1,2}[-–—](?:and[-–—])?\d{1,2}(?:[-–—]|$)")
_HYPHENED_RANGE = re.compile(
    r"(\d{1,2})[-–—](\d{1,2})[-–—](?!(?:up|down|in|out|go|and|hold|lift|lower|switch|relax|press|stop)\b)"
    r"([A-Za-z]+(?:[-–—][A-Za-z]+)*)"
)

# Between the numbers of a range a unit may stand in full ("30s-60s"); said units come later, so these are short forms.
_UNIT = (
    r"(?:\s?(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|months?|years?|yrs?|cm|mm|m|km|miles?|mi|kg"
    r"|g|lbs?|inches|in|ft|%|°C?|x)\.?| and (?:a half|a quarter|three quarters))?"
)

# A hyphen joins a range of at most three digits, as longer ones are phone numbers and years; a dash or spaces around it
# leave no doubt. Nothing with a third part is a range: dates and codes stay as they are. A colon with a digit behind it
# is a time or a ratio.
RANGES = rows(
    # Twice the same is a position: "90-90".
    (r"(?<![\w.,/–—-])(\d{1,3})-\1(?![\w/–—:-]|\.\d)", r"\1 \1"),
    (r"(?<=\d)--(?=\d)", " to "),
    (r"(\d{1,2}:[0-5]\d)\s?[-–—]\s?(?=\d{1,2}:[0-5]\d)", r"\1 to "),
    (
        rf"(?<![\w.,/–—-])(?<!\d:)(\d{{1,3}}(?:\.\d+)?{_UNIT})[-–—]"
        r"(?=\d{1,3}(?:\.\d+)?(?![\d/]|:\d|[-–—]\w|\.\d))",
        r"\1 to ",
    ),
    (r"(?<![\w.,/–—-])(\d{1,3}(?:,\d{3})+)-(?=\d{1,3}(?:,\d{3})+(?![\d-]))", r"\1 to "),
    (rf"(?<![\w.,/–—-])(?<!\d:)({NUMBER}{_UNIT})–(?={NUMBER}(?![\d/]|:\d|[-–—]\w))", r"\1 to "),
    (rf"(?<![\w.,/–—-])(?<!\d:)({NUMBER}{_UNIT})\s[-–—]\s(?={NUMBER}(?![\d/]|:\d|[-–—]\w))", r"\1 to "),
)


def parted(text: str) -> str:
    """Return ``text`` with counting in it ("4-7-8", "in-2-3-4") as separate numbers: not ranges."""
    return _CHAIN.sub(_said_chain, _RUN.sub(lambda run: " ".join(re.findall(r"\d+", run[0])), text))


def _said_chain(found: Match[str]) -> str:
    chain = found[0]
    if (joined := _HYPHENED_RANGE.fullmatch(chain)) and int(joined[1]) < int(joined[2]):
        return f"{joined[1]} to {joined[2]} {joined[3]}"
    return re.sub("[-–—]", " ", chain) if _COUNTING.search(chain) else chain
