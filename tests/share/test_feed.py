from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from audioguide.export.tags.id3 import read_chapters
from audioguide.share.feed import feed_xml
from audioguide.share.recordings import Recording, find_sessions
from tests.examples import examples
from tests.share.conftest import Served

HOME = "http://192.168.1.20:8000/token/"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
}


@pytest.fixture(scope="module")
def recordings(built: Path) -> tuple[Recording, ...]:
    return find_sessions([built]).recordings


def channel(recordings, now: datetime = NOW) -> ET.Element:
    root = ET.fromstring(feed_xml(recordings, HOME, now))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    found = root.find("channel")
    assert found is not None
    return found


def text(element: ET.Element, path: str) -> str:
    return element.findtext(path, namespaces=NAMES) or ""


def test_the_channel_has_what_podcast_apps_ask_for(recordings):
    found = channel(recordings)
    assert text(found, "title") == "Guided exercise sessions"
    assert text(found, "link") == HOME
    assert "not medical advice" in text(found, "description")
    assert text(found, "language") == "en"
    assert text(found, "itunes:explicit") == "false"
    assert text(found, "itunes:author") == "audioguide"
    assert text(found, "itunes:block") == "yes"
    for path, attribute, value in [
        ("itunes:image", "href", f"{HOME}evening.png"),
        ("itunes:category", "text", "Health & Fitness"),
        ("atom:link", "href", f"{HOME}feed.xml"),
    ]:
        element = found.find(path, NAMES)
        assert element is not None
        assert element.get(attribute) == value
    assert text(found, "image/url") == f"{HOME}evening.png"


def test_each_session_is_an_episode(recordings, built: Path):
    items = channel(recordings).findall("item")
    assert len(items) == 2
    for item, recording in zip(items, recordings, strict=True):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        size = (built / f"{recording.slug}.mp3").stat().st_size
        assert enclosure.attrib == {"url": f"{HOME}{recording.slug}.mp3", "length": str(size), "type": "audio/mpeg"}
        assert text(item, "title") == "Test session"
        assert text(item, "itunes:duration") == str(round(recording.plan.timeline.duration_ms / 1000))
        assert text(item, "description").startswith("0:00 ")


def test_chapters_are_those_of_the_file(recordings, built: Path):
    item = channel(recordings).findall("item")[1]
    listed = item.find("psc:chapters", NAMES)
    assert listed is not None
    assert listed.get("version") == "1.2"
    chapters = read_chapters(built / "morning.mp3")
    assert [each.get("title") for each in listed] == [chapter.title for chapter in chapters]
    for each, chapter in zip(listed, chapters, strict=True):
        found = re.fullmatch(r"(\d\d):(\d\d):(\d\d)\.(\d{3})", each.get("start") or "")
        assert found
        hours, minutes, seconds, ms = map(int, found.groups())
        assert ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms == chapter.start_ms


def test_an_episode_is_told_by_what_it_is_and_not_by_when_it_is_shared(recordings, built: Path):
    def guids(of, home: str = HOME) -> list[str]:
        root = ET.fromstring(feed_xml(of, home, NOW))
        found = root.findall("channel/item/guid")
        assert {each.get("isPermaLink") for each in found} == {"false"}
        return [each.text or "" for each in found]

    first = guids(recordings)
    assert len(set(first)) == 2
    assert guids(find_sessions([built]).recordings, "http://10.0.0.1:8001/other/") == first
    assert guids(recordings[::-1]) == first[::-1]
    twin = replace(recordings[0], slug="twin")
    assert len(set(guids([recordings[0], twin]))) == 2


@pytest.mark.parametrize("days", [-400, 0, 1, 4000])
def test_nothing_is_published_in_the_future(recordings, days: int):
    written = NOW + timedelta(days=days)
    state = replace(recordings[0].state, changed_ns=int(written.timestamp() * 1e9))
    item = channel([replace(recordings[0], state=state)]).find("item")
    assert item is not None
    published = text(item, "pubDate")
    assert published.endswith(" GMT")
    assert parsedate_to_datetime(published) == min(written, NOW)


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=20))
def test_any_title_makes_a_feed_that_parses(recordings, title: str, profile: str):
    plan = replace(recordings[0].plan, title=title, profile=profile)
    chapters = tuple(replace(each, title=f"{title}{each.title}") for each in plan.timeline.chapters)
    plan = replace(plan, timeline=replace(plan.timeline, chapters=chapters))
    feed = feed_xml([replace(recordings[0], plan=plan)], HOME, NOW)
    feed.decode("utf-8")
    item = ET.fromstring(feed).find("channel/item")
    assert item is not None
    assert text(item, "title").endswith(")")


def test_markup_in_a_title_is_text(recordings):
    title = "</title><script>alert('&')</script>]]>\0\x1b\ud800\ufffe"
    plan = replace(recordings[0].plan, title=title, profile=None)
    item = channel([replace(recordings[0], plan=plan)]).find("item")
    assert item is not None
    assert text(item, "title") == "</title><script>alert('&')</script>]]>"


def test_without_sessions_it_is_a_feed_all_the_same():
    assert channel([]).findall("item") == []


def test_every_enclosure_is_as_long_as_what_is_served(served: Served):
    got = served.get("feed.xml")
    for enclosure in ET.fromstring(got.body).iter("enclosure"):
        url = enclosure.get("url") or ""
        assert url.startswith(served.home)
        sound = served.get(url.removeprefix(served.home))
        assert str(len(sound.body)) == sound.headers["content-length"] == enclosure.get("length")
        assert sound.headers["content-type"] == enclosure.get("type")
