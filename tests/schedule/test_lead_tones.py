from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.compose.composer import compose
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.timeline import Timeline
from audioguide.schedule.scheduler import schedule
from tests.examples import examples
from tests.helpers import BEEP_MS, HOLD, layer, parsed, session_of, speech_ms, timeline_of
from tests.strategies import profiles, protocols

QUIET = layer(cues={"halfway": False, "ten_seconds": False, "countdown": False, "tips": False})
FROM_SILENCE_MS = 5_000


def led_in(timeline: Timeline) -> list[tuple[int, int]]:
    """Return for each sound after silence how long it was silent before, and how far ahead its lead tone began."""
    found = []
    sounds = [event for event in timeline.awake() if event.role is not BeepRole.LEAD]
    leads = {event.end_ms: event.start_ms for event in timeline.of_kind(EventKind.BEEP) if event.role is BeepRole.LEAD}
    for before, after in pairwise(sounds):
        ahead = [
            after.start_ms - start for end, start in leads.items() if before.end_ms <= start < end <= after.start_ms
        ]
        if after.kind is not EventKind.BREATH and after.role is not BeepRole.COUNTDOWN:
            found.append((after.start_ms - before.end_ms, max(ahead, default=0)))
    return found


def timed_with_lead(protocol, lead_ms: int, *layers, lead: bool = True) -> Timeline:
    script = compose(session_of(protocol, *layers), 600_000)
    beeps = dict(BEEP_MS) | {BeepRole.LEAD: lead_ms}
    return schedule(script, {text: speech_ms(text) for text in script.texts()}, beeps, lead)


@settings(max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(), profiles(), st.sampled_from([50, 150, 400, 1_000, 3_000]))
def test_every_sound_after_silence_has_its_tone_at_least_300_ms_ahead_and_no_other_has_one(protocol, profile, lead_ms):
    found = led_in(timed_with_lead(parse_protocol(protocol, "x.toml"), lead_ms, layer("profile anna", **profile)))
    for silent_ms, ahead_ms in found:
        if silent_ms >= FROM_SILENCE_MS:
            assert ahead_ms >= max(300, lead_ms)
        else:
            assert ahead_ms == 0


def test_an_end_beep_without_a_countdown_has_a_tone_ahead():
    timeline = timeline_of(HOLD, QUIET)
    ends = [event.start_ms for event in timeline.events if event.role is BeepRole.END]
    leads = [event.start_ms for event in timeline.events if event.role is BeepRole.LEAD]
    assert all(any(300 <= end - lead <= 1_000 for lead in leads) for end in ends)


def test_a_countdown_wakes_the_output_by_itself():
    timeline = timeline_of(HOLD, layer(cues={"halfway": False, "ten_seconds": False, "tips": False}))
    first_ticks = [event.start_ms for event in timeline.events if event.role is BeepRole.COUNTDOWN][::3]
    leads = [event.start_ms for event in timeline.events if event.role is BeepRole.LEAD]
    assert not any(0 < tick - lead < 2_000 for tick in first_ticks for lead in leads)


@pytest.mark.parametrize("lead_ms", [150, 3_000])
def test_the_first_word_is_led_in_too_with_silence_before_the_tone(lead_ms):
    first, second = timed_with_lead(parsed(HOLD), lead_ms).sounds()[:2]
    assert first.role is BeepRole.LEAD
    assert first.start_ms >= 500
    assert second.start_ms - first.start_ms >= max(300, lead_ms)


def test_it_can_be_off():
    timeline = timed_with_lead(parsed(HOLD), 150, lead=False)
    assert not [event for event in timeline.events if event.role is BeepRole.LEAD]


def test_a_breath_tone_keeps_the_output_awake():
    text = HOLD.replace('caution = ["Stay off the bone."]', "breath = true")
    asleep, awake = timeline_of(text), timeline_of(text, layer(breath={"on": True}))

    def leads_in_holds(timeline: Timeline) -> int:
        holds = timeline.of_kind(EventKind.HOLD)
        leads = [event for event in timeline.events if event.role is BeepRole.LEAD]
        return sum(hold.start_ms + 6_000 < lead.start_ms < hold.end_ms for hold in holds for lead in leads)

    assert leads_in_holds(asleep) > 0
    assert leads_in_holds(awake) == 0
