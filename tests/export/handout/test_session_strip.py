"""The strip of a session: blocks to scale, numbers, phases, minutes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from audioguide.export.handout.session_strip import WIDTH, session_strip
from audioguide.library.protocol_files import load_protocol
from audioguide.model.plan import Plan
from audioguide.model.voice import VoiceSettings
from tests.helpers import HEAD, HOLD, parsed, session_of, timed


def strip_of(protocol: str, numbers: dict[str, int]) -> tuple[str, Plan]:
    session = session_of(load_protocol(protocol) if "\n" not in protocol else parsed(protocol))
    plan = Plan(session.protocol, session.title, None, VoiceSettings(), timed(session)[1])
    return session_strip(plan, numbers), plan


def test_blocks_are_to_scale_and_numbered():
    ids = [item.id for item in session_of(load_protocol("hip-flexor")).prescriptions()]
    svg, plan = strip_of("hip-flexor", {name: number for number, name in enumerate(ids, 1)})
    found = [(float(x), float(width)) for x, width in re.findall(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)"', svg)]
    assert len(found) == len(plan.timeline.chapters)
    per_ms = (WIDTH - 2) / plan.timeline.duration_ms
    for (x, width), chapter in zip(found, plan.timeline.chapters, strict=True):
        assert abs(x - 1 - chapter.start_ms * per_ms) <= 0.1
        assert abs(width - (chapter.end_ms - chapter.start_ms) * per_ms) <= 0.1
    assert re.findall(r'text-anchor="middle">(\d)</text>', svg)[:8] == [*"12345678"]
    assert re.findall(r'font-weight="700">(\w+)<', svg) == ["Release", "Stretch", "Strengthen"]
    assert re.findall(r">(\d+)(?: min)?</text>", svg)[8:] == ["0", "5", "10", "15", "20", "25", "30", "35", "40"]


def test_an_exercise_without_a_number_and_a_title_with_signs_are_drawn():
    svg, _ = strip_of(HEAD.replace("Test session", "A <b> & c") + HOLD, {})
    assert ET.fromstring(svg).findtext("{http://www.w3.org/2000/svg}title") == "A <b> & c"
    assert 'text-anchor="middle">1</text>' not in svg.split("<path")[0]
