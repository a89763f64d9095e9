import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audioguide.speech.text.clean import clean, has_words
from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.normalise import spoken
from tests.examples import examples

CASES = """
Hold 45s|Hold 45 seconds
Hold 45 s.|Hold 45 seconds.
30 sec|30 seconds
30 sec. hold|30 second hold
5 min|5 minutes
1 min|1 minute
1 s|1 second
a 45-second hold|a 45 second hold
a 45-sec hold|a 45 second hold
5 cm|5 centimeters
2 in|2 inches
2"|2 inches
2 in front of you|2 in front of you
Lift 2in off|Lift 2 inches off
Feet 12 in apart|Feet 12 inches apart
10 lb|10 pounds
10 lbs|10 pounds
1.5 kg|1.5 kilograms
90°|90 degrees
Bend to 90° now|Bend to 90 degrees now
50%|50 percent
12-15|12 to 15
12–15 reps|12 to 15 reps
12 – 15 reps|12 to 15 reps
30-60s|30 to 60 seconds
30s-60s|30 seconds to 60 seconds
1:30|1 minute 30 seconds
0:45|45 seconds
1:00|1 minute
1:02:03|1 hour 2 minutes 3 seconds
1:30–2:00|1 minute 30 seconds to 2 minutes
3x12|3 sets of 12
3 × 12|3 sets of 12
3 x 12 reps|3 sets of 12 reps
3x12-15|3 sets of 12 to 15
2-3x12|2 to 3 sets of 12
3x45s|3 sets of 45 seconds
3 sets x 12 reps|3 sets of 12 reps
1x10|1 set of 10
10x10 cm|10 by 10 centimeters
Repeat x3|Repeat 3 times
2x per week|twice per week
4x|4 times
90/90|90 90
90/90 stretch|90 90 stretch
and/or|and or
4-4-4-4|4 4 4 4
4-7-8 breathing|4 7 8 breathing
SI joint|S I joint
full ROM|full range of motion
ASIS|A-S-I-S
TFL|T F L
e.g., a wall|for example a wall
(e.g. a wall)|(for example a wall)
i.e. slowly|that is slowly
approx. 5 cm|approximately 5 centimeters
L3–L4|L 3 to L 4
L4-5|L 4 to 5
L5/S1|L 5 to S 1
IT band|I T band
Ask your PT.|Ask your P T.
left vs. right|left versus right
w/ a band|with a band
w/o pain|without pain
push & pull|push and pull
5 + 5|5 plus 5
10+ reps|10 plus reps
<b>Hold</b>|Hold
**Hold** it|Hold it
Hold 💪 it|Hold it
“Don’t” stop|"Don't" stop
Wait... now!!|Wait, now!
Really?!|Really?
hip-flexor-2|hip-flexor-2
555-1234|555-1234
1-800-555-1234|1-800-555-1234
2026-11-23|2026-11-23
-5|minus 5
at -5° C|at minus 5 degrees Celsius
half-kneeling|half-kneeling
5 -3|5 minus 3
reps/side|reps per side
12/side|12 per side
left/right|left or right
1/2 turn|half turn
1 1/2 turns|1 and a half turns
1½ turns|1 and a half turns
8/10 effort|8 out of 10 effort
1,000 m|1,000 meters
3 m|3 meters
Hold — breathe|Hold, breathe
Café naïve|Café naïve
can't|can't
<10 reps|under 10 reps
Set 1: go|Set 1: go
1 seconds|1 second
30 seconds|30 seconds
≥ 3 sets|at least 3 sets
~10 min|about 10 minutes
Say "Level 2" now|Say "Level 2" now
"3" is|"3" is
3 to 5 s|3 to 5 seconds
0.5 s|0.5 seconds
5:1 ratio|5:1 ratio
at 7:30 am|at 7:30 am
#1|number 1
5 min. Rest.|5 minutes. Rest.
5 min.|5 minutes.
Fish &amp; chips|Fish and chips
5'|5'
45 seconds each, 2-3 rounds.|45 seconds each, 2 to 3 rounds.
60bpm|60 beats per minute
3*12|3 sets of 12
one - two|one, two
4 x 30 sec / 15 sec rest|4 sets of 30 seconds, 15 seconds rest
5-minute warm-up|5 minute warm-up
10-12 reps per side, 3-1-3 tempo|10 to 12 reps per side, 3 1 3 tempo
45°–90°|45 degrees to 90 degrees
5–10%|5 to 10 percent
Monday-Friday|Monday-Friday
C-shape|C-shape
20,000|20,000
2.|2.
etc.|et cetera.
mats, blocks, etc. are fine|mats, blocks, et cetera are fine
"""


@pytest.mark.parametrize(("written", "said"), [line.rsplit("|", 1) for line in CASES.strip().splitlines()])
def test_reading(written: str, said: str) -> None:
    assert spoken(written, {}) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("A\x00B", "AB"),
        ("x\ud800y", "xy"),
        ("zero\u200bwidth", "zerowidth"),
        ("no\u00a0break\tand\nline", "no break and line"),
        ("👍🏽 good 🇫🇷 3️⃣ sets", "good 3 sets"),
        ("é", "é"),
    ],
)
def test_characters_that_no_voice_should_get(written: str, said: str) -> None:
    assert spoken(written, {}) == said


@pytest.mark.parametrize("nothing", ["", " ", "...", "—", "💪", "\ud800", "\x00", "()", '"'])
def test_a_text_without_words_has_none_afterwards(nothing: str) -> None:
    assert not has_words(spoken(nothing, {}))


def test_what_looks_like_markup_all_over_is_still_said() -> None:
    assert spoken("<hold 45s>", {}) == "hold 45 seconds"


def test_lexicon_replaces_whole_words_in_any_case_longest_first() -> None:
    lexicon = {"psoas": "so ass", "psoas major": "big so ass"}
    assert spoken("Psoas major, PSOAS, psoasitis.", lexicon) == "big so ass, so ass, psoasitis."


def test_lexicon_comes_before_the_built_in_table() -> None:
    assert spoken("PT and ROM", {"pt": "PT", "ROM": "ROM"}) == "PT and ROM"
    assert spoken("PT and ROM", {"pt": "trainer"}) == "trainer and range of motion"


def test_lexicon_values_are_taken_literally_and_cleaned() -> None:
    assert spoken("go x", {"x": r"\1 \g<0>", "go": "g\x00o"}).startswith("go ")


def test_an_empty_key_is_ignored() -> None:
    assert spoken("hold", {"": "x", "\x00": "y"}) == "hold"


FRAGMENTS = """45s 12-15 3x12 1:30 2" <b> </b> & e.g. etc. approx. ROM L3–L4 w/ and/or 90/90 1/2 ½ -- ... ?! , ( ) x3
° % → + min. lb PT A no. - – — / 0 1 23 5000 . : ; * < > cm 5' 💪 \u200b é \ud800 \x00 # ~ = ≥ ± in s"""

texts = st.one_of(
    st.lists(st.sampled_from([*FRAGMENTS.split(" "), " ", "  "]), max_size=12).map("".join),
    st.text(alphabet="0123 .,:;!?-–—/x×*+&<>()[]\"'°%½#~=@_|abs cmin LSTROMP→\n\t", max_size=25),
    st.text(max_size=25),
)


@given(texts)
@settings(max_examples=examples(300), deadline=None)
def test_saying_it_again_changes_nothing(text: str) -> None:
    said = spoken(text, {})
    assert spoken(said, {}) == said


@given(texts)
@example("&lt")  # a sign, though its name has letters
@settings(max_examples=examples(300), deadline=None)
def test_words_stay_and_signs_go(text: str) -> None:
    said = spoken(text, {})
    assert has_words(said) or not has_words(clean(unescape(text)))
    assert not set(said) & set("<>*_`#~|{}[]\\^&+=@\x00\n")


# What a sentence of a sheet is made of: as it is written, and the words that must be heard.
NUMBERS = st.one_of(st.integers(0, 120).map(str), st.sampled_from(["1.5", "0.25", "2.5"]))
POINTS = st.sampled_from([".5", ".25"])
SIGNS = {"<": "under", ">": "over", "≤": "at most", "≥": "at least", "<=": "at most", ">=": "at least"}
UNITS = {
    "": "", " kg": "kilogram", "kg": "kilogram", " cm": "centimeter", " sec": "second", "s": "second", " min": "minute",
    " reps": "rep", " wks": "week", "%": "percent", "°": "degree",
}  # fmt: skip
NEGATIONS = {
    "do not": "not", "Don't": "n't", "never": "never", "do NOT": "not", "NO": "no", "no": "no", "w/o": "without",
    "can't": "n't",
}  # fmt: skip
WORDS = ("hold", "the LEG", "bend", "pain", "Rest", "ROM", "w/ a band", "your foot", "OUT", "M/W/F", "each side")


@st.composite
def parts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a piece of a sentence, and what has to be heard of it, in order."""
    kind = draw(st.sampled_from(("number", "range", "limit", "score", "negation", "sets", "point", "word")))
    unit, unit_said = draw(st.sampled_from(sorted(UNITS.items())))
    number = draw(NUMBERS)
    if kind == "number":
        return number + unit, [number, unit_said]
    if kind == "range":
        low, high = sorted((draw(st.integers(1, 60)), draw(st.integers(61, 120))))
        return f"{low}{draw(st.sampled_from(['-', '–', ' - ']))}{high}{unit}", [str(low), "to", str(high), unit_said]
    if kind == "limit":
        sign = draw(st.sampled_from(sorted(SIGNS)))
        return f"{sign}{draw(st.sampled_from(['', ' ']))}{number}{unit}", [SIGNS[sign], number, unit_said]
    if kind == "score":
        sign, score = draw(st.sampled_from(["", *SIGNS])), draw(st.sampled_from(["0", "3", "4.5", "10"]))
        return f"{sign}{score}/10", [SIGNS.get(sign, ""), score, "out of", "10"]
    if kind == "negation":
        written = draw(st.sampled_from(sorted(NEGATIONS)))
        return f"{written} bend", [NEGATIONS[written]]
    if kind == "sets":
        sets = draw(st.integers(2, 9))
        return f"{sets} x {draw(st.integers(11, 60))} sec", [str(sets), "of", "seconds"]
    if kind == "point":
        point = draw(POINTS)
        return f"use {point} kg", [f"0{point}", "kilogram"]
    return draw(st.sampled_from(WORDS)), []


@given(st.lists(st.tuples(parts(), st.sampled_from([", ", ". ", "; ", " then ", "...", ": "])), min_size=1, max_size=6))
@settings(max_examples=examples(100), deadline=None)
def test_no_number_comparison_or_negation_is_lost(sentence: list[tuple[tuple[str, list[str]], str]]) -> None:
    text = "Now " + "".join(written + mark for (written, _), mark in sentence)
    said = spoken(text, {})
    for heard in (said, in_words(said)):
        at = 0
        for (_, words), _ in sentence:
            for word in filter(None, words):
                wanted = word if heard is said else in_words(word)
                found = re.compile(rf"(?<![\d.]){re.escape(wanted)}(?![\d])").search(heard, at)
                assert found, f"{word!r} of {text!r} is not in {heard!r}"
                at = found.end()
