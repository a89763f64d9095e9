"""What the page's requests do, and what is refused: other hosts, other origins, and everyone without the token."""

from __future__ import annotations

import io
import json
import re
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audioguide.edit import edit_app
from audioguide.library.translations import template
from tests.edit.served_page import TOKEN, Page, editing
from tests.helpers import HEAD, HOLD

SESSION = HEAD.replace("Test session", "Own") + HOLD.replace("{ default = 45, min = 30, max = 60 }", "30  # seconds")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mine.toml"
    made.write_text(SESSION)
    return made


@pytest.fixture
def page(path: Path) -> Iterator[Page]:
    with editing(path) as running:
        yield running


EDIT = json.dumps({"revision": "0", "edit": {"kind": "set", "path": ["title"], "value": "Evil"}}).encode()


def test_the_page_comes_with_the_headers_that_protect_it(page: Page):
    got = page.ask("GET", "")
    assert got.status == 200
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert got.headers["x-frame-options"] == "DENY"
    policy = got.headers["content-security-policy"]
    assert policy.startswith(
        "default-src 'none'; connect-src 'self'; media-src blob:; img-src data:; script-src 'nonce-"
    )
    assert policy.endswith("base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert page.ask("GET", "").headers["content-security-policy"] != policy
    assert b"http" not in re.sub(rb"http://www.w3.org/2000/svg", b"", got.body)


@pytest.mark.parametrize(
    "wrong",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "evil.example:8000", "Origin": "http://evil.example:8000"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": None},
    ],
    ids=str,
)
def test_only_the_page_itself_changes_the_file(page: Page, path: Path, wrong: dict[str, str | None]):
    right: dict[str, str | None] = {"Content-Type": "application/json", "Origin": page.origin}
    headers = {name: value for name, value in (right | wrong).items() if value is not None}
    refused = page.ask("POST", "edit", EDIT, **headers)
    assert (refused.status, refused.body) == (404, b"Not found\n")
    assert page.file is not None
    assert "Evil" not in page.file.text
    assert page.ask("POST", "edit", EDIT, **{name: str(value) for name, value in right.items()}).status == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "%64" + TOKEN[1:]])
def test_nobody_without_the_token_sees_or_changes_anything(page: Page, token: str):
    for method, name, body in (("GET", "", None), ("POST", "edit", EDIT), ("POST", "save", b"{}")):
        refused = page.ask(method, f"/{token}/{name}", body, Content_Type="application/json", Origin=page.origin)
        assert (refused.status, refused.body) == (404, b"Not found\n")
    assert page.file is not None
    assert "Evil" not in page.file.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_changed_by_another_method(page: Page, method: str):
    assert page.ask(method, "edit", EDIT, Content_Type="application/json", Origin=page.origin).status == 404


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"1", b"\xff", b"[" * 100_000, b'{"revision": ' + b"9" * 5_000 + b"}"]
)
def test_what_is_no_request_of_the_page_is_refused(page: Page, body: bytes):
    assert page.ask("POST", "edit", body, Content_Type="application/json", Origin=page.origin).status in (404, 409)


def test_a_request_that_is_too_long_is_refused(page: Page, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edit_app, "LARGEST_BODY", 1000)
    assert page.post("edit", edit={"kind": "text", "path": [], "value": "#" * 2000}).status == 404
    assert page.ask("GET", "").status == 200


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"kind": "destroy", "path": []},
        {"kind": "set", "path": "title", "value": "x"},
        {"kind": "set", "path": [True], "value": "x"},
        {"kind": "set", "path": [{"a": 1}], "value": "x"},
        {"kind": "set", "path": ["title"], "value": None},
        {"kind": "set", "path": ["title"], "value": "x", "as": "colour"},
        {"kind": "set", "path": [["title"]], "value": "x"},
    ],
)
def test_an_edit_that_no_page_sends_changes_nothing_and_says_so(page: Page, sent: Any):
    assert page.file is not None
    before = page.file.text
    answer = page.post("edit", edit=sent)
    assert answer.status == 422
    assert answer.json["said"]
    assert page.file.text == before


def test_a_field_is_saved_with_the_rest_of_the_file_as_it_was(page: Page, path: Path):
    answer = page.edit("set", "exercise", "reach", "hold_s", value="45", **{"as": "number"})
    assert answer.status == 200
    assert "not saved yet" in answer.json["html"]
    assert page.post("save").status == 200
    assert path.read_text() == SESSION.replace("hold_s = 30", "hold_s = 45")
    assert "not saved yet" not in page.post("view").json["html"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("45", "45"),
        ("2.5", "2.5"),
        ("45.0", "45"),
        ("1e2", "100"),
        ("2,5", '"2,5"'),
        ("ten", '"ten"'),
        ("9" * 30, "1e+30"),
    ],
)
def test_a_number_is_read_or_stays_as_it_was_typed(page: Page, typed: str, written: str):
    answer = page.edit("set", "exercise", "reach", "hold_s", value=typed, **{"as": "number"})
    assert page.file is not None
    assert f"hold_s = {written}  # seconds\n" in page.file.text
    assert ("aria-invalid" in answer.json["html"]) == (not written[0].isdigit() or "e" in written)


def test_length_picture_and_notes_follow_each_change(page: Page):
    before = page.post("view", open=["timeline"]).json["html"]
    after = page.edit("set", "exercise", "reach", "hold_s", value=300, open=["timeline"]).json["html"]
    after = page.post("view", open=["timeline"]).json["html"]
    lengths = [re.findall(r"about</span> <b>([\d:]+)</b>", html)[0] for html in (before, after)]
    assert lengths[0] != lengths[1]
    assert "<svg" in before
    assert before.count("<rect") != 0
    unused = page.edit("set", "exercise", "spare", value={"name": "Spare", "hold_s": 20}).json["html"]
    assert "exercise.spare is defined but no phase uses it" in unused


def test_every_problem_stands_beside_its_field(page: Page):
    assert page.file is not None
    wrong = (
        page.file.text.replace("hold_s = 30", 'hold_s = { default = 30, min = 40 }\ntempo = "3-1-1"\nsidez = "each"')
        .replace('title = "Own"', "title = 5")
        .replace('exercises = ["reach"', 'exercises = ["reech"')
    )
    html = page.post("edit", edit={"kind": "text", "path": [], "value": wrong}).json["html"]
    found = re.findall(r'<li><a href="#[^"]*" data-jump="([^"]*)">([^<]*)</a>: ([^<]*)</li>', html)
    assert len(found) == 5, html
    for anchor, where, what in found:
        assert f'id="{anchor}"' in html, where
        assert html.count(what) >= 2, f"{where} is not told at its place"
    assert "None until" not in html


def test_a_broken_file_is_shown_as_text_with_its_problems(path: Path):
    path.write_text('format = 1\ntitle = "open\n')
    with editing(path) as page:
        html = page.post("view").json["html"]
        assert "is not valid TOML" in html
        assert re.search(r'<textarea id="text"[^>]*>\nformat = 1\ntitle = &#34;open\n</textarea>', html)
        assert 'data-do="save"' in html
        assert page.edit("set", "title", value="x").status == 422
        mended = page.edit("text", value=SESSION).json["html"]
        assert "Phases" in mended
        assert "problem" not in re.sub("<[^>]*>", "", mended)


@pytest.mark.parametrize("text", ['detail = "brief"\n', 'format = 1\nphase = 3\nexercise = "x"\n', "phase = [1]\n", ""])
def test_what_is_no_protocol_is_shown_and_never_guessed(path: Path, text: str):
    path.write_text(text)
    with editing(path) as page:
        answer = page.post("view", open=["as-text"])
        assert answer.status == 200
        assert 'id="problems"' in answer.json["html"]
        assert f'spellcheck="false">\n{text.replace(chr(34), "&#34;")}</textarea>' in answer.json["html"]


def test_texts_of_the_file_never_become_part_of_the_page(page: Page):
    sharp = "</textarea><script>alert(1)</script>'\"{{ 70 * 7919 }}"
    for path in (["title"], ["exercise", "reach", "name"], ["exercise", sharp, "name"], ["phase", 0, "title"]):
        page.edit("set", *path, value=sharp)
    page.edit("insert", "phase", 0, "exercises", 0, value=sharp)
    html = page.post("view", open=["as-text", "timeline", "g-exercise-reach"]).json["html"]
    assert "<script" not in html
    assert "alert(1)" in html
    assert "554330" not in html


def test_two_windows_do_not_overwrite_each_other(page: Page):
    assert page.file is not None
    shown = str(page.file.revision)
    first = page.post("edit", revision=shown, edit={"kind": "set", "path": ["title"], "value": "From one window"})
    late = page.post("edit", revision=shown, edit={"kind": "set", "path": ["title"], "value": "From the other"})
    assert (first.status, late.status) == (200, 409)
    assert "another window" in late.json["said"]
    assert "From one window" in late.json["html"]
    assert "From one window" in page.file.text
    for name in ("save", "undo", "reload"):
        assert page.post(name, revision=shown).status == 409


def test_a_file_that_was_changed_elsewhere_is_offered_again_or_saved_beside(page: Page, path: Path):
    page.edit("set", "title", value="Mine")
    path.write_text(SESSION.replace("Own", "Theirs"))
    answer = page.post("save")
    assert answer.status == 409
    assert 'role="alert"' in answer.json["html"]
    assert "Theirs" in path.read_text()
    other = re.findall(r'id="other-name"[^>]*value="([^"]*)"', answer.json["html"])[0]
    assert other == str(path.with_name("mine-2.toml"))
    assert page.post("save-as", path=other).status == 200
    assert ("Theirs" in path.read_text(), "Mine" in Path(other).read_text()) == (True, True)
    assert 'role="alert"' not in page.post("view").json["html"]


def test_a_file_that_was_changed_elsewhere_is_loaded_again(page: Page, path: Path):
    page.edit("set", "title", value="Mine")
    path.write_text(SESSION.replace("Own", "Theirs"))
    page.post("save")
    assert "Theirs" in page.post("reload").json["html"]
    assert "Mine" in page.post("undo").json["html"]
    assert page.post("save").status == 200
    assert "Mine" in path.read_text()


def test_a_new_protocol_starts_from_the_template_or_a_built_in_one(tmp_path: Path):
    for source, expected in (("template-en", template("en")), ("template-de", template("de")), ("box-breathing", None)):
        path = tmp_path / f"{source}.toml"
        with editing(path, is_new=True) as page:
            start = page.ask("GET", "").body.decode()
            assert 'value="template-en" checked' in start
            assert 'value="hip-flexor"' in start
            assert page.post("save", revision="0").status == 404
            wrong = page.post("start", source=source, path="x.txt")
            assert (wrong.status, 'aria-invalid="true"' in wrong.json["html"]) == (422, True)
            assert page.post("start", source="no-such", path=str(path)).status == 404
            assert page.post("start", source=source, path=str(path)).status == 200
            assert page.post("start", source=source, path=str(path)).status == 409
            assert not path.exists()
            assert page.post("save", revision="0").status == 200
            assert path.read_text() == expected if expected else "format" in path.read_text()


def test_a_cue_is_spoken_as_the_session_says_it(page: Page):
    heard = page.post("hear", path=["exercise", "reach", "setup", 0])
    assert (heard.status, heard.headers["content-type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(heard.body)) as sound:
        assert sound.getnframes() > 0.3 * sound.getframerate()
    for path in (["exercise"], ["nothing"], ["phase", 0], "x"):
        refused = page.post("hear", path=path)
        assert refused.status == 422
        assert refused.json["said"]


def test_a_cue_can_be_heard_while_the_file_has_problems(page: Page):
    page.edit("set", "exercise", "reach", "hold_s", value=-5)
    assert page.post("hear", path=["exercise", "reach", "setup", 0]).status == 200


@pytest.mark.parametrize("wrong", ["titel", "sidess", "a b"])
def test_a_key_that_no_file_has_is_shown_wherever_it_stands(page: Page, path: Path, wrong: str):
    text = SESSION.replace("[[phase]]", f'[[phase]]\n"{wrong}" = 5').replace(
        "[exercise.reach]", f'[exercise.reach]\n"{wrong}" = 5'
    )
    got = page.edit("text", value=f'"{wrong}" = 5\n{text}')
    assert got.status == 200
    assert got.json["html"].count("unknown key") == 6
    assert page.ask("GET", "").status == 200
