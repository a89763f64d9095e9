"""The hosts of the benchmark leave nothing: not where they are asked to end, and where they are killed not for long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import until

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("ip"),
        reason="hosts are network namespaces: run the tests as root on Linux, with iproute2",
    ),
]

ROOT = Path(__file__).parent.parent


def there() -> list[str]:
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=False).stdout
    return [line.split()[0] for line in listed.splitlines() if line.startswith("audioguide-")]


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    if subprocess.run(["ip", "netns", "add", "tried"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespaces here: run the tests outside a container, or in one that may have them")
    subprocess.run(["ip", "netns", "delete", "tried"], check=True)
    import fcntl

    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "scripts.benchmark.hosts", "40", "--protocol", "box-breathing", "--engine", "fake"]
    # The names of the hosts are the machine's: one test of these at a time.
    with Path(__file__).open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield from _begun(command, environment, tmp_path)


def _begun(command: list[str], environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        # It is at work once the command on the second host writes.
        until(lambda: list(tmp_path.glob("audioguide-hosts-*/local/*.mp3")) or process.poll(), "a file", most_s=60)
        yield process
        process.kill()
    clear(tmp_path)


def clear(folder: Path) -> None:
    """Begin another run, and end it at once."""
    clearing = "from scripts.benchmark.hosts import only_run\nwith only_run(): pass"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    subprocess.run([sys.executable, "-c", clearing], cwd=ROOT, env=environment, check=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_run_that_is_asked_to_end_takes_everything_with_it(
    begun: subprocess.Popen[bytes], tmp_path: Path, number: signal.Signals
):
    assert there()
    begun.send_signal(number)
    begun.send_signal(number)
    assert begun.wait(60) != 0
    assert (there(), list(tmp_path.glob("audioguide-hosts-*"))) == ([], [])


def test_what_a_killed_run_has_left_goes_with_the_next_and_no_two_run_at_once(
    begun: subprocess.Popen[bytes], tmp_path: Path
):
    with pytest.raises(subprocess.CalledProcessError):
        clear(tmp_path)
    assert begun.poll() is None
    begun.kill()
    begun.wait(60)
    assert there()
    assert list(tmp_path.glob("audioguide-hosts-*"))
    clear(tmp_path)
    assert (there(), list(tmp_path.glob("audioguide-hosts-*"))) == ([], [])
