import pytest

from audioguide.speech.text.capitals import STRESSED
from audioguide.speech.text.normalise import spoken
from tests.speech.text.reading import once_and_again, readings


@readings("""
Keep your LEG straight.|Keep your leg straight.
Breathe OUT as you lift.|Breathe out as you lift.
Straighten TOP leg.|Straighten top leg.
ONLY go as FAR as you can|ONLY go as far as you can
Take the weight OFF.|Take the weight off.
do NOT arch, NO pain|do not arch, no pain
Slide the LEG-side out|Slide the leg-side out
arms IN/OUT|arms in or out
DO IT slowly|do it slowly
Rest (SIT) now|Rest (sit) now
Hold 30 SEC, lift 5 KG, walk 10 MIN|Hold 30 seconds, lift 5 kilograms, walk 10 minutes
Hold 30 Sec|Hold 30 seconds
""")
def test_short_words_in_capitals_are_read_as_words(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
the TFL and VMO|the T F L and V M O
PNF, SLR and TUG|P N F, SLR and TUG
the IT band, not the IT|the I T band, not the IT
60 BPM at 6 PM|60 BPM at 6 PM
DIP joint of the finger|DIP joint of the finger
ME/CFS pacing|ME or CFS pacing
OK, an MRI|OK, an MRI
DON'T bend, CAN'T|DON'T bend, CAN'T
I can, plan A|I can, plan A
LEG UP|LEG UP
Vitamin D, C-shape|Vitamin D, C-shape
""")
def test_abbreviations_and_texts_all_in_capitals_stay(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@pytest.mark.parametrize("word", sorted(STRESSED - {"IT"}))
def test_each_stressed_word_is_read_as_one(word: str) -> None:
    assert spoken(f"your {word} please", {}) == f"your {word.lower()} please"


def test_a_word_of_the_lexicon_stays_as_it_says() -> None:
    assert spoken("The HIP and LEG.", {"hip": "HIP", "arm": "A R M"}) == "The HIP and leg."


@readings("""
Warrior II|Warrior two
Warrior I with arms up|Warrior one with arms up
warrior III|warrior three
Virabhadrasana II x 30 sec|Virabhadrasana two, for 30 seconds
Grade II sprain|Grade two sprain
Grade I-II mobs|Grade one to two mobs
Phase III|Phase three
Phases I, II and III|Phases one, two and three
Type IV|Type four
Type I|Type one
type I fibers|type one fibers
Warrior II/III|Warrior two or three
Week XII|Week twelve
Level V|Level five
Cranial nerve VII|Cranial nerve seven
Dancer II|Dancer two
Stage Ⅲ|Stage three
""")
def test_roman_numerals_number_what_is_before_them(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
IV drip|IV drip
MIX|MIX
I can do the type I like|I can do the type I like
each day I walk|each day I walk
on level I now rest|on level I now rest
V-sit|V-sit
Day X|Day X
X marks the set|X marks the set
vitamin C|vitamin C
""")
def test_letters_that_number_nothing_stay(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)
