"""The lock in requirements/: whole for every Python and system, within the project's ranges, no host named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = ("dev", "cluster", "m4a", "natural", "piper", "pydub", "share", "xlsx")
AGAIN = "run scripts/lock"

PLACES = [
    {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": system}
    for python in ("3.11", "3.12", "3.13", "3.14")
    for system in ("linux", "darwin", "win32")
]


def entries(extra: str) -> list[str]:
    text = (ROOT / "requirements" / f"{extra}.txt").read_text(encoding="utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def locked(extra: str, place: dict[str, str]) -> dict[str, str]:
    """Return the version of each package that is installed in a place."""
    found: dict[str, str] = {}
    for entry in entries(extra):
        requirement = Requirement(entry.split("--hash")[0])
        if requirement.marker is None or requirement.marker.evaluate(place):
            assert requirement.name not in found, f"two versions of {requirement.name} in {place}"
            found[requirement.name] = str(requirement.specifier).removeprefix("==")
    return found


def asked(extra: str) -> Iterator[Requirement]:
    """Yield what the project asks for with an extra, what builds it included."""
    yield from map(Requirement, PROJECT["build-system"]["requires"])
    yield from map(Requirement, PROJECT["project"]["dependencies"])
    for text in PROJECT["project"]["optional-dependencies"][extra]:
        requirement = Requirement(text)
        if requirement.name == PROJECT["project"]["name"]:
            for other in requirement.extras:
                yield from asked(other)
        else:
            yield requirement


def test_every_extra_has_a_lock():
    assert set(EXTRAS) == set(PROJECT["project"]["optional-dependencies"]), AGAIN
    assert set(EXTRAS) == {path.stem for path in (ROOT / "requirements").glob("*.txt")}


@pytest.mark.parametrize("extra", EXTRAS)
def test_what_the_project_asks_for_is_locked_within_its_range_everywhere(extra: str):
    for place in PLACES:
        versions = locked(extra, place)
        for requirement in asked(extra):
            if requirement.marker is None or requirement.marker.evaluate(place):
                version = versions.get(canonicalize_name(requirement.name), "")
                assert version in requirement.specifier, f"{requirement}, locked '{version}', in {place}: {AGAIN}"


@pytest.mark.parametrize("extra", EXTRAS)
def test_dev_holds_the_same_versions_as_the_others(extra: str):
    assert all(locked(extra, place).items() <= locked("dev", place).items() for place in PLACES), AGAIN


@pytest.mark.parametrize("extra", EXTRAS)
def test_every_version_has_its_hashes_and_names_no_host(extra: str):
    for entry in entries(extra):
        assert re.fullmatch(r"[a-z0-9-]+==[\w.+]+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry)


@pytest.mark.parametrize("extra", EXTRAS)
def test_no_marker_asks_for_the_kernel(extra: str):
    # pip up to 24 ends with InvalidVersion where a kernel's release, such as 6.12.0-amd64, is no version number.
    assert not [entry for entry in entries(extra) if "platform_release" in entry]
