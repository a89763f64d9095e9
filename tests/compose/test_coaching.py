"""What the words of a line of coaching ask of the time that is left."""

from __future__ import annotations

import pytest

from audioguide.languages.en.spoken import SPOKEN as ENGLISH


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("On a tender spot, stay for 20 to 30 seconds. Breathe.", 20_000),
        ("Stay for 30-60 seconds.", 30_000),
        ("Hold it for 1 minute.", 60_000),
        ("Stay for 1 to 2 minutes.", 60_000),
        ("Stay 5 seconds more.", 5_000),
        ("Lift it to 45 degrees.", None),
        ("Breathe out.", None),
        ("Each part takes four seconds.", None),
    ],
)
def test_the_least_length_that_a_text_names_is_what_must_be_left(text, ms):
    assert ENGLISH.lengths.least_named_ms(text) == ms
