"""Voices that are fetched: whole and right or not there at all, whatever the network, the disk and others do."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import asdict

from audioguide.errors import AudioguideError, FetchError, OutputError, RequestError
from audioguide.speech import downloads
from audioguide.speech.engines import voice_list
from audioguide.speech.engines.pace import pace_path
from audioguide.speech.engines.voice_list import VOICES, ListedVoice, VoiceFile, find_voice, licence_of
from audioguide.speech.voice_files import fetch, installed, remove, voices_folder
from tests.speech.voice_server import CERTIFICATE, Behaviour, serving

pytestmark = pytest.mark.usefixtures("tmp_path")  # they write into the current folder

ROOT = Path(__file__).parents[2]
MODEL = random.Random(1).randbytes(300_000)
SETTINGS = b'{"sample_rate": 22050}'
HALF = len(MODEL) // 2


def listed(name: str, **contents: bytes) -> ListedVoice:
    """Return a voice whose files have ``contents``; dots in their names are written as two underscores."""
    files = tuple(
        VoiceFile(f"https://voices.invalid/{key.replace('__', '.')}", len(data), hashlib.sha256(data).hexdigest())
        for key, data in contents.items()
    )
    return ListedVoice("hibari", name, "en-GB", "British", "CC0-1.0", "https://voices.invalid/terms", files)


VOICE = listed("ada", ada__onnx=MODEL)
PAIR = listed("bea", bea__onnx=MODEL, bea__json=SETTINGS)


@pytest.fixture(autouse=True)
def _list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_list, "VOICES", (VOICE, PAIR))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Behaviour]:
    with serving(Behaviour(MODEL)) as behaviour:
        yield behaviour


def left_over() -> list[str]:
    """Return the files in the folder of voices but for the lock."""
    return sorted(path.name for path in voices_folder().rglob("*") if path.is_file() and path.name != ".lock")


def refused(kind: type[AudioguideError], source: str | None, voice: ListedVoice = VOICE) -> str:
    """Return the one line with which fetching fails; nothing may be installed then."""
    with pytest.raises(kind) as caught:
        fetch(voice, source)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert installed("hibari") == {}
    return message


def test_a_voice_is_fetched_whole_and_once(server: Behaviour):
    assert installed("hibari") == {}
    came: list[int] = []
    path = fetch(VOICE, server.address, came.append)
    assert path == voices_folder() / "hibari/ada.onnx"
    assert path.read_bytes() == MODEL
    assert sum(came) == len(MODEL)
    assert installed("hibari") == {"ada": path}
    assert installed("piper") == {}
    assert left_over() == ["ada.onnx"]
    fetch(VOICE, server.address)
    assert server.paths == ["/ada.onnx"]


def test_a_wrong_file_of_the_right_length_leaves_nothing(server: Behaviour):
    server.content = bytes(len(MODEL))
    assert "SHA-256 differs" in refused(FetchError, server.address)
    assert left_over() == []


@pytest.mark.parametrize("content", [MODEL[:-1], MODEL + b"x", b""])
def test_a_file_of_another_length_is_refused_before_it_is_read(server: Behaviour, content: bytes):
    server.content = content
    assert f"has {len(content)} bytes there, and {len(MODEL)} are listed" in refused(FetchError, server.address)
    assert left_over() == []


def test_a_file_without_end_is_cut_off(server: Behaviour):
    server.content, server.told = MODEL + bytes(50_000_000), ""
    assert "more came than the 300000 bytes" in refused(FetchError, server.address)
    assert left_over() == []


def test_a_cut_file_waits_for_the_rest(server: Behaviour):
    server.content, server.told, server.ranges = MODEL[:HALF], "", False
    assert "ended early; run this again" in refused(FetchError, server.address)
    assert not any(name.endswith(".onnx") for name in left_over())


def test_a_broken_connection_is_taken_up_where_it_broke(server: Behaviour):
    server.breaks_at = [100_000, 100_000]
    assert fetch(VOICE, server.address).read_bytes() == MODEL
    assert [request.get("range") for request in server.requests] == [None, "bytes=100000-", "bytes=200000-"]
    assert server.requests[1]["if-range"] == '"one"'
    assert left_over() == ["ada.onnx"]


def test_what_came_before_the_server_went_is_used_by_the_next_command(server: Behaviour):
    server.breaks_at = [HALF, 0]
    refused(FetchError, server.address)
    assert fetch(VOICE, server.address).read_bytes() == MODEL
    assert server.requests[-1]["range"] == f"bytes={HALF}-"


def test_a_file_that_changed_since_is_fetched_from_its_start(server: Behaviour):
    server.content, server.breaks_at = bytes(len(MODEL)), [HALF, 0]
    refused(FetchError, server.address)
    server.content, server.tag = MODEL, '"two"'
    assert fetch(VOICE, server.address).read_bytes() == MODEL
    assert server.requests[-1]["if-range"] == '"one"'


@pytest.mark.parametrize("tag", ["", 'W/"weak"'])
def test_without_a_strong_etag_a_mix_of_two_files_is_noticed(server: Behaviour, tag: str):
    server.tag, server.content, server.breaks_at = tag, bytes(len(MODEL)), [HALF, 0]
    refused(FetchError, server.address)
    server.content = MODEL
    assert "SHA-256 differs" in refused(FetchError, server.address)
    assert "if-range" not in server.requests[-1]
    assert fetch(VOICE, server.address).read_bytes() == MODEL


def test_a_server_that_gives_no_parts_sends_it_all_again(server: Behaviour):
    server.ranges, server.breaks_at = False, [HALF, 0]
    refused(FetchError, server.address)
    assert fetch(VOICE, server.address).read_bytes() == MODEL


def test_a_server_that_says_nothing_is_given_up(server: Behaviour, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(downloads, "STALL_S", 0.1)
    server.stalls_at = 0
    assert "said nothing for 0.1 s" in refused(FetchError, server.address)


def test_a_server_that_drips_is_given_up(server: Behaviour, monkeypatch: pytest.MonkeyPatch):
    hours = itertools.count(step=3600)
    monkeypatch.setattr(downloads.time, "monotonic", lambda: float(next(hours)))
    assert "too slow" in refused(FetchError, server.address)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_error_of_the_server_is_one_line(server: Behaviour, status: int):
    server.status = status
    assert f"answered {status}" in refused(FetchError, server.address)


def test_no_server_is_one_line():
    assert "refused" in refused(FetchError, "http://127.0.0.1:1")


def test_a_redirect_without_https_is_not_followed(server: Behaviour):
    with serving(Behaviour(b"", redirect=server.address + "/ada.onnx")) as first:
        assert "redirects to http://127.0.0.1" in refused(FetchError, first.address)
    assert server.paths == []


def test_a_redirect_to_a_file_is_not_followed(tmp_path: Path):
    secret = tmp_path / "ada.onnx"
    secret.write_bytes(MODEL)
    with serving(Behaviour(b"", redirect=secret.as_uri())) as first:
        assert "'file:" in refused(FetchError, first.address)


def test_https_leads_to_another_host_by_https_only(server: Behaviour, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(Behaviour(MODEL), secure=True) as other, serving(Behaviour(b""), secure=True) as first:
        first.redirect = server.address + "/ada.onnx"
        assert "only https to https" in refused(FetchError, first.address)
        assert server.paths == []
        first.redirect = other.address.replace("127.0.0.1", "localhost") + "/elsewhere"
        assert fetch(VOICE, first.address).read_bytes() == MODEL
        assert other.paths == ["/elsewhere"]


def test_redirects_in_a_circle_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(Behaviour(b""), secure=True) as first:
        first.redirect = first.address
        assert "answered 302" in refused(FetchError, first.address)
        assert len(first.paths) <= downloads.MOST_REDIRECTS + 1


def test_a_certificate_nobody_vouches_for_is_refused():
    with serving(Behaviour(MODEL), secure=True) as behaviour:
        assert "SSL_CERT_FILE" in refused(FetchError, behaviour.address)
        assert behaviour.paths == []


def test_the_proxy_of_the_machine_is_used(server: Behaviour, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", server.address)
    assert fetch(VOICE, "http://mirror.invalid/voices/").read_bytes() == MODEL
    assert server.paths == ["http://mirror.invalid/voices/ada.onnx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is missing: run on Linux")
def test_a_full_disk_is_one_line_and_leaves_nothing(server: Behaviour):
    # The part is a link to a device on which every write fails as on a full disk.
    part = voices_folder() / "hibari" / f".{VOICE.files[0].sha256}.part"
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    assert "the disk is full; free some space" in refused(OutputError, server.address)
    assert left_over() == []
    assert not part.is_symlink()


def test_too_little_room_is_said_before_anything_is_asked(server: Behaviour, monkeypatch: pytest.MonkeyPatch):
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_200_000))
    assert "takes 0.3 MB and 1.2 MB are free" in refused(OutputError, server.address)
    assert server.paths == []


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="this user may write everywhere: run as another than root"
)
def test_a_folder_that_cannot_be_written_is_one_line(server: Behaviour):
    voices_folder().parent.mkdir(parents=True)
    voices_folder().parent.chmod(0o500)
    assert "can't be written" in refused(OutputError, server.address)


def test_a_file_where_the_folder_should_be_is_one_line(server: Behaviour):
    voices_folder().parent.mkdir(parents=True)
    voices_folder().write_text("")
    assert "can't be written" in refused(OutputError, server.address)


def test_two_at_once_fetch_it_once(server: Behaviour):
    with ThreadPoolExecutor() as pool:
        paths = list(pool.map(lambda _: fetch(VOICE, server.address), range(4)))
    assert {path.read_bytes() for path in paths} == {MODEL}
    assert server.paths == ["/ada.onnx"]
    assert left_over() == ["ada.onnx"]


def child(voice: ListedVoice, source: str) -> subprocess.Popen[str]:
    files = json.dumps([asdict(file) for file in voice.files])
    command = [sys.executable, str(Path(__file__).with_name("voice_child.py")), voice.name, files, source]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.real
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL: run elsewhere")
def test_a_killed_fetch_is_taken_up_by_the_next(server: Behaviour):
    server.stalls_at = HALF
    with child(VOICE, server.address) as process:
        assert process.stdout is not None
        came = 0
        while came < HALF:
            came += int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    server.go_on.set()
    assert installed("hibari") == {}
    assert fetch(VOICE, server.address).read_bytes() == MODEL
    assert server.requests[-1]["range"] == f"bytes={HALF}-"
    assert left_over() == ["ada.onnx"]


def exchange(path: Path) -> None:
    """Put another file of the same length and time in the place of ``path``."""
    status = path.stat()
    other = path.with_name("other")
    other.write_bytes(bytes(status.st_size))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


def overwrite(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [exchange, overwrite, lambda path: path.write_bytes(MODEL + b"x"), Path.unlink])
def test_a_file_that_was_changed_after_is_no_voice_any_more(server: Behaviour, change: Callable[[Path], object]):
    path = fetch(VOICE, server.address)
    assert set(installed("hibari")) == {"ada"}
    change(path)
    assert installed("hibari") == {}
    assert fetch(VOICE, server.address).read_bytes() == MODEL
    assert set(installed("hibari")) == {"ada"}


@pytest.mark.real
def test_another_process_reads_each_file_again(server: Behaviour):
    path = fetch(VOICE, server.address)
    status = path.stat()
    for content, expected in ((MODEL, "ada\n"), (bytes(len(MODEL)), "\n")):
        path.write_bytes(content)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        with child(VOICE, "") as process:
            assert process.communicate()[0] == expected


def test_a_voice_of_two_files_comes_whole_or_not_at_all(tmp_path: Path):
    (tmp_path / "bea.onnx").write_bytes(MODEL)
    (tmp_path / "bea.json").write_bytes(SETTINGS[::-1])
    refused(FetchError, str(tmp_path), PAIR)
    assert "bea.onnx" not in left_over()
    (tmp_path / "bea.json").write_bytes(SETTINGS)
    assert fetch(PAIR, str(tmp_path)).read_bytes() == MODEL
    assert left_over() == ["bea.json", "bea.onnx"]
    (voices_folder() / "hibari/bea.json").unlink()
    assert installed("hibari") == {}


def test_a_folder_without_the_file_says_what_to_save_there(tmp_path: Path):
    message = refused(RequestError, str(tmp_path))
    assert "has no file ada.onnx; save it there from https://voices.invalid/ada.onnx" in message


def test_a_wrong_file_from_a_folder_leaves_nothing(tmp_path: Path):
    for content in (MODEL[:-1], MODEL + b"x", bytes(len(MODEL))):
        (tmp_path / "ada.onnx").write_bytes(content)
        refused(FetchError, str(tmp_path))
        assert left_over() == []


@pytest.mark.parametrize(
    "source", ["ftp://127.0.0.1/", "file:///etc", "data://x", "https://", "https://user:secret@127.0.0.1/"]
)
def test_other_addresses_are_refused(source: str):
    message = refused(RequestError, source)
    assert message == f"--from {source}: is no folder and no http or https address without a password"
    assert left_over() == []


def test_an_address_with_a_wrong_port_is_refused():
    assert "http://127.0.0.1:x/ada.onnx: nonnumeric port: 'x'" in refused(FetchError, "http://127.0.0.1:x/")
    assert left_over() == []


def test_without_from_the_listed_address_is_asked(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def download(file: VoiceFile, address: str, part: Path, progress: object) -> None:
        asked.append(address)
        part.write_bytes(MODEL)

    monkeypatch.setattr(downloads, "download", download)
    fetch(VOICE)
    assert asked == ["https://voices.invalid/ada.onnx"]


@pytest.mark.parametrize("name", ["../../ada", "/etc/passwd", "ada/../ada", "ada.onnx", "", "..", "a\x00b", "C:\\ada"])
def test_a_name_leads_nowhere_but_to_a_listed_voice(name: str):
    with pytest.raises(RequestError, match="no voice"):
        find_voice(name)
    assert find_voice("ADA") == VOICE


@pytest.mark.parametrize("url", ["https://x/../..", "https://x/.hidden", "https://x/", "http://x/a", "https://x/a b"])
def test_a_row_that_leads_out_of_the_folder_is_no_row(url: str):
    with pytest.raises(ValueError, match="plain name"):
        VoiceFile(url, 1, "0" * 64)
    with pytest.raises(ValueError, match="SHA-256"):
        VoiceFile("https://x/a", 1, "A" * 64)


def test_a_voice_is_removed_with_all_that_is_left_of_it(server: Behaviour, tmp_path: Path):
    server.breaks_at = [HALF, 0]
    refused(FetchError, server.address)
    assert remove(VOICE) >= HALF
    assert left_over() == []
    (tmp_path / "bea.onnx").write_bytes(MODEL)
    (tmp_path / "bea.json").write_bytes(SETTINGS)
    fetch(VOICE, server.address)
    pace = pace_path(fetch(PAIR, str(tmp_path)))
    pace.write_bytes(b"pace")
    assert remove(PAIR) == len(MODEL) + len(SETTINGS) + len(b"pace")
    assert not pace.exists()
    assert set(installed("hibari")) == {"ada"}
    with pytest.raises(RequestError, match="'bea' is not installed"):
        remove(PAIR)


@pytest.mark.real
def test_asking_what_is_installed_loads_nothing_that_could_fetch():
    code = "import sys; from audioguide.speech.registry import ENGINES; print('urllib.request' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_without_a_home_nothing_is_fetched(server: Behaviour, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: Path("~/voices"))
    assert "HOME" in refused(RequestError, server.address)
    assert server.paths == []


def test_every_listed_voice_has_a_name_files_and_terms_of_its_own():
    names = [voice.name.casefold() for voice in VOICES]
    assert len(set(names)) == len(names)
    files = [(voice.engine, file.name) for voice in VOICES for file in voice.files]
    assert len(set(files)) == len(files)
    assert len({file.sha256 for voice in VOICES for file in voice.files}) == len(files)
    assert all(voice.files[0].name.endswith(".onnx") for voice in VOICES)
    assert all(voice.licence and voice.language and voice.terms.startswith("https://") for voice in VOICES)
    assert licence_of("hibari", "ada") == "CC0-1.0"
    assert licence_of("hibari", "heart") == "Apache-2.0"
    assert licence_of("pyttsx3", "Zira") == "the system's own"


def test_hibari_voices_are_listed_as_its_wheel_lists_them():
    wheel = pytest.importorskip("hibari.voices")
    ours = {voice.name: voice for voice in VOICES if voice.engine == "hibari"}
    theirs = {name: voice for name, voice in wheel.VOICES.items() if not voice.get("bundled")}
    assert ours.keys() == theirs.keys()
    for name, voice in ours.items():
        (file,) = voice.files
        assert (file.bytes, file.sha256) == (theirs[name]["bytes"], theirs[name]["sha256"])
        assert file.url == wheel.BASE_URL + theirs[name]["file"]
        assert (voice.language, voice.accent) == (theirs[name]["language"], theirs[name]["accent"])
