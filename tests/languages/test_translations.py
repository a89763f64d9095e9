"""A protocol in another language: a user's own with the file beside it, and the built-in ones."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from audioguide.cli import run
from audioguide.compose.composer import compose
from audioguide.errors import FileError, RequestError
from audioguide.languages.registry import find
from audioguide.languages.text_words import text_words
from audioguide.library.builtin import exercise_files
from audioguide.library.language_guess import language_told
from audioguide.library.protocol_files import builtin_ids, files_of, load_protocol, load_protocols
from audioguide.library.text_slots import slots
from audioguide.model.kinds import Side
from audioguide.model.protocol import Protocol
from audioguide.model.side_forms import filled
from audioguide.pipeline import prepare_session
from scripts.translating.folder import originals, text_gaps
from tests.helpers import layer, session_of
from tests.languages.conftest import Given, pseudo

DATA = Path(__file__).parent / "data"


@pytest.fixture
def desk_break(tmp_path: Path) -> Path:
    """The protocol of the tests, with its German translation beside it."""
    for name in ("desk-break.toml", "desk-break.de.toml"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path / "desk-break.toml"


def changed(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def without_texts(protocol: Protocol) -> str:
    """Return all of a protocol but its texts."""
    table = protocol.model_dump(mode="json", exclude={"language", "put_by", "conditions"})
    found = json.dumps(table, ensure_ascii=False)
    for slot in slots(table):
        found = found.replace(json.dumps(slot.text, ensure_ascii=False), "TEXT", 1)
    things = {thing for exercise in protocol.exercise.values() for thing in (*exercise.equipment, *exercise.target)}
    for thing in things:
        found = found.replace(json.dumps(thing, ensure_ascii=False), "THING")
    return found


def test_a_protocol_takes_the_texts_of_the_file_beside_it(desk_break: Path):
    english, german = load_protocol(desk_break), load_protocol(desk_break, language="de-AT")
    assert (english.language, german.language) == ("en", "de")
    assert german.title == "Pause am Schreibtisch"
    assert german.exercise["squeeze"].tempo[2].say == "Lösen"
    assert german.exercise["kneeling-stretch"].equipment == ("Matte", "Wand")
    assert german.put_by == {"Matte": "Wand"}
    assert without_texts(german) == without_texts(english), "doses, tempo and order are the original's"
    assert load_protocol(desk_break, language="en") == english
    assert desk_break.with_name("desk-break.de.toml") in files_of(desk_break), "so that no result replaces it"


def test_the_translation_that_the_docs_show_fits_its_protocol(tmp_path: Path):
    page = (Path(__file__).parent.parent.parent / "docs" / "protocols.md").read_text(encoding="utf-8")
    section = page.partition("## In another language")[2].partition("\n## ")[0]
    original, translation = re.findall(r"^```toml\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    (tmp_path / "my-session.toml").write_text(original, encoding="utf-8")
    (tmp_path / "my-session.de.toml").write_text(translation, encoding="utf-8")
    german = load_protocol(tmp_path / "my-session.toml", language="de")
    assert (german.title, german.exercise["bridge"].equipment) == ("Meine Einheit", ("Matte",))


def test_nothing_english_is_left_in_what_is_said_of_a_translated_protocol(desk_break: Path):
    fixed = find("de").wording.calm
    english = {slot.text for slot in slots(load_protocol(desk_break).model_dump())} - {*fixed}
    session = session_of(load_protocol(desk_break, language="de"), layer(units="imperial"))
    said = [line.text for line in compose(session).lines()]
    assert english & {*said} == set()
    assert "Knie dich mit dem linken Knie auf die Matte, etwa 8 Zoll von der Wand." in said
    assert "Stell den rechten Fuß vorn flach auf." in said


def test_a_protocol_without_the_asked_translation_is_refused_with_where_to_put_it(desk_break: Path):
    desk_break.with_name("desk-break.de.toml").unlink()
    with pytest.raises(FileError) as raised:
        load_protocol(desk_break, language="de")
    assert f"{raised.value}" == (
        f"{desk_break}: language: its texts are in English, and German is asked for; translate them in "
        "desk-break.de.toml beside it, or ask for English"
    )


def test_a_problem_of_a_translation_is_told_by_its_own_file(desk_break: Path):
    translation = desk_break.with_name("desk-break.de.toml")
    changed(translation, ("{linken|rechten} Fuß nach hinten", "{rechten|linken} Fuß nach hinten"))
    with pytest.raises(FileError, match=r"de\.toml: exercise.standing-stretch.setup 2: {rechten\|linken} has left and"):
        load_protocol(desk_break, language="de")
    changed(translation, ('"Lösen",', ""))
    with pytest.raises(FileError, match=r"de\.toml: exercise.squeeze.tempo: has 1 text, and the original 2"):
        load_protocol(desk_break, language="de")
    with pytest.raises(FileError, match=r"is a translation of desk-break.toml, not a protocol; name desk-break.toml"):
        load_protocol(translation)


def test_check_reads_a_protocol_in_each_of_its_languages(desk_break: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["protocol", "check", str(desk_break)]) == 0
    translation = desk_break.with_name("desk-break.de.toml")
    assert f"{translation}: all right: its German texts" in capsys.readouterr().out
    changed(translation, ('"Atme ruhig."', '""'))
    assert run(["protocol", "check", str(desk_break)]) != 0
    lacks = "exercise.walk.coaching 2: is not translated; the original says: Breathe easily."
    assert lacks in capsys.readouterr().err


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A protocol of one hold, with its German translation."""
    phase = '[[phase]]\ntitle = "One"\nexercises = ["reach"]\n[exercise.reach]\nname = "Reach"\nhold_s = 5\n'
    (tmp_path / "short.toml").write_text(f'format = 1\nid = "short"\ntitle = "Short"\n{phase}')
    german = 'title = "Kurz"\n[[phase]]\ntitle = "Eins"\n[exercise.reach]\nname = "Strecken"\n'
    (tmp_path / "short.de.toml").write_text(german)
    return tmp_path / "short.toml"


def test_a_person_asks_for_the_language_of_a_session(short: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["plan", str(short), "--language", "de", "--engine", "fake", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["language"], plan["title"]) == ("de", "Kurz")


def test_a_plan_of_english_texts_in_another_language_is_refused(short: Path):
    with pytest.raises(
        RequestError, match=r"its texts are in English, and German is asked for; load_protocol\(…, lang"
    ):
        prepare_session(load_protocol(short), [layer(language="de", voice={"engine": "fake"})])
    german = load_protocol(short, language="de")
    plan = prepare_session(german, [layer(language="de-CH", voice={"engine": "fake"})]).plan
    assert (plan.language, plan.title) == ("de-CH", "Kurz")


GERMAN_FILE = """
format = 1
id = "eigene"
title = "Eigene Übungen"
language = "de"
[[phase]]
title = "Dehnen"
exercises = ["half-kneeling", "arme"]
[exercise.arme]
name = "Arme heben"
sides = "each"
hold_s = 20
setup = ["Heb den Arm auf der Seite, {side}.", "Schau nach {other_side}."]
"""


def own(folder: Path, text: str = GERMAN_FILE) -> Path:
    file = folder / "eigene.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_built_in_protocol_is_read_from_a_whole_translation(pseudo_german: Path):
    assert list(text_gaps(pseudo_german)) == []
    for name in builtin_ids():
        german = load_protocol(name, language="de")
        texts = [slot.text for slot in slots(german.model_dump())]
        assert all(text.startswith("Ö ") for text in texts), name
        assert without_texts(german) == without_texts(load_protocol(name)), name
    session = session_of(load_protocol("hip-flexor", language="de"))
    setup = next(
        line.say for line in load_protocol("hip-flexor").exercise["half-kneeling"].setup if "{side}" in line.say
    )
    assert filled(pseudo(setup), Side.LEFT) in {line.text for line in compose(session).lines()}


def test_what_a_protocol_names_is_read_in_its_language(tmp_path: Path, pseudo_german: Path):
    file = own(tmp_path)
    german = load_protocol(file)
    assert german.exercise["half-kneeling"].name.startswith("Ö ")
    said = [line.text for line in compose(session_of(german)).lines()]
    assert "Heb den Arm auf der Seite, links." in said
    assert "Schau nach rechts." in said
    changed(file, ('title = "Eigene Übungen"', 'title = "Eigene Übungen"\nbreaks = "movement-break"'))
    changed(file, ("[exercise.arme]", '[[phase]]\nfrom = "box-breathing"\n[exercise.arme]'))
    joined = load_protocols([file], with_breaks=True)
    assert [phase.title[:2] for phase in joined.phase] == ["De", "Ö ", "Ö "]
    assert [phase.title[:2] for phase in load_protocols([file, "interval"]).phase] == ["De", "Ö ", "Ö "]


BRIDGE = """
format = 1
id = "eigene"
title = "Eigene"
language = "de"
[[phase]]
title = "Kraft"
exercises = ["heben"]
[exercise.heben]
name = "Heben"
reps = 5
tempo = TEMPO
"""


def test_a_tempo_in_figures_has_the_words_of_the_language(tmp_path: Path):
    figures = load_protocol(own(tmp_path, BRIDGE.replace("TEMPO", '"3-1-2"')))
    assert [(part.say, part.s) for part in figures.exercise["heben"].tempo] == [
        ("Senken", 3),
        ("Halten", 1),
        ("Heben", 2),
    ]
    parts = '[{ say = "Hoch", s = 1 }, { say = "Langsam ab", s = 2 }]'
    wish = layer(exercise={"heben": {"tempo": "4-1-2"}})
    with pytest.raises(RequestError, match="has a tempo of other parts than lift, pause and lower"):
        session_of(load_protocol(own(tmp_path, BRIDGE.replace("TEMPO", parts))), wish)
    lowered = load_protocol(own(tmp_path, BRIDGE.replace("TEMPO", parts.replace("Langsam ab", "Ab"))))
    tempo = session_of(lowered, wish).prescriptions()[0].tempo
    assert [(part.say, part.duration_ms) for part in tempo] == [("Hoch", 2000), ("Ab", 4000), ("Halten", 1000)]


def test_without_a_translation_a_built_in_exercise_or_protocol_is_refused(tmp_path: Path, given_texts: Given):
    given_texts(tmp_path)
    with pytest.raises(
        FileError, match=r"eigene.toml: phase 1.exercises: the built-in exercise 'half-kneeling' is not tr"
    ):
        load_protocol(own(tmp_path))
    with pytest.raises(
        FileError, match=r"interval \(built-in\): language: is in English, and not translated into German"
    ):
        load_protocol("interval", language="de")


def test_a_first_form_for_the_right_side_is_refused_in_any_language(tmp_path: Path):
    with pytest.raises(FileError, match=r"setup 1: {rechts\|links} has left and right swapped; write {links\|rechts}"):
        load_protocol(own(tmp_path, GERMAN_FILE.replace("{side}", "{rechts|links}").replace('"half-kneeling", ', "")))


def test_a_text_outside_exercises_names_no_side(tmp_path: Path):
    text = GERMAN_FILE.replace('"Eigene Übungen"', '"{linke|rechte} Seite"').replace('"half-kneeling", ', "")
    with pytest.raises(FileError, match=r"title: names a side where there is none"):
        load_protocol(own(tmp_path, text))


ENGLISH = [slot.text for original in originals() for slot in slots(original.table)]


def test_no_english_text_is_taken_for_another_language():
    root = Path(__file__).parent.parent
    files = [*(root / "protocols").glob("*.toml"), *(root / "cases").rglob("*.toml"), DATA / "desk-break.toml"]
    protocols = [[slot.text for slot in slots(tomllib.loads(file.read_text(encoding="utf-8")))] for file in files]
    assert len(protocols) > 5
    exercises = [table for tables in exercise_files().values() for table in tables.values()]
    alone = [[slot.text for slot in slots({"exercise": {"a": table}})] for table in exercises]
    for texts in (*protocols, *alone, ENGLISH, *([text] for text in ENGLISH)):
        assert language_told(texts, "en") is None, texts


def test_german_texts_without_a_language_are_noticed_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    texts = [slot.text for slot in slots(tomllib.loads((DATA / "desk-break.de.toml").read_text(encoding="utf-8")))]
    assert language_told(texts, "en") == "de"
    assert language_told(texts, "de-AT") is None
    assert language_told(ENGLISH, "de") == "en"
    assert language_told(["Grand plié", "Pas de bourrée", "Der Hund"], "en") is None, "names alone are no language"
    text = GERMAN_FILE.replace('language = "de"\n', "").replace('"half-kneeling", ', "").replace("20", "5")
    text = text.replace(
        '", "Schau', ' und halt ihn dort, bis du das Zeichen hörst.", "Lass dir Zeit und atme.", "Schau'
    )
    file = own(tmp_path, text)
    noticed = (
        "this protocol's texts look like German, and it states no language, so that they are read as English; write "
        'language = "de" in the file'
    )
    assert noticed in prepare_session(load_protocol(file), [layer(voice={"engine": "fake"})]).plan.warnings
    assert run(["protocol", "check", str(file)]) == 0
    assert f"note: {noticed}" in capsys.readouterr().out


@pytest.mark.parametrize("code", ["de", "es", "fr", "it", "pt_br"])
def test_the_small_words_of_a_language_are_not_those_of_english(code, monkeypatch):
    monkeypatch.setattr("audioguide.languages.text_words.FOLDERS", {code: code, "en": "en"})
    text_words.cache_clear()
    shared = text_words(code).function_words & text_words("en").function_words
    assert not shared
    assert len(text_words(code).function_words) > 40
    text_words.cache_clear()


def test_new_writes_a_protocol_in_the_language_that_is_sound(
    tmp_path: Path, pseudo_german: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "meine.toml"
    assert run(["protocol", "new", str(file), "--language", "de"]) == 0
    made = load_protocol(file)
    assert (made.language, made.title) == ("de", "Meine Einheit")
    own_texts = [slot.text for slot in slots(tomllib.loads(file.read_text(encoding="utf-8")))]
    assert language_told(own_texts, "de") is None
    assert language_told(own_texts, "en") == "de"
    said = [line.text for line in compose(session_of(made)).lines()]
    assert "Streck das rechte Bein aus." in said
    assert run(["protocol", "check", str(file)]) == 0
    assert run(["protocol", "new", str(tmp_path / "other.toml"), "--language", "xx"]) == 2
    assert "there is no language 'xx' here" in capsys.readouterr().err
