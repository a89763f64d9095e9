import pytest

from audioguide.cli.preview import dose, print_preview
from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import EventKind
from audioguide.model.plan import Omitted, Plan
from audioguide.model.voice import VoiceSettings
from tests.helpers import HOLD, REPS, layer, parsed, session_of, timed

ALTERNATING = REPS.replace("reps = 4", 'sides = "alternating"\nreps = 4')
ROUNDS = HOLD.replace('exercises = ["reach"]', 'exercises = ["reach"]\ncircuit = { rounds = 3, work_s = 30 }')


def doses(text, **wishes):
    timeline = timed(session_of(parsed(text), layer(**wishes)))[1]
    return dose([event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)])


@pytest.mark.parametrize(
    ("text", "wishes", "expected"),
    [
        (HOLD, {}, "45 s a side"),
        (HOLD, {"exercise": {"reach": {"sets": 2}}}, "2 × 45 s a side"),
        (HOLD, {"exercise": {"reach": {"hold_s": {"left": 60}}}}, "60 s left and 45 s right"),
        (HOLD, {"exercise": {"reach": {"sets": 2, "hold_s": {"right": 60}}}}, "2 × 45 s left and 60 s right"),
        (HOLD.replace('sides = "each"', 'sides = "both"').replace("{side}", ""), {}, "45 s"),
        (REPS, {}, "2 × 4 reps"),
        (REPS, {"exercise": {"bridge": {"sets": 1, "reps": 1}}}, "1 rep"),
        (ALTERNATING, {}, "2 × 4 reps a side"),
        (ROUNDS, {}, "3 × 30 s a side"),
    ],
)
def test_a_dose_is_read_off_the_session(text, wishes, expected):
    assert doses(text.replace("{other_side}", "other"), **wishes) == expected


def test_what_is_left_out_says_what_is_missing(capsys):
    hip = load_protocol("hip-flexor")
    _, timeline = timed(session_of(hip, layer(skip=["quad-foam-roll", "bird-dog"])))
    plan = Plan(
        protocol=hip.id,
        title="[hip]",
        profile=None,
        voice=VoiceSettings(),
        timeline=timeline,
        left_out=(Omitted("quad-foam-roll", "Foam roll", "skipped"), Omitted("bird-dog", "Bird dog", "skipped by you")),
        warnings=("a [note]",),
    )
    print_preview(plan, hip, {"quad-foam-roll": ("foam roller",)})
    shown = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert shown[0].startswith("[hip], ")
    assert shown[1].startswith("  Psoas ball release")
    left_out = ["Left out", "  Foam roll: no foam roller at hand", "  Bird dog: skipped by you"]
    assert shown[-5:] == [*left_out, "Note", "  a [note]"]
