"""Equal reps have equal words: whether one fits does not hang on where its part falls on the frame grid."""

from itertools import pairwise

import pytest

from audioguide.compose.composer import compose
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.script import Script
from audioguide.schedule.scheduler import schedule
from tests.cases import case, work
from tests.helpers import BEEP_MS, parsed, session_of, speech_ms


def words_of_reps(script: Script, word_ms: dict[str, int]) -> list[tuple[str, ...]]:
    """Return what is said in each rep, where words take as long as ``word_ms`` says."""
    lengths = {text: word_ms.get(text, speech_ms(text)) for text in script.texts()}
    timeline = schedule(script, lengths, BEEP_MS)
    speech = timeline.of_kind(EventKind.SPEECH)
    return [
        tuple(event.text or "" for event in speech if rep.start_ms <= event.start_ms < rep.end_ms)
        for rep in work(timeline)
    ]


@pytest.mark.parametrize("word_ms", range(400, 520, 7))
def test_a_word_is_said_in_every_rep_or_in_none(word_ms):
    script = compose(session_of(case("word-flickers/sigh")))
    said = words_of_reps(script, {"In.": 500, "More.": word_ms, "Out.": 500})
    # The part lasts 500 ms, of which two frames are the gap to the next word.
    inside = ("In.", "More.", "Out.") if word_ms <= 452 else ("In.", "Out.")
    # Half is told behind the last word of the fifth breath, and that one is left behind that of the ninth.
    assert (said[4][-1], said[8][-1]) == ("Out. Halfway.", "Out. One more.")
    assert [(*words[:-1], words[-1].partition(" ")[0]) for words in said] == [inside] * 10


def reps(tempo: str, count: str = "false", sides: str = "both") -> Script:
    return compose(
        session_of(
            parsed(
                f"""
[[phase]]
title = "Reps"
exercises = ["move"]
[exercise.move]
name = "Move"
sides = "{sides}"
reps = 9
count = {count}
tempo = [{tempo}]
"""
            )
        )
    )


@pytest.mark.parametrize("part_s", [0.5, 0.55, 0.61, 0.7, 0.83, 0.97])
def test_a_short_part_at_the_start_in_the_middle_or_at_the_end_is_worded_alike(part_s):
    short = f'{{ say = "Quick", s = {part_s} }}'
    long = '{ say = "Slow", s = 1.9 }'
    for parts in ([short, long], [long, short], [long, short, long], [short, short, long]):
        script = reps(", ".join(parts))
        for word_ms in range(round(part_s * 1000) - 96, round(part_s * 1000) + 24, 6):
            said = words_of_reps(script, {"Quick.": word_ms, "Slow.": 600})
            assert len(set(said)) == 1


@pytest.mark.parametrize("sides", ["each", "alternating"])
def test_sides_are_worded_alike_too(sides):
    script = reps('{ say = "Lift", s = 0.7 }, { say = "Lower", s = 0.77 }', sides=sides)
    for word_ms in range(600, 720, 6):
        assert len(set(words_of_reps(script, {"Lift.": word_ms, "Lower.": word_ms}))) == 1


def test_counts_of_equal_length_are_spoken_in_all_reps_or_in_none():
    script = reps('{ say = "Lift", s = 0.61 }, { say = "Lower", s = 0.61 }', count="true")
    for count_ms in range(500, 1_250, 23):
        lengths = {f"{number}.": count_ms for number in range(2, 9)} | {"Lower.": 500, "Lift.": 500, "Last one.": 500}
        said = words_of_reps(script, lengths)
        # Four are worded, and then the words of the tempo fade.
        for alike in (said[1:4], said[4:8]):
            assert len({tuple(text for text in words if not text[0].isdigit()) for words in alike}) == 1
            assert len({any(text[0].isdigit() for text in words) for words in alike}) == 1


def test_words_never_overlap_whatever_the_grid_does():
    script = reps('{ say = "Lift", s = 0.53 }, { say = "Lower", s = 0.53 }')
    lengths = dict.fromkeys(script.texts(), 530 - 48)
    timeline = schedule(script, lengths, BEEP_MS)
    inside = [event for event in timeline.sounds() if event.role not in (BeepRole.LEAD,)]
    assert all(earlier.end_ms < later.start_ms for earlier, later in pairwise(inside))
    assert len([event for event in inside if event.text in ("Lift.", "Lower.")]) == 18
