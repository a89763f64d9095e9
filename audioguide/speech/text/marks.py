"""The marks ' and \" behind a number: feet and inches, or minutes and seconds, as the words around them tell.

Where nothing tells, a number without unit is better than one with the wrong unit.
"""

from __future__ import annotations

import re
from re import Match

from audioguide.speech.text.measures import NUMBER

MOST_INCHES = 12
"""A longer length without any word beside it is as likely a time; and above it are no inches beside feet."""

_COUNT = rf"{NUMBER}(?:\s?[\"']?\s?[-–—]\s?{NUMBER})?"
_DOUBLED = re.compile(r"(?<=\d)\s?''(?!\w)")

# The second way of writing both needs two digits, as "5'5" is no time.
_BOTH = re.compile(r"(?<![\w.,'])(\d{1,2})\s?'\s?(?:(\d{1,2})\s?\"|([0-5]\d)(?![\w.,'\"]))")
# What two double marks enclose is a quotation.
_DOUBLE = re.compile(rf"(?<![\w\"])\"[^\"]*\"|(?<![\d.,])(?P<count>{_COUNT})\s?\"")
_ROOM = re.compile(r"(?<![\w.,])(\d+)'\s?[x×]\s?(\d+)'(?![\w'])")
_SINGLE = re.compile(rf"(?<![\d.,'])(?P<count>{_COUNT})'(?![\w'])")

_WORK = (
    r"(?:hold(?:s|ing)?|rest(?:s|ing)?|pause|wait|planks?|squeeze|contract|relax|stay|balance|hang|stretch|bridge|squat"
    r"|(?:wall|v)[- ]sit|for|walk|jog|run|sprint|march|cycle|bike|ride|row|swim|skip|inhale|exhale|breathe|work|easy"
    r"|hard|recover(?:y)?|warm[- ]?up|cool[- ]?down|every|after|within|isometrics?|brisk|fast|slow|steady|tempo)"
)
_ADVERBS = r"(?:for|about|around|approx(?:imately|\.)?|at least|at most|up to|each|another|here|there|still|over|under)"
_SET_SIGN = r"(?:\d\s?[x×*]|(?<![^\W\d_'\"])(?<!['\"]\s)[x×]|\bsets?\s(?:of|x|×)|\d\s?[x×]\s?\d+\s?['\"]\s?/)\s?$"
_TIMED_BEFORE = re.compile(rf"\b{_WORK}(?:\s+{_ADVERBS})*\s*[:(~x×-]?\s*$|{_SET_SIGN}", re.IGNORECASE)
_TIMED_CLAUSE = re.compile(r"\b(?:hold|rest|pause|plank|wait|squeeze|walk|jog|run|sprint)s?\b", re.IGNORECASE)
_TIMED_AFTER = re.compile(
    r"\s*(?:[-/]\s?)?(?:holds?|rest|pause|planks?|work|on\b(?!\s+(?:the|a|your)\b)|off(?=\s*(?:$|[,;.)x×]))|each|per|sides?"
    r"|legs?|arms?|walk|jog|run|sprint|easy|hard|fast|slow|steady|recovery|hang|warm|cool|then|brisk|stretch|squeeze|break)\b",
    re.IGNORECASE,
)
_LONG_BEFORE = re.compile(
    r"\b(?:step|box|block|platform|bench|height|size|tall)\s*[:,(]?\s*(?:of|is|about|at least|up to)?\s*$"
    r"|\b(?:pillow|towel|mat|cushion|board|pad|square|frame)\s*[:,(]?\s*(?:\d+\s?[x×]\s?)?$",
    re.IGNORECASE,
)
_LONG_AFTER = re.compile(
    r"[\s-]*(?:(?:high|wide|tall|thick|apart|away|above|below|from|higher|lower|wider|foam|yoga|plyo|wooden|rubber|box"
    r"|block|step(?![- ]?ups?\b)|(?:exercise |soft |resistance )?(?:ball|band)|roller|platform|bench|stool|book|dowel"
    r"|wedge|hurdle|riser|towel|board|loop|rope|ladder|cone|in front)s?\b"
    r"|off\s+(?:the|of|your|a|floor|ground|mat|bed|wall|table|bench|chair|step)\b)",
    re.IGNORECASE,
)
# Directions, which follow a time as well: "hold 30" back flat".
_DIRECTION = re.compile(r"\s*(?:deep|long|forward|back|behind|(?:to|of)\s+the)\b", re.IGNORECASE)


def with_units(text: str) -> str:
    """Return ``text`` with the marks behind numbers as units in their short forms, or gone where nothing tells."""
    text = _ROOM.sub(r"\1 by \2 ft", _DOUBLED.sub('"', text))
    return _SINGLE.sub(_single, _DOUBLE.sub(_double, _BOTH.sub(_both, text)))


def _around(found: Match[str]) -> tuple[str, str]:
    """Return the clause before ``found``, and all that follows."""
    return re.split(r"[.;:!?,]\s+(?=\w)", found.string[: found.start()])[-1], found.string[found.end() :]


def _is_time(before: str, after: str) -> bool | None:
    """Return whether the words beside a number tell of a time, or a length; None where they tell of neither."""
    if _LONG_AFTER.match(after) or _LONG_BEFORE.search(before):
        return False
    if _TIMED_BEFORE.search(before) or _TIMED_AFTER.match(after):
        return True
    return False if _DIRECTION.match(after) else None


def _both(found: Match[str]) -> str:
    first, second = found[1], found[2] or found[3]
    before, after = _around(found)
    time = _is_time(before, after)
    if time is None and _TIMED_CLAUSE.search(before):
        time = True
    if time is None and found[2] is None:
        return found[0]
    if time or int(second) >= MOST_INCHES:
        return f"{first} min" + (f" {int(second)} sec" if int(second) else "")
    return f"{first} {second}" if time is None else f"{first} ft {second} inches"


def _double(found: Match[str]) -> str:
    count = found["count"]
    if count is None:
        return found[0] if len(found[0]) > 2 else " "
    before, after = _around(found)
    count = count.replace('"', "").replace("'", "")
    time = _is_time(before, after)
    if not time and re.search(r"\b(?:a|an|the)\s*$", before):
        return f"{count} inch"
    if time is None:
        in_clause = _TIMED_CLAUSE.search(before) is not None
        short = int(re.findall(r"(?<![\d.,])\d+", count)[-1]) <= MOST_INCHES
        # A small number in a clause about time is as likely one as the other, and so is a large one in any other.
        time = in_clause if in_clause != short else None
    return count + {True: " sec", False: " inches", None: " "}[time]


def _single(found: Match[str]) -> str:
    time = _is_time(*_around(found))
    if time is None:
        return found[0]
    return found["count"].replace("'", "") + (" min" if time else " ft")
