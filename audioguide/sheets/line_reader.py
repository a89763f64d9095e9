"""Tells what one line of a sheet is: an exercise with its dose, a dose alone, how often, a caution, a text, a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.sheets.dose_reader import parse, read_tokens, settled, why_unread
from audioguide.sheets.exercise_names import built_in
from audioguide.sheets.sheet import SheetDose, UnreadError, Why
from audioguide.sheets.tokens import Kind, Token, kinds

LONGEST_TEXT = 500
LONGEST_NAME = 120


class LineKind(Enum):
    """What a line is by itself, before the lines around it are looked at."""

    EXERCISE = auto()
    DOSE = auto()
    OFTEN = auto()
    SAFETY = auto()
    TEXT = auto()
    HEADING = auto()
    NAME = auto()
    LEFT_OUT = auto()


class Reading(Struct, frozen=True):
    """What a line says.

    Attributes:
        kind: what it is.
        text: the name of an exercise, a heading, or a text as it stands.
        dose: its dose.
        remark: the text behind the dose; empty for none.
        about_safety: whether that is a caution.
    """

    kind: LineKind
    text: str = ""
    dose: SheetDose = SheetDose()
    remark: str = ""
    about_safety: bool = False


_MENTIONS_DOSE = re.compile("[smSrxpldwDWTKFLtV]")
_MENTIONS_SIDE = re.compile("[EBbyza]")
_GOES_ON = re.compile("[IcuUof-]*[plvi]")
"""How a remark begins that goes on with the dose: then rest, or one more."""

_IN_NAME = {
    Kind.LEFT: Why.SIDE,
    Kind.RIGHT: Why.SIDE,
    Kind.EACH_SIDE: Why.SIDE,
    Kind.BOTH_SIDES: Why.BOTH_SIDES,
    Kind.ALTERNATING: Why.ALTERNATING,
} | dict.fromkeys(
    (Kind.TIME, Kind.TIMES, Kind.FIGURES, Kind.REST, Kind.NO_REST, Kind.RELAX, Kind.DAILY, Kind.WEEKLY),
    Why.UNKNOWN,
)  # fmt: skip
"""What no name of an exercise holds, since it says how it is done; why such a line isn't read."""

_NO_LABELS = {"if", "wenn", "bei", "falls", "si", "se"}
"""Openings of cautions that name no caution before a colon: "If you can: 3 x 10 squats"."""

_PHRASES_OF_OFTEN = re.compile("[qIcCOfeP-]*")
_OPENS_CLAUSE = re.compile(r"[hplrSt][CVfO]*[QTKLF]")

_DETAILS = {"sets", "rest_s", "relax_s", "sides", "both_sides", "tempo", "alternating", "often", "loads"}
"""What a line without work may state: it is a part of the dose above it."""


def read_line(text: str, code: str) -> Reading:
    """Return what a line says in the language of ``code``; list markers and emphasis are off already.

    Raises:
        UnreadError: for a line with a dose that can't be read.
    """
    words = sheet_words(code)
    label = plain(text.partition(":")[0].strip()) if ":" in text else ""
    safety = is_safety(text, code)
    tokens = read_tokens(text, code)
    if label in words.left_out | sheet_words("en").left_out and not safety:
        # "Name: plank, 3 x 30 s" is about no person.
        if _with_dose(tokens, text, code) is not None:
            raise UnreadError(Why.UNKNOWN)
        return Reading(LineKind.LEFT_OUT, text)
    if (often := _often_alone(tokens, text)) is not None:
        return Reading(LineKind.OFTEN, text, often)
    if _opens_safety(text, code):
        _refuse_dose(text, tokens, label, code)
        return Reading(LineKind.SAFETY, text)
    found = _with_dose(tokens, text, code)
    if found is not None:
        # The pigeon is called like what is numb in German.
        if safety and is_safety(found.text, code) and built_in(found.text) is None:
            raise UnreadError(Why.CAUTION_OR_DOSE)
        return found
    if safety:
        _refuse_dose(text, tokens, label, code)
        return Reading(LineKind.SAFETY, text)
    if label in words.text_labels | sheet_words("en").text_labels:
        refuse_changing(text, SheetDose(), code)
        return Reading(LineKind.TEXT, text)
    return _without_dose(tokens, text, code)


def _without_dose(tokens: Sequence[Token], text: str, code: str) -> Reading:
    """Return a line without a dose: a heading, a text, or a name.

    Raises:
        UnreadError: where it has a part of a dose.
    """
    joined = next((token for token in tokens if token.why is Why.JOINED), None)
    if is_heading(text, code) and joined is None:
        return Reading(LineKind.HEADING, text.rstrip(":").strip())
    letters = kinds(tuple(tokens))
    refused = next((token for token in tokens if token.why is not None), None)
    if refused is not None or (re.search("[QTKLF]", letters) and _MENTIONS_DOSE.search(letters)):
        # The reason stands at the number; but "Week 3" names the weeks before it.
        numbered = (at for at, token in enumerate(tokens) if token.kind in "QTKLF" or token.why is not None)
        start = 0 if Kind.WEEK in letters and refused is None else next(numbered, 0)
        raise why_unread(tokens[start:], text)
    if text.endswith((".", "!", "…")):
        refuse_changing(text, SheetDose(), code)
        return Reading(LineKind.TEXT, text)
    return Reading(LineKind.NAME, text.rstrip(":").strip())


def _often_alone(tokens: Sequence[Token], text: str) -> SheetDose | None:
    """Return the dose of a line that only says how often the exercises are done; None for another line."""
    letters = kinds(tuple(tokens))
    start = len(_PHRASES_OF_OFTEN.match(letters)[0])  # type: ignore[index]
    # "for" opens the clause of the weeks.
    for begin in (start, start - 1) if start and letters[start - 1 : start] in "feP" else (start,):
        parsed = parse(tokens, text, begin)
        # What may stand before it may stand behind it too.
        if parsed.dose.stated == {"often"} and _PHRASES_OF_OFTEN.fullmatch(letters, parsed.end):
            return parsed.dose
    return None


def _with_dose(tokens: Sequence[Token], text: str, code: str) -> Reading | None:
    """Return a line with a dose, behind a name or without; None where no part of it is one.

    Raises:
        UnreadError: for a dose that is followed by what can't be read.
    """
    letters = kinds(tuple(tokens))
    for start, token in enumerate(tokens):
        # A dose begins with a number or a word of its own; a separator belongs to the name before it.
        if token.kind not in "QTKLFShrplEyzogaBtDRMkiY":
            continue
        # A word such as "hold" begins one where its number follows; else it is a part of the name.
        if token.kind in "hplrSt" and not _OPENS_CLAUSE.match(letters, start):
            continue
        parsed = parse(tokens, text, start)
        stated = parsed.dose.stated
        is_detail = start == 0 and bool(stated) and stated <= _DETAILS
        if parsed.end == start or not (parsed.dose.has_work or is_detail):
            continue
        rest = tokens[parsed.end :]
        remark, unread = _remark(rest, tokens[parsed.end - 1], text)
        if unread is not None:
            if start == 0 and (named := _named_behind(parsed.end, tokens, text)) is not None:
                refuse_dose_in_name(named, code)
                return Reading(LineKind.EXERCISE, named, settled(parsed.dose))
            if parsed.dose.has_work:
                raise unread
            continue
        dose = settled(parsed.dose)
        about_safety = bool(remark) and is_safety(remark, code)
        if about_safety:
            refuse_none(remark, code)
            # "The sore leg only" says which side works, and not what to take care of.
            if dose.sides is None and Kind.ONLY in kinds(tuple(rest)) and _tells_one_of_two(remark, code):
                raise UnreadError(Why.SIDE, remark)
        elif remark:
            refuse_changing(remark, dose, code)
        name = name_before(text[: tokens[start].start], code)
        kind = LineKind.EXERCISE if name else LineKind.DOSE
        return Reading(kind, text=name, dose=dose, remark=remark, about_safety=about_safety)
    return None


def _remark(rest: Sequence[Token], before: Token, text: str) -> tuple[str, UnreadError | None]:
    """Return the text behind a dose; or why what stands there can't be a text."""
    if all(token.kind is Kind.SEPARATOR for token in rest):
        return "", None
    # A remark begins behind a sign; a word that follows the dose at once belongs to it: 3 x 10 steps.
    if not before.ends and rest[0].kind not in (Kind.SEPARATOR, Kind.DASH, Kind.COLON):
        return "", why_unread(rest, text)
    # An opening bracket that the remark closes goes with it.
    remark = text[rest[0].start if rest[0].kind is not Kind.SEPARATOR else rest[0].end - 1 :]
    return remark.strip(" ,;:-–—.()[]|") + ("." if remark.rstrip().endswith(".") else ""), None


def _named_behind(end: int, tokens: Sequence[Token], text: str) -> str | None:
    """Return the name behind a dose, as in "3 x 60 s couch stretch"; None where that isn't a name alone."""
    rest = tokens[end:]
    if not re.fullmatch("[-IC]*[AnhOcPj]+[I]?", kinds(tuple(rest))) or kinds(tuple(rest)).count("A") < 2:
        return None
    dose = parse(tokens, text, 0).dose
    # "3 x 10 slow steps": without a unit the words may be what is counted.
    return text[rest[0].start :].strip(" .,:;-–—") if dose.hold_s or dose.reps else None


def name_before(text: str, code: str) -> str:
    """Return the name of an exercise that stands before its dose.

    Raises:
        UnreadError: where it says how the exercise is done.
    """
    name = re.sub(r"[\s,;:.\-–—(\[|]+$", "", text)
    tokens = read_tokens(name, code)
    if tokens and tokens[-1].kind in (Kind.VAGUE, Kind.TO, Kind.ONLY):
        raise UnreadError(Why.VAGUE, text.strip())
    if re.search("I[QL]$", kinds(tokens)):
        raise UnreadError(Why.TWICE, text.strip())
    # "Walk for 20 min": the preposition belongs to the time.
    while tokens and tokens[-1].kind in (Kind.FOR, Kind.OF, Kind.CONNECT):
        name = name[: tokens[-1].start].rstrip(" ,;:-–—(")
        tokens = tokens[:-1]
    refuse_dose_in_name(name, code)
    if len(name) > LONGEST_NAME:
        raise UnreadError(Why.LONG)
    return name


def refuse_dose_in_name(name: str, code: str) -> None:
    """Refuse a name that says how the exercise is done.

    Raises:
        UnreadError: with what is wrong in it.
    """
    tokens = read_tokens(name, code)
    # "Quad set" is a name, "3 sets" is none.
    letters = kinds(tokens)
    if re.search("v[PHfu]*[dwDWSrx]|v$", letters):
        raise UnreadError(Why.NUMBER_WORD, name)
    if re.search("[QL][xSr]|x[QL]|[Sr]C?[QL]", letters):
        raise UnreadError(Why.TWICE, name)
    for token in tokens:
        why = token.why or _IN_NAME.get(token.kind)
        # Of a name these are parts: 90/90, 1,5 kg.
        if why is not None and why not in (Why.TWO_FIGURES, Why.COMMA, Why.THOUSANDS):
            raise UnreadError(why, name[token.start : token.end])
    if (letter := _side_letter(name, code)) is not None:
        raise UnreadError(Why.SIDE, letter)
    # "Opposite arm and leg" is a way to move; in brackets it says which side works.
    for inside in re.findall(r"[(\[](.*?)(?:[)\]]|$)", name):
        if _tells_one_of_two(inside, code):
            raise UnreadError(Why.SIDE, inside)


def _tells_one_of_two(text: str, code: str) -> bool:
    """Return whether a text tells one side from the other without naming it: "the sore leg", "swap legs"."""
    tokens = read_tokens(text, code)
    stems = {stem for each in (code, "en") for stem in sheet_words(each).one_of_two}
    telling = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, stems))})")
    # Further from the noun such a word is of something else: "Good form, with the knee straight".
    return any(
        telling.search(plain(text[near[0].start : near[-1].end]))
        for at, token in enumerate(tokens)
        if token.kind in "njE" and (near := tokens[max(0, at - 2) : at + 3])
    )


def _side_letter(text: str, code: str) -> str | None:
    """Return the letter for a side that stands alone: in brackets, first or last; None for none."""
    letters = {letter for each in {code, "en"} for names in sheet_words(each).side_letters.values() for letter in names}
    for found in re.finditer(r"[^\W\d_]+", text):
        before, after = text[: found.start()].rstrip("."), text[found.end() :].lstrip(".")
        at_end = not before.strip() or not after.strip(" ,;:)]")
        # Of "L-sit" and "d'appui" the letter is a part of a word; small, "e" and "i" are words too.
        apart = not before[-1:].strip("([,;: ") and not after[:1].strip(")],;: ")
        in_brackets = before[-1:] in ("(", "[")
        if plain(found[0]) in letters and apart and (in_brackets or (at_end and found[0].isupper())):
            return found[0]
    return None


def refuse_changing(remark: str, dose: SheetDose, code: str) -> None:
    """Refuse a remark that may change the dose: numbers with units, sides where none are stated, totals.

    Raises:
        UnreadError: naming the remark.
    """
    tokens = read_tokens(remark, code)
    letters = kinds(tokens)
    if any(token.why not in (None, Why.TWO_FIGURES, Why.OTHER_UNIT) for token in tokens):
        raise UnreadError(Why.SIDE_REMARK, remark)
    in_words = "v" in letters and _MENTIONS_DOSE.search(letters)
    # A number may only be of what no dose has: 90°, 20 cm, 5 kg.
    if re.search("[TKLFsmi]|Q(?![XkGZ])", letters) or in_words or _GOES_ON.match(letters):
        number = in_words and not re.search("[QTKLF]", letters)
        raise UnreadError(Why.NUMBER_WORD if number else Why.SIDE_REMARK, remark)
    mentions = _MENTIONS_SIDE.search(letters) or _side_letter(remark, code) or _tells_one_of_two(remark, code)
    if dose.has_work and dose.sides is None and mentions:
        raise UnreadError(Why.SIDE, remark)


def refuse_none(caution: str, code: str) -> None:
    """Refuse a caution that only says that a dose has no rest, hold or weight: "no rest", "without weight".

    Raises:
        UnreadError: naming the caution.
    """
    letters = kinds(read_tokens(caution, code))
    # "No weight on the leg" and "no rest pain" keep a person safe.
    if re.search(r"i(?!A)|Y(?=I|$)|Up(?![A-Za-z])", letters) or any(
        token.why is Why.NONE for token in read_tokens(caution, code)
    ):
        raise UnreadError(Why.NONE, caution)


def _refuse_dose(text: str, tokens: Sequence[Token], label: str, code: str) -> None:
    """Refuse a caution that has sets or reps: it may be an exercise, which would then not be done.

    Raises:
        UnreadError: for such a line, unless its ``label`` says that it is a caution.
    """
    if label in {*sheet_words(code).openings, *sheet_words("en").openings} - _NO_LABELS:
        return
    refuse_none(text, code)
    letters = kinds(tuple(tokens))
    if re.search("Qx[QTL]|Q[Sr]|[Sr]C?Q", letters):
        raise UnreadError(Why.CAUTION_OR_DOSE)


def is_safety(text: str, code: str) -> bool:
    """Return whether a text is for a person's safety: it says to stop, to avoid, what pain or a doctor has to do."""
    return _opens_safety(text, code) or any(
        re.search(rf"(?<!\w){re.escape(stem)}", plain(text))
        for each in {code, "en"}
        for stem in sheet_words(each).stems
    )


def _opens_safety(text: str, code: str) -> bool:
    start = plain(text).lstrip("!⚠️ *_")
    return text.startswith(("⚠", "!")) or any(
        re.match(rf"{re.escape(opening)}(?!\w)", start)
        for each in {code, "en"}
        for opening in sheet_words(each).openings
    )


def is_heading(text: str, code: str) -> bool:
    """Return whether a line is the heading of a phase: a word for one, in capitals, or with a colon at its end."""
    bare = plain(text.rstrip(":").strip())
    if bare in sheet_words(code).headings | sheet_words("en").headings:
        return True
    return text.endswith(":") and not re.search(r"\d", text) and len(text) <= LONGEST_NAME
