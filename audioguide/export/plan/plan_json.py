"""A plan as JSON and back: for `plan --json`, `build --plan`, and the copy that `export.tags.id3` embeds in the MP3."""

from __future__ import annotations

import json
from dataclasses import asdict

from audioguide.errors import RequestError
from audioguide.export.plan.fields import Fields
from audioguide.model.kinds import BeepRole, BreathRole, EventKind, RestRole, Side, SpeechRole
from audioguide.model.plan import Change, Omitted, Plan
from audioguide.model.script import Place
from audioguide.model.sound import Breath, LeadTone, Music, SoundSettings
from audioguide.model.timeline import Chapter, Dropped, Event, Role, Timeline
from audioguide.model.voice import VoiceSettings

FORMAT = 1
"""Version of the schema. A reader refuses what is newer."""

_ROLES: dict[EventKind, type[SpeechRole] | type[BeepRole] | type[RestRole] | type[BreathRole] | type[EventKind]] = {
    EventKind.SPEECH: SpeechRole,
    EventKind.BEEP: BeepRole,
    EventKind.HOLD: EventKind,
    EventKind.REP: EventKind,
    EventKind.REST: RestRole,
    EventKind.BREATH: BreathRole,
}


def to_json(plan: Plan) -> str:
    """Return ``plan`` as JSON text, one line an event, keys always in the same order; times in whole milliseconds."""
    timeline = plan.timeline
    heads: dict[str, object] = {
        "format": FORMAT,
        "protocol": plan.protocol,
        "title": plan.title,
        "profile": plan.profile,
        "voice": asdict(plan.voice),
        "sound": asdict(plan.sound),
        "duration_ms": timeline.duration_ms,
    }
    rows: dict[str, list[dict[str, object]]] = {
        "events": [_event_row(event) for event in timeline.events],
        "chapters": [asdict(chapter) for chapter in timeline.chapters],
        "dropped": [asdict(cue) for cue in timeline.dropped],
        "changes": [asdict(change) for change in plan.changes],
        "left_out": [asdict(exercise) for exercise in plan.left_out],
    }
    parts = [f'  "{key}": {_compact(value)}' for key, value in heads.items()]
    parts += [f'  "{key}": {_a_line_each(values)}' for key, values in rows.items()]
    parts.append(f'  "warnings": {_compact(plan.warnings)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def from_json(text: str) -> Plan:
    """Return the plan that ``to_json`` wrote.

    Raises:
        RequestError: when ``text`` is no JSON, no plan, of a newer format, or its times make no timeline.
    """
    try:
        data: object = json.loads(text)
    except ValueError as error:
        raise RequestError(f"the plan is not JSON: {error}") from error
    except RecursionError as error:
        raise RequestError("the plan is not JSON that a plan could be: nested too deep") from error
    fields = Fields.of(data, "the plan")
    _check_format(fields)
    try:
        return _plan(fields)
    except ValueError as error:
        raise RequestError(f"the plan contradicts itself: {error}") from error


def _check_format(fields: Fields) -> None:
    version = fields.number("format")
    if version > FORMAT:
        raise RequestError(f"the plan has format {version}; this program reads {FORMAT}: a newer audioguide wrote it")
    if version != FORMAT:
        raise RequestError(f"the plan has format {version}; there is only {FORMAT}")


def _event_row(event: Event) -> dict[str, object]:
    return {
        "kind": event.kind,
        "role": event.role,
        "start_ms": event.start_ms,
        "end_ms": event.end_ms,
        "text": event.text,
        "exercise": event.place.exercise,
        "side": event.place.side,
        "set": event.place.set,
        "rep": event.place.rep,
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _a_line_each(rows: list[dict[str, object]]) -> str:
    return "[\n    " + ",\n    ".join(_compact(row) for row in rows) + "\n  ]" if rows else "[]"


def _plan(fields: Fields) -> Plan:
    return Plan(
        protocol=fields.text("protocol"),
        title=fields.text("title"),
        profile=fields.text_or_none("profile"),
        voice=_voice(fields.inner("voice")),
        timeline=Timeline(
            events=tuple(_event(row) for row in fields.rows("events")),
            chapters=tuple(_chapter(row) for row in fields.rows("chapters")),
            dropped=tuple(_dropped(row) for row in fields.rows("dropped")),
            duration_ms=fields.number("duration_ms"),
        ),
        sound=_sound(fields.inner("sound")) if fields.has("sound") else SoundSettings(),
        changes=tuple(_change(row) for row in fields.rows("changes")),
        left_out=tuple(_left_out(row) for row in fields.rows("left_out")),
        warnings=fields.texts("warnings"),
    )


def _voice(fields: Fields) -> VoiceSettings:
    if not 0 < fields.real("volume") <= 1:
        raise RequestError(f"{fields.where}: 'volume' must be over 0 and up to 1, not {fields.real('volume')}")
    return VoiceSettings(
        engine=fields.text_or_none("engine"),
        voice=fields.text_or_none("voice"),
        rate_wpm=fields.number("rate_wpm"),
        volume=fields.real("volume"),
    )


def _sound(fields: Fields) -> SoundSettings:
    lead, music, breath = (fields.inner_or_none(key) for key in ("lead", "music", "breath"))
    return SoundSettings(
        loudness_lufs=fields.real("loudness_lufs"),
        lead=None if lead is None else LeadTone(lead.real("below_db"), lead.number_or_none("length_ms")),
        music=None if music is None else Music(music.texts("pieces"), music.real("below_db"), music.real("duck_db")),
        breath=None if breath is None else _breath(breath),
        own_sounds=fields.texts("own_sounds"),
    )


def _breath(fields: Fields) -> Breath:
    return Breath(fields.number("in_ms"), fields.number("out_ms"), fields.real("below_db"))


def _event(fields: Fields) -> Event:
    kind = fields.kind("kind", EventKind)
    role: Role = fields.kind("role", _ROLES[kind])
    place = Place(
        exercise=fields.text_or_none("exercise"),
        side=fields.kind_or_none("side", Side),
        set=fields.number_or_none("set"),
        rep=fields.number_or_none("rep"),
    )
    return Event(kind, role, fields.number("start_ms"), fields.number("end_ms"), place, fields.text_or_none("text"))


def _chapter(fields: Fields) -> Chapter:
    return Chapter(fields.number("start_ms"), fields.number("end_ms"), fields.text("title"))


def _dropped(fields: Fields) -> Dropped:
    return Dropped(fields.text("text"), fields.text_or_none("exercise"), fields.text("why"))


def _change(fields: Fields) -> Change:
    return Change(
        exercise=fields.text("exercise"),
        what=fields.text("what"),
        side=fields.kind_or_none("side", Side),
        before=fields.text("before"),
        after=fields.text("after"),
        by=fields.text("by"),
    )


def _left_out(fields: Fields) -> Omitted:
    return Omitted(fields.text("exercise"), fields.text("name"), fields.text("why"))
