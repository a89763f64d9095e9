"""Pipes in the place of files are refused at once, wherever a file is read; these tests would hang otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide.batches.records import OWN_FOLDER, Records
from audioguide.errors import AudioguideError
from audioguide.export.figures.own_pictures import read_picture
from audioguide.export.tags.id3 import read_chapters, read_plan
from audioguide.library.profile_files import load_profile
from audioguide.library.protocol_files import load_protocol
from audioguide.model.pictured import OwnPicture
from audioguide.speech.downloads import copy
from audioguide.speech.engines.pace import PaceFactors, pace_path
from audioguide.speech.engines.voice_list import VoiceFile, find_voice
from audioguide.speech.voice_files import fetch, voices_folder
from audioguide.storage.cache import Cache
from audioguide.storage.plain_files import open_plain, read_plain
from audioguide.storage.sha256 import sha256_of
from audioguide.verify.decode import decode

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes: run it elsewhere")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    return path


def test_only_a_file_is_opened(pipe: Path, tmp_path: Path):
    for path, error in ((pipe, OSError), (Path("/dev/null"), OSError), (tmp_path, IsADirectoryError)):
        with pytest.raises(error):
            open_plain(path)
    with pytest.raises(FileNotFoundError):
        open_plain(tmp_path / "none")
    (tmp_path / "file").write_bytes(b"data")
    assert read_plain(tmp_path / "file") == b"data"


def test_no_reader_of_files_waits_for_a_pipe(pipe: Path, tmp_path: Path):
    for read in (load_profile, load_protocol, read_plan, read_chapters, decode):
        with pytest.raises(AudioguideError, match="a device or pipe"):
            read(pipe)
    with pytest.raises(AudioguideError, match="a device or pipe"):
        read_picture(OwnPicture(path=pipe, folder=tmp_path, source="x.toml", alt="A picture."))
    with pytest.raises(OSError, match="a device or pipe"):
        sha256_of(pipe)
    with pytest.raises(AudioguideError, match="a device or pipe"):
        copy(VoiceFile("https://example.org/pipe", 1, "0" * 64), pipe, tmp_path / "part")


def test_a_pipe_in_the_cache_is_no_entry_and_is_replaced_by_one(tmp_path: Path):
    cache = Cache(tmp_path)
    key = "0123456789abcdef0123"
    path = tmp_path / f"v1/kind/0/{key[1:]}.bin"
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    assert cache.get("kind", key) is None
    cache.put("kind", key, b"data")
    assert cache.get("kind", key) == b"data"


def test_the_place_of_a_pace_factor_is_no_place_to_wait(tmp_path: Path):
    os.mkfifo(pace_path(tmp_path / "model.onnx"))
    factors = PaceFactors(lambda voice: 1.25)
    assert factors.of("voice", lambda: tmp_path / "model.onnx", "0") == 1.25


@pytest.mark.parametrize("name", ["lock", "records.jsonl"])
def test_a_batch_does_not_wait_for_a_pipe_among_its_books(tmp_path: Path, name: str):
    own = tmp_path / OWN_FOLDER
    own.mkdir()
    os.mkfifo(own / name)
    os.mkfifo(own / "unfinished-1")
    with pytest.raises(AudioguideError, match="device"):
        Records(tmp_path)


def test_a_pipe_where_a_part_of_a_voice_was_kept_is_named(tmp_path: Path):
    voice = find_voice("de_DE-mls-medium")
    folder = voices_folder() / voice.engine
    folder.mkdir(parents=True)
    part = folder / f".{voice.files[0].sha256}.part"
    os.mkfifo(part)
    with pytest.raises(AudioguideError, match="is a pipe, not a file; remove it"):
        fetch(voice, str(tmp_path))
