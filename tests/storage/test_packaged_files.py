"""What comes with the program is refused when it is not as it came."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

from audioguide.audio.cues import tones
from audioguide.cli import run
from audioguide.errors import InstallationError
from audioguide.export import page_templates
from audioguide.export.page_templates import filled_page
from audioguide.export.tags.cover_text import Face
from audioguide.languages.spoken_form import lexicon_of
from audioguide.languages.text_words import text_words
from audioguide.library import builtin, translations
from audioguide.library.protocol_files import builtin_text
from audioguide.storage import packaged_files
from audioguide.storage.packaged_digests import DIGESTS
from audioguide.storage.packaged_files import is_packaged, packaged_file, packaged_in

ROOT = Path(__file__).parents[2]

# Past what each keeps once it has read it.
READERS = {
    "library/protocols/movement-break.toml": lambda: builtin_text("movement-break"),
    "library/exercises/2-stretch.toml": builtin.exercise_files.__wrapped__,
    "library/template.toml": lambda: translations.template("en"),
    "languages/de/template.toml": lambda: translations.template("de"),
    "languages/de/texts/things.toml": lambda: translations.builtin_translation.__wrapped__("de", "things"),
    "languages/de/words.toml": lambda: text_words.__wrapped__("de"),
    "languages/de/lexicon.toml": lambda: lexicon_of("de"),
    "audio/cues/sounds/start.wav": tones._shipped.__wrapped__,
    "export/tags/fonts/OpenSans-Semibold.ttf": Face,
    "batches/templates/batch.html.j2": lambda: page_templates._template.__wrapped__(
        "audioguide.batches", "batch.html.j2"
    ),
}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what comes with the program, which is read in its place."""
    for name in DIGESTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "audioguide" / name, tmp_path / name)
    monkeypatch.setattr(packaged_files, "_ROOT", tmp_path)
    return tmp_path


def test_the_table_is_as_the_script_writes_it():
    script = runpy.run_path(str(ROOT / "scripts" / "make_digests"))
    table = (ROOT / "audioguide" / "storage" / "packaged_digests.py").read_text(encoding="utf-8")
    assert table == script["table"](), "scripts/make_digests is due"


@pytest.mark.parametrize("name", READERS)
def test_each_kind_of_file_that_is_cut_short_changed_or_missing_is_refused_where_it_is_read(name: str, installed: Path):
    file = installed / name
    whole = file.read_bytes()
    READERS[name]()
    for damaged in (b"", whole[:-1], whole[: len(whole) // 2], whole.replace(b"e", b"a", 1)):
        file.write_bytes(damaged)
        with pytest.raises(InstallationError, match="is not the file that came with audioguide; install") as error:
            READERS[name]()
        assert str(error.value).startswith(f"{file}: ")
        assert "\n" not in str(error.value)
    file.unlink()
    with pytest.raises(
        InstallationError, match=r"can't be read \(no such file or directory\); install audioguide anew"
    ):
        READERS[name]()


def test_a_page_whose_style_is_cut_short_is_refused(installed: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_templates, "_template", page_templates._template.__wrapped__)
    style = installed / "export/player/templates/base.css"
    style.write_bytes(style.read_bytes()[:-20])
    with pytest.raises(InstallationError, match=r"base\.css: is not the file that came with audioguide"):
        filled_page("audioguide.export.player", "voices.html.j2", text="Hold.", samples=(), rate_wpm=150)


def test_every_file_can_be_read_whole_and_no_other():
    for name in DIGESTS:
        assert packaged_file(name) == (ROOT / "audioguide" / name).read_bytes()
    assert not is_packaged("library/protocols/none.toml")
    assert "hip-flexor.toml" in packaged_in("library/protocols")
    assert packaged_in("library") == ("template.toml",)


def test_a_command_says_so_in_one_line(installed: Path, capsys: pytest.CaptureFixture[str]):
    (installed / "library/protocols/movement-break.toml").write_text("format = 1\n")
    assert run(["protocol", "show", "movement-break"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "movement-break.toml: is not the file that came with audioguide" in error
