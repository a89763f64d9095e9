"""The figure of an exercise from the protocol file to the files, the MP3 and the pages."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from PIL import Image

from tests.helpers import HEAD

OWN = """
[[phase]]
title = "Move"
exercises = ["slow", "dog", "lunge", "line", "plain"]
[exercise.slow]
name = "Slow dog"
figure = "bird-dog"
sides = "right"
hold_s = 20
[exercise.dog]
name = "Dog"
figure = "bird-dog"
sides = "each"
hold_s = 20
[exercise.lunge]
name = "Lunge"
figure = { file = "pictures/lunge.png", alt = "A long \\"step\\" forward." }
sides = "each"
hold_s = 20
[exercise.line]
name = "Line"
figure = { file = "pictures/line.svg", alt = "A line." }
hold_s = 20
[exercise.plain]
name = "Plain"
hold_s = 20
"""
LINE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9" stroke="#000"/></svg>'


@pytest.fixture(autouse=True)
def _own() -> None:
    Path("there/pictures").mkdir(parents=True)
    Path("there/own.toml").write_text(HEAD + OWN)
    Path("there/pictures/line.svg").write_text(LINE)
    Image.new("RGB", (90, 60), "red").save("there/pictures/lunge.png")


def pictures_of(mp3: str) -> dict[str, list[tuple[str, str, bytes]]]:
    chapters = sorted(ID3(mp3).getall("CHAP"), key=lambda chapter: chapter.start_time)
    return {
        str(chapter.sub_frames["TIT2"]): [
            (frame.desc, frame.mime, frame.data) for frame in chapter.sub_frames.getall("APIC")
        ]
        for chapter in chapters
    }


def test_each_chapter_of_an_mp3_has_the_small_picture_of_its_exercise(audioguide):
    for name in ("own.mp3", "again.mp3"):
        ran = audioguide("build", "there/own.toml", "-o", name, "--engine", "fake", "--plan", "own.json", "--quiet")
        assert ran.code == 0, ran.err
    assert Path("own.mp3").read_bytes() == Path("again.mp3").read_bytes()
    found = pictures_of("own.mp3")
    kinds = {title: [(name, kind) for name, kind, _ in pictures] for title, pictures in found.items()}
    assert kinds == {
        "Start": [],
        "Slow dog": [("bird-dog", "image/png")],
        "Dog": [("bird-dog", "image/png")],
        "Lunge": [("lunge.png", "image/png")],
        "Line": [],
        "Plain": [],
        "Closing": [],
    }
    [(_, _, slow)], [(_, _, dog)], [(_, _, lunge)] = (found[title] for title in ("Slow dog", "Dog", "Lunge"))
    for data in (slow, dog):
        with Image.open(io.BytesIO(data)) as seen:
            seen.load()
            assert (seen.format, seen.size) == ("PNG", (320, 320))
        assert len(data) < 5_000
    # On one side only the letter of the side stands in it.
    assert slow != dog
    assert Image.open(io.BytesIO(lunge)).size == (90, 60)
    # Players pass over an SVG, and pages find it.
    [line] = [frame for frame in ID3("own.mp3").getall("GEOB") if frame.mime == "image/svg+xml"]
    assert (line.filename, line.data) == ("line.svg", LINE.encode())
    written = Path("own.json").read_text()
    assert json.loads(written)["figures"] == [
        {"exercise": "slow", "figure": "bird-dog", "alt": None},
        {"exercise": "dog", "figure": "bird-dog", "alt": None},
        {"exercise": "lunge", "figure": "lunge.png", "alt": 'A long "step" forward.'},
        {"exercise": "line", "figure": "line.svg", "alt": "A line."},
    ]
    assert "pictures" not in written
    assert "there" not in written


def test_the_plan_and_the_exercise_name_their_figures(audioguide):
    shown = audioguide("plan", "there/own.toml", "--engine", "fake").out
    assert "Own pictures\nlunge: lunge.png\nline: line.svg\n" in re.sub(r"(?m)^ +| +$", "", shown)
    assert "figure:   bird-dog" in audioguide("protocol", "show", "bird-dog").out


def test_the_pages_hold_the_figures_and_load_nothing(audioguide):
    assert audioguide("build", "there/own.toml", "-o", "own.mp3", "--engine", "fake", "--quiet").code == 0
    assert audioguide("page", "own.mp3", "-o", "own.html").code == 0
    assert audioguide("handout", "there/own.toml", "-o", "handout.html", "--engine", "fake").code == 0
    for name in ("own.html", "handout.html"):
        page = Path(name).read_text()
        assert re.findall(r'<img src="(data:image/[\w+]+);base64,[\w+/=]+" alt="([^"]+)"', page) == [
            ("data:image/png", "A long &#34;step&#34; forward."),
            ("data:image/svg+xml", "A line."),
        ]
        assert "The left arm reaches forward" in page
        assert not re.findall(r'(?:src|href)="(?!data:|#)', page)
        assert "img-src data:" in page
    page = Path("own.html").read_text()
    # A position once, however often and for whichever side it is shown.
    assert page.count('<g id="bird-dog-1"') == 1
    assert page.count('<use href="#bird-dog-1"') == 2
    assert "The right arm reaches forward" in page


def test_protocol_show_writes_the_figures_of_a_protocol(audioguide):
    ran = audioguide("protocol", "show", "there/own.toml", "--svg", "drawn")
    names = ["slow-right.svg", "dog-left.svg", "dog-right.svg", "lunge.png", "line.svg"]
    assert (ran.code, ran.out.split()) == (0, [f"drawn/{name}" for name in names])
    assert sorted(path.name for path in Path("drawn").iterdir()) == sorted(names)
    for name in names[:3]:
        root = ET.parse(f"drawn/{name}").getroot()
        assert root[0].text is not None
        assert root[0].text.startswith("On hands and knees.")


def test_protocol_show_writes_the_figure_of_one_exercise(audioguide):
    ran = audioguide("protocol", "show", "glute-bridge", "--svg", "drawn")
    assert (ran.code, ran.out) == (0, "drawn/glute-bridge.svg\n")


@pytest.mark.parametrize(
    ("folder", "reason"),
    [("there/own.toml", "can't be made"), ("there/pictures", "there/pictures/lunge.png can't be written to")],
)
def test_figures_are_written_all_or_none_and_replace_no_picture_of_the_protocol(audioguide, folder: str, reason: str):
    ran = audioguide("protocol", "show", "there/own.toml", "--svg", folder)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert reason in ran.err
    assert sorted(path.name for path in Path("there/pictures").iterdir()) == ["line.svg", "lunge.png"]


def test_a_protocol_without_figures_says_so(audioguide):
    phase = '[[phase]]\ntitle = "A"\nexercises = ["a"]\n[exercise.a]\nname = "A"\nhold_s = 9\n'
    Path("none.toml").write_text(HEAD + phase)
    ran = audioguide("protocol", "show", "none.toml", "--svg", "drawn")
    reason = "none of its exercises has a figure; give it one: figure = …"
    assert (ran.code, ran.err) == (2, f"audioguide: none.toml: {reason}\n")
    assert not Path("drawn").exists()
    assert audioguide("protocol", "show", "hip-flexor", "--svg", "drawn", "--toml").code == 2


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ('"brid-dog"', "unknown figure 'brid-dog'; did you mean 'bird-dog'?"),
        ("3", "is no figure; write figure = "),
        ('{ file = "pictures/lunge.png" }', "is no figure; write figure = "),
        ('{ file = "pictures/lunge.png", alt = " " }', "has no alt that could be read out; say on one line"),
        ('{ file = "pictures/lunge.gif", alt = "A." }', "is no picture that can be used; use a file that ends in .png"),
        ('{ file = "../lunge.png", alt = "A." }', "lies outside the protocol's folder; put the picture beside"),
        ('{ file = "/lunge.png", alt = "A." }', "lies outside the protocol's folder; put the picture beside"),
        ("{ file = 'C:\\lunge.png', alt = 'A.' }", "lies outside the protocol's folder; put the picture beside"),
        ('{ file = "pictures/none.png", alt = "A." }', "there/pictures/none.png: no such file; put the picture there"),
        (
            '{ file = "own.png", alt = "A." }',
            "there/own.png: is no PNG or JPEG that can be read; save",
        ),
        ('{ file = "own.svg", alt = "A." }', "there/own.svg: has the element 'script', which a picture may not have"),
    ],
)
def test_a_figure_that_can_not_be_used_is_one_line(audioguide, figure: str, reason: str):
    Path("there/own.png").write_bytes(b"GIF89a")
    Path("there/own.svg").write_text(LINE.replace("<path", "<script/><path"))
    text = OWN.replace('{ file = "pictures/lunge.png", alt = "A long \\"step\\" forward." }', figure)
    Path("there/own.toml").write_text(HEAD + text)
    ran = audioguide("protocol", "check", "there/own.toml")
    assert ran.code == 2
    [line] = ran.err.splitlines()
    assert line.startswith("audioguide: there/own.toml: exercise.lunge.figure: ")
    assert reason in line
    assert audioguide("build", "there/own.toml", "--engine", "fake", "-o", "own.mp3").err == ran.err


def test_protocol_check_reads_every_picture(audioguide):
    assert audioguide("protocol", "check", "there/own.toml").code == 0
    Path("there/pictures/line.svg").unlink()
    Path("there/pictures/lunge.png").unlink()
    lines = audioguide("protocol", "check", "there/own.toml").err.splitlines()
    assert [line.split(": ")[1:3] for line in lines] == [
        ["there/own.toml", "exercise.lunge.figure"],
        ["there/own.toml", "exercise.line.figure"],
    ]


def test_no_result_replaces_a_picture(audioguide):
    before = Path("there/pictures/line.svg").read_bytes()
    ran = audioguide("plan", "there/own.toml", "--svg", "there/pictures/line.svg", "--engine", "fake")
    assert ran.code == 2
    assert Path("there/pictures/line.svg").read_bytes() == before
