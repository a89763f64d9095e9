"""Keeps tests away from the user's own profiles, cache and folder; says at the end what was skipped and why."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from tests.examples import set_examples
from tests.skips import skip_lines

# Tests run in folders of their own, in each of which it would keep what it found.
set_hypothesis_home_dir(Path(__file__).parent.parent / ".hypothesis")

LONGEST = ("test_recognised.py", "test_readme.py")
"""Files whose tests begin first, so that no process of the run is left alone with one of them at the end."""


def pytest_configure(config: pytest.Config) -> None:
    set_examples(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.fixture(scope="session", autouse=True)
def _world_of_the_run(run_folder: Path) -> Iterator[None]:
    """Keep what fixtures of a module build away from the user's own folders, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(run_folder / "config"))
        patch.setenv("XDG_CACHE_HOME", str(run_folder / "cache"))
        patch.setenv("AUDIOGUIDE_CACHE", str(run_folder / "speech"))
        patch.delenv("AUDIOGUIDE_CACHE_MB", raising=False)
        yield


@pytest.fixture(autouse=True)
def _platform_voice(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let the platform's own engine be the default: times and hashes must not depend on what is installed here."""
    if not request.node.get_closest_marker("natural_default"):
        monkeypatch.setattr("audioguide.speech.registry.NATURAL_NEEDS", ("no_such_module",))


_numbers = count()


_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of the test's own, as pytest's, which looks through those of all other tests for a free name.

    It is gone with the test unless that failed: sound is large, and a run would leave gigabytes.
    """
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{next(_numbers)}-{name}"
    folder.mkdir()
    yield folder
    if not request.node.stash.get(_failed, False):
        shutil.rmtree(folder, ignore_errors=True)


WRITING = {"tmp_path", "audioguide"}
"""Who asks for one of these may write files, as may tests of real parts; others share a folder that stays empty."""


@pytest.fixture(autouse=True)
def _own_world(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    real = request.node.get_closest_marker("real") is not None
    writes = real or not WRITING.isdisjoint(request.fixturenames)
    nowhere = tmp_path_factory.getbasetemp() / "nowhere"
    nowhere.mkdir(exist_ok=True)
    folder = request.getfixturevalue("tmp_path") if writes else nowhere
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.delenv("AUDIOGUIDE_CACHE", raising=False)
    monkeypatch.delenv("AUDIOGUIDE_CACHE_MB", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(folder)
    yield
    left = [] if writes else list(nowhere.iterdir())
    if left:
        shutil.rmtree(nowhere)
    assert not left, "a test that writes files asks for tmp_path"


def pytest_sessionfinish() -> None:
    # pytest looks for cycles five times at its end, among the reports of thousands of tests.
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    if reasons:
        terminalreporter.section("not tested here, and how to have it")
        for line in skip_lines(reasons):
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    # pytest-xdist gives each worker a folder of its own inside that of the run.
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def shared_speech(_own_world: None, run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find what other tests of this run have spoken, for tests that aren't about speaking or keeping it.

    Speaking and levelling the words of a whole session takes most of the time of a command with the fake voice.
    """
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(run_folder / "speech"))
