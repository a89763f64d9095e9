"""The house stands: imports go down only, and each third-party library has its rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "audioguide"

MAY_IMPORT = {
    "cli": {
        "cli",
        "pipeline",
        "check",
        "files",
        "library",
        "planning",
        "speech",
        "audio",
        "export",
        "share",
        "model",
        "cache",
        "errors",
    },
    "share": {"share", "export", "model", "errors"},
    "face": {"pipeline", "files", "planning", "model", "cache", "errors"},
    "check": {"check", "audio", "export", "model", "errors"},
    "fitting": {"planning", "model", "errors"},
    "pipeline": {"fitting", "voicing", "library", "planning", "speech", "audio", "export", "model", "cache", "errors"},
    "voicing": {"speech", "audio", "model", "cache", "parallel", "errors"},
    "library": {"library", "model", "errors"},
    "planning": {"planning", "model", "errors"},
    "speech": {"speech", "audio.clip", "model", "errors"},
    "audio": {"audio", "model", "cache", "parallel", "errors"},
    "export": {"export", "model", "errors"},
    "files": {"errors"},
    "cache": {"errors"},
    "parallel": set(),
    "model": {"model", "errors"},
    "errors": set(),
}

HOMES = {
    "click": {"cli"},
    "rich": {"cli"},
    "pydantic": {"library", "model"},
    "pydantic_core": {"library", "model"},
    "tomlkit": {"cli"},
    "platformdirs": {"library", "cache"},
    "icalendar": {"export"},
    "tzlocal": {"cli"},
    "mutagen": {"export"},
    "PIL": {"export"},
    "jinja2": {"export"},
    "starlette": {"share"},
    "uvicorn": {"share"},
    "h11": {"share"},
    "segno": {"share"},
    "lameenc": {"audio"},
    "soundfile": {"audio", "speech"},
    "soxr": {"audio"},
    "av": {"audio"},
    "numpy": {"audio", "speech", "check", "voicing", "planning"},
    "espeakng_loader": {"speech"},
    "pyttsx3": {"speech"},
}

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    name = inside.parts[0].removesuffix(".py")
    return "check" if name.startswith("check") else name


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield str(node.module)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path):
    if path.name in ("__init__.py", "__main__.py") and path.parent == PACKAGE:
        return
    allowed = MAY_IMPORT[room(path)]
    for module in imported(path):
        if module.startswith("audioguide."):
            below = module.removeprefix("audioguide.")
            first = "check" if below.startswith("check") else below.split(".")[0]
            assert first in allowed or below in allowed, f"{path} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_third_party_libraries_stay_in_their_rooms(path: Path):
    for module in imported(path):
        home = HOMES.get(module.split(".")[0])
        assert home is None or room(path) in home, f"{path} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_opens_with_what_it_is_for(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
