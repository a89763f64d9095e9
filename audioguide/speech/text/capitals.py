"""Words in capitals: those that only stress a word are read as words, Roman numerals as numbers.

eSpeak spells words of two and three capital letters in a text that has small letters too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from re import Match, Pattern

# Not here, as they are abbreviations on sheets: AM, PM, US, AC, PT, IT (but see _IT), MET, BID, TID, SAD, PIP.
_WORDS = """
AN AS AT BE BY DO GO HE IF IN IS ME MY NO OF ON OR SO TO UP WE
ABS ADD AGO AID AIM AIR ALL AND ANY ARC ARE ARM ASK BAD BAG BAR BED BIG BIT BOX BUM BUT CAN CAR CAT CUE CUP CUT DAY
DID DIG DIP DOG DRY DUE EAR EAT END EYE FAR FEW FIT FIX FLY FOR FUN GAP GET GOT GUT GYM HAD HAS HER HIM HIP HIS HIT
HOP HOT HOW HUG ICE ILL INS ITS JAB JAR JAW JOB JOG JOY KEY LAP LAT LAY LEG LET LID LIE LIP LOT LOW MAT MAX MAY MEN
MID MIX MUD NET NEW NOD NOR NOT NOW ODD OFF OLD ONE OUR OUT OWN PAD PAY PEC PEG PEN PER PIN PUT RAW RED REP RIB RID
RIM ROD ROW RUB RUN SAW SAY SEE SET SHE SIP SIT SIX SKY SUM SUN TAP TEN THE TIE TIP TOE TOO TOP TOY TRY TWO USE
VIA WAG WAS WAY WET WHO WHY WIN YES YET YOU ZIP
"""
STRESSED = frozenset(_WORDS.split())
"""Short words that people write in capitals for stress, and that abbreviate nothing where sheets use them."""

# An abbreviation only beside these: the distal joint of a finger, an illness.
_OTHERWISE = {"DIP": r"(?!\s+joints?\b)", "ME": "(?!/| or CFS)"}

# "IT band" is the iliotibial band; "DO IT" stresses two words.
_IT = re.compile(r"(?<=[A-Z] )IT(?![\w'/-]|\s+(?i:bands?|tracts?)\b)")

_UNIT = re.compile(
    r"(?<=\d)(\s?)(SECS?|MINS?|HRS?|KGS?|LBS?|CM|MM|KM|SECONDS?|MINUTES?|HOURS?)\b(?!['/])", re.IGNORECASE
)
"""Units that have one meaning in capitals, too; M, S, G and H have several."""

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WORDS_OF_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_VALUES = dict(zip(_NUMERALS, _WORDS_OF_NUMBERS, strict=True))
_ONE_CHARACTER = {0x2160 + value: f" {word} " for value, word in enumerate(_WORDS_OF_NUMBERS)}
_NUMERAL = "(?:" + "|".join(sorted(_NUMERALS, key=len, reverse=True)) + ")"

# What is counted in Roman numerals. A day or step X stands for any.
_POSES = r"(?i:warriors?|virabhadrasana|\w+asana)"
_KINDS = r"(?i:grades?|phases?|types?|stages?|levels?|class(?:es)?|zones?|tiers?|categor(?:y|ies)|parts?|series)"
_PERIODS = r"(?i:weeks?|days?|sessions?|rounds?|sets?|blocks?|steps?|cycles?|exercises?|chapters?|months?|nerves?)"
_JOINED = r"\s*(?:[,/&–-]|,?\s(?:and|or|to|through))\s*"
_AFTER_NOUN = re.compile(
    rf"\b((?:{_POSES}|{_KINDS}|{_PERIODS})\s+)({_NUMERAL}(?:{_JOINED}{_NUMERAL})*)(?![\w'’]|-\w|/[A-Z])"
)
_ONE = re.compile(rf"\b{_NUMERAL}\b")

# These are no words, initials or signs whatever is before them.
_ANYWHERE = re.compile(r"(?<![\w.'/-])(II|III|VII|VIII|XII)(?![\w'’/-])")

# "Type I fibres" or "the type I like": behind a noun in small letters only what can't be a verb makes it a number.
_NUMBER_ONE = re.compile(
    r"\s*(?:$|[.,;:!?)\]/&–-]|(?i:and|or|to|through|sprains?|strains?|tears?|injur(?:y|ies)|fib(?:er|re)s?|muscles?|pose"
    r"|exercises?|mobili[sz]ations?|rehab(?:ilitation)?|of|on|in|with|for|is|starts?|lasts?)\b)"
)
_PRONOUN_VERB = re.compile(
    r"\s+(?i:am|can|could|do|did|have|had|will|would|want|like|need|use|used|feel|was|think|know|must|should|may|might"
    r"|go|get|choose|chose|prefer|rest|train|run|walk|find|found|reached?|started|showed|gave|recommend|suggest|mean)\b"
)


def lowered(text: str, kept: Collection[str]) -> str:
    """Return ``text`` with words in capitals for stress in small letters.

    Args:
        text: as people write it; one without any small letter stays, as voices read that right.
        kept: words, case-folded, that stay as they are.
    """
    text = _UNIT.sub(lambda found: found[0].lower(), text)
    if not any(character.islower() for character in text):
        return text
    if "it" not in kept:
        text = _IT.sub("it", text)
    return _stressed(frozenset(kept)).sub(lambda found: found[0].lower(), text)


@lru_cache(maxsize=16)
def _stressed(kept: frozenset[str]) -> Pattern[str]:
    words = (word + _OTHERWISE.get(word, "") for word in sorted(STRESSED) if word.casefold() not in kept)
    return re.compile(rf"(?<![\w.'&])(?:{'|'.join(words)})(?![\w'&]|\.\w)")


def numerals(text: str) -> str:
    """Return ``text`` with Roman numerals from I to XII in words, where they number something."""
    # In words, as two numbers in digits would run together: "Warrior II 5 breaths".
    text = text.translate(_ONE_CHARACTER)
    return _ANYWHERE.sub(lambda found: _VALUES[found[1]], _AFTER_NOUN.sub(_numbered, text))


def _numbered(found: Match[str]) -> str:
    noun, listed = found[1], found[2]
    after = found.string[found.end() :]
    if listed in {"I", "V", "X"}:
        if re.fullmatch(rf"{_PERIODS}\s+", noun):
            certain = listed == "I" and noun[0].isupper() and re.match(r"\s*(?:$|[.,;:!?)])", after)
        elif listed == "I" and not re.fullmatch(rf"{_POSES}\s+", noun):
            certain = _NUMBER_ONE.match(after) or (noun[0].isupper() and not _PRONOUN_VERB.match(after))
        else:
            certain = True
        if not certain:
            return found[0]
    # Behind the number of a pose or grade a sign does not count sets: "Warrior II x 30 sec".
    end = "," if re.match(r"\s?[x×]\s?\d", after) else ""
    said = _ONE.sub(lambda numeral: _VALUES[numeral[0]], listed)
    return noun + re.sub(r"\s*[–-]\s*", " to ", re.sub(r"\s*/\s*", " or ", said)) + end
