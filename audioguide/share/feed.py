"""Writes the sessions as a podcast feed: RSS 2.0 with what AntennaPod and Apple Podcasts read.

Chapters are Podlove Simple Chapters 1.2, the same ones as in the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from audioguide.export.plan.plan_json import to_json
from audioguide.export.tags.chapters import fitted
from audioguide.export.titles import full_title
from audioguide.languages.registry import nearest
from audioguide.model.units import clock
from audioguide.share.recordings import Recording

MEDIA_TYPE = "application/rss+xml; charset=utf-8"

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_CHAPTERS = "http://podlove.org/simple-chapters"
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, escaped or not (XML 1.0, 2.2)."""

for _prefix, _namespace in (("itunes", _ITUNES), ("psc", _CHAPTERS), ("atom", _ATOM)):
    ET.register_namespace(_prefix, _namespace)


def feed_xml(recordings: Sequence[Recording], home: str, now: datetime) -> bytes:
    """Return the feed of ``recordings``, whose files lie below the address ``home``, as UTF-8."""
    # A podcast has one language; that of its newest session.
    language = recordings[0].plan.language if recordings else "en"
    printed = nearest(language).printed
    title = printed.player.feed
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    _add(channel, "title", title)
    _add(channel, "link", home)
    _add(channel, "description", f"{printed.player.feed_about} {printed.notes.recording}")
    _add(channel, "language", language)
    ET.SubElement(channel, f"{{{_ATOM}}}link", href=f"{home}feed.xml", rel="self", type="application/rss+xml")
    _add(channel, f"{{{_ITUNES}}}author", "audioguide")
    _add(channel, f"{{{_ITUNES}}}explicit", "false")
    _add(channel, f"{{{_ITUNES}}}block", "yes")  # private: no directory is to list it
    category = ET.SubElement(channel, f"{{{_ITUNES}}}category", text="Health & Fitness")
    ET.SubElement(category, f"{{{_ITUNES}}}category", text="Fitness")
    if recordings:
        # iTunes' own element, and RSS's for apps that know only that one.
        picture = f"{home}{recordings[0].slug}.png"
        ET.SubElement(channel, f"{{{_ITUNES}}}image", href=picture)
        image = ET.SubElement(channel, "image")
        for tag, text in (("url", picture), ("title", title), ("link", home)):
            _add(image, tag, text)
    for recording in recordings:
        _add_item(channel, recording, home, now)
    written: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written


def _add_item(channel: ET.Element, recording: Recording, home: str, now: datetime) -> None:
    """Add a session as an episode, with the chapters that its file has."""
    plan, address = recording.plan, f"{home}{recording.slug}"
    note = nearest(plan.language).printed.notes.recording
    times = [f"{clock(chapter.start_ms)} {chapter.title}" for chapter in plan.timeline.chapters]
    # The same at every start, so that nothing is downloaded twice; another one once the session is built differently.
    content = f"{recording.slug}\n{to_json(plan)}".encode(errors="replace")
    guid = f"audioguide-{hashlib.sha256(content).hexdigest()[:32]}"
    # Never later than now: AntennaPod sorts what is yet to come oddly.
    written = datetime.fromtimestamp(min(recording.state.written_s, now.timestamp()), UTC)
    item = ET.SubElement(channel, "item")
    _add(item, "title", full_title(plan))
    _add(item, "description", "\n".join([*times, "", note]).lstrip())
    _add(item, "guid", guid, isPermaLink="false")
    _add(item, "link", f"{address}/")
    _add(item, "pubDate", format_datetime(written, usegmt=True))
    # Apps show and check the size, so it is the file's own.
    ET.SubElement(item, "enclosure", url=f"{address}.mp3", length=str(recording.state.size), type="audio/mpeg")
    _add(item, f"{{{_ITUNES}}}duration", str(round(plan.timeline.duration_ms / 1000)))
    _add(item, f"{{{_ITUNES}}}explicit", "false")
    ET.SubElement(item, f"{{{_ITUNES}}}image", href=f"{address}.png")
    if chapters := fitted(plan.timeline.chapters):
        # Not as podcast:chapters, which counts in whole seconds and comes before those in the file.
        listed = ET.SubElement(item, f"{{{_CHAPTERS}}}chapters", version="1.2")
        for chapter in chapters:
            # As Podlove Simple Chapters write times (RFC 2326, 3.6).
            seconds, rest_ms = divmod(chapter.start_ms, 1000)
            start = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest_ms:03}"
            title = _legal(chapter.title)
            ET.SubElement(listed, f"{{{_CHAPTERS}}}chapter", start=start, title=title)


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = _legal(text)


def _legal(text: str) -> str:
    return _NOT_XML.sub("", text)
