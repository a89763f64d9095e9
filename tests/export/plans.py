"""Plans for the tests of exports: one that reads like a session, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from audioguide.model.kinds import BeepRole, BreathRole, EventKind, HoldRole, RestRole, Side, SpeechRole
from audioguide.model.plan import Change, ExerciseFigure, Omitted, PersonNote, Plan, Recording
from audioguide.model.script import Place
from audioguide.model.sound import Breath, LeadTone, Music, SoundSettings
from audioguide.model.timeline import Chapter, Dropped, Event, Timeline
from audioguide.model.voice import VoiceSettings

ROLES = {
    EventKind.SPEECH: SpeechRole,
    EventKind.BEEP: BeepRole,
    EventKind.HOLD: (EventKind.HOLD, *HoldRole),
    EventKind.REP: (EventKind.REP,),
    EventKind.REST: RestRole,
    EventKind.BREATH: BreathRole,
}

words = st.text(max_size=30)
maybe_words = st.none() | words
counts = st.none() | st.integers(1, 99)
places = st.builds(Place, maybe_words, st.none() | st.sampled_from(Side), counts, counts)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Return events one after the other, with and without gaps between them."""
    at, events = 0, []
    for kind in draw(st.lists(st.sampled_from(EventKind), max_size=12)):
        start = at + draw(st.integers(0, 5000))
        at = start + draw(st.integers(1, 90_000))
        text = draw(words) if kind is EventKind.SPEECH else None
        events.append(Event(kind, draw(st.sampled_from(list(ROLES[kind]))), start, at, draw(places), text))
    chapters = draw(
        st.lists(st.builds(Chapter, st.integers(0, 99), st.integers(100, 999), words, maybe_words), max_size=4)
    )
    dropped = draw(st.lists(st.builds(Dropped, words, maybe_words, words), max_size=3))
    return Timeline(tuple(events), tuple(chapters), tuple(dropped), at + draw(st.integers(1, 999)))


voices = st.builds(
    VoiceSettings, maybe_words, maybe_words, st.integers(80, 300), st.floats(0, 1, exclude_min=True, allow_nan=False)
)
changes = st.builds(Change, words, words, st.none() | st.sampled_from(Side), words, words, words)
plans = st.builds(
    Plan,
    words,
    words,
    maybe_words,
    voices,
    timelines(),
    st.lists(changes, max_size=3).map(tuple),
    st.lists(st.builds(Omitted, words, words, words), max_size=2).map(tuple),
    st.lists(words, max_size=3).map(tuple),
    st.builds(
        SoundSettings,
        st.floats(-31, -14),
        st.none() | st.builds(LeadTone, st.floats(6, 40), st.none() | st.integers(50, 3000)),
        st.none() | st.builds(Music, st.lists(words, max_size=3).map(tuple), st.floats(12, 30), st.floats(0, 30)),
        st.none() | st.builds(Breath, st.integers(1000, 20_000), st.integers(1000, 20_000), st.floats(6, 40)),
        st.lists(words, max_size=3).map(tuple),
    ),
    counts,
    counts,
    notes=st.lists(st.builds(PersonNote, words, words), max_size=2).map(tuple),
    recordings=st.lists(st.builds(Recording, words, words), max_size=2).map(tuple),
    figures=st.lists(st.builds(ExerciseFigure, words, words, maybe_words), max_size=2).map(tuple),
    notices=st.lists(words, max_size=2).map(tuple),
)


def sample_plan(chapters: tuple[Chapter, ...] | None = None, title: str = "Hip flexor release") -> Plan:
    place = Place("half-kneeling", Side.LEFT, 1)
    events = (
        Event(EventKind.SPEECH, SpeechRole.SETUP, 0, 2310, place, 'Kneel on your "left" knee,\nfoot flat & <calm>.'),
        Event(EventKind.REST, RestRole.SETUP, 0, 9000, place),
        Event(EventKind.HOLD, EventKind.HOLD, 9000, 54_000, place),
        Event(EventKind.BEEP, BeepRole.START, 9000, 9330, place),
        Event(EventKind.SPEECH, SpeechRole.TIME, 31_500, 32_104, place, "[Halfway] --> go on"),
        Event(EventKind.BEEP, BeepRole.END, 54_000, 54_340, place),
        Event(EventKind.SPEECH, SpeechRole.CLOSING, 3_725_016, 3_726_000, Place(), "Done."),
    )
    if chapters is None:
        chapters = (Chapter(0, 9000, "Welcome"), Chapter(9000, 3_730_008, 'Half-kneeling 🧘 "left" – 45 s'))
    dropped = (Dropped("Reach up.", "half-kneeling", "no room before the halfway call"),)
    return Plan(
        protocol="hip-flexor",
        title=title,
        profile=None,
        voice=VoiceSettings("espeak", "en-us", 150, 0.8),
        timeline=Timeline(events, chapters, dropped, 3_730_008),
        changes=(Change("half-kneeling", "hold_s", Side.LEFT, "45", "60", "command line"),),
        left_out=(Omitted("couch-stretch", "Couch stretch", "avoided: pregnancy"),),
        warnings=("The hold of 90 s is above the protocol's 60 s.",),
    )
