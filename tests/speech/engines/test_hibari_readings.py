"""What the real hibari-tts reads: nothing is left of a text that it would read in its own way."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from audioguide.compose.composer import compose
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.normalise import spoken
from tests.helpers import session_of

pytestmark = pytest.mark.real

Read = Callable[[list[str]], list[tuple[str, str, str]]]

READ = """
import json, sys
from hibari.g2p import G2P
from hibari.g2p.normalize import normalize
g2p = G2P()
print(json.dumps([(normalize(text), g2p(text), g2p(text, normalize_text=False)) for text in json.load(sys.stdin)]))
"""

ODD = (
    "3x12 @ 30s, 10/12 reps, 90/90, 12/5/2024, 2024-05-12, 5 May at 7:30 pm, 1.5 kg, 5 in., #3, 50%, $5, C++, a=b",
    "Hold for 10-15 s, then 1:30; 3-1-2 tempo; L3-L4; 20°C; no. 5; approx. 3 cm; +5, ~7; 555-1234; ½, 2nd & 3rd",
)


@pytest.fixture(scope="module")
def read() -> Read:
    pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")

    def run(texts: list[str]) -> list[tuple[str, str, str]]:
        ran = subprocess.run(
            [sys.executable, "-c", READ], input=json.dumps(texts), capture_output=True, text=True, check=True
        )
        return json.loads(ran.stdout)

    return run


def test_of_built_in_sessions_and_odd_texts_its_own_rules_find_nothing_to_change(read: Read) -> None:
    texts = [*ODD]
    for name in builtin_ids():
        protocol = load_protocol(name)
        texts += compose(session_of(protocol), 1_200_000).texts()
    said = [in_words(spoken(text, {})) for text in dict.fromkeys(texts)]
    assert len(said) > 200
    for text, (normalised, with_rules, without) in zip(said, read(said), strict=True):
        assert normalised == text
        assert with_rules == without


def test_what_its_rules_would_expand_is_read_as_it_stands(read: Read) -> None:
    ((_, with_rules, without),) = read(["Mt. Hood, vol. two, Chapter IV"])
    assert with_rules == "mˈWnt hˈʊd, vˈɑljˌum tˈu, ʧˈæptəɹ fˈɔɹ"
    assert without == "ˌɛmtˈi hˈʊd, vˈɑl. tˈu, ʧˈæptəɹ ˌIvˈi"


def test_numbers_in_words_are_read_as_the_digits_are(read: Read) -> None:
    digits = ["4.", "16 times.", "3 sets of 12.", "45 seconds", "1,000 steps", "2nd", "2024", "1.5", "30 to 60"]
    for (_, _, as_digits), (_, _, as_words) in zip(read(digits), read([in_words(one) for one in digits]), strict=True):
        # A hyphen joins two numbers to one word, in which the first is stressed less.
        assert re.sub("[ ˈˌ]", "", as_digits) == re.sub("[ ˈˌ]", "", as_words)


def test_phonemes_replace_a_word_s_own(read: Read) -> None:
    ((_, _, plain), (_, _, told)) = read(["The psoas.", "The [psoas](/sˈOæz/)."])
    assert plain == "ðə sˈOəs."
    assert told == "ðə sˈOæz."
