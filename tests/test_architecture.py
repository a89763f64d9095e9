"""The layout holds: folders import as the pipeline runs, and each third-party library stays in its adapters."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "audioguide"

MAY_IMPORT = {
    "errors": set(),
    "model": {"errors"},
    "storage": {"errors"},
    "languages": {"model", "storage", "errors"},
    "library": {"languages", "model", "storage", "errors"},
    "prescribe": {"languages", "model", "errors"},
    "compose": {"languages", "model", "errors"},
    "schedule": {"model", "errors"},
    "audio": {"model", "storage", "errors"},
    "speech": {"audio", "languages", "model", "storage", "errors"},
    "verify": {"audio", "export", "model", "storage", "errors"},
    "export": {"languages", "model", "storage", "errors"},
    "share": {"export", "languages", "model", "errors"},
    "pipeline": {
        "languages", "library", "prescribe", "compose", "speech", "schedule", "audio", "export", "storage", "model",
        "errors",
    },
    "tables": {"errors", "storage"},
    "sheets": {"tables", "languages", "library", "model", "errors"},
    "batches": {
        "tables", "pipeline", "languages", "library", "prescribe", "speech", "export", "storage", "model", "errors",
    },
    "edit": {
        "pipeline", "share", "languages", "library", "speech", "audio", "export", "storage", "model", "errors",
    },
    "api": {"pipeline", "batches", "library", "prescribe", "storage", "model", "errors"},
    "cli": {
        "api", "pipeline", "batches", "edit", "languages", "library", "prescribe", "speech", "audio", "verify",
        "export", "share", "sheets", "storage", "model", "errors",
    },
}  # fmt: skip
"""For each folder or file at the root what it may import besides itself."""

LIBRARIES = {
    "babel": {"languages"},
    "click": {"cli"},
    "rich": {"cli"},
    "pydantic": {"library", "model", "export"},
    "pydantic_core": {"library", "model", "export"},
    "tomlkit": {"cli", "library"},
    "platformdirs": {"storage"},
    "icalendar": {"export"},
    "tzlocal": {"cli"},
    "mutagen": {"export"},
    "PIL": {"export"},
    "jinja2": {"export"},
    "markupsafe": {"edit"},
    "starlette": {"share", "edit"},
    "uvicorn": {"share"},
    "h11": {"share"},
    "segno": {"share"},
    "fastcrc": {"audio"},
    "lameenc": {"audio"},
    "soundfile": {"audio", "speech", "verify"},
    "soxr": {"audio"},
    "av": {"audio"},
    "numpy": {"audio", "speech", "verify", "prescribe"},
    "espeakng_loader": {"speech"},
    "hibari": {"speech"},
    "num2words": {"speech"},
    "onnxruntime": {"speech"},
    "piper": {"speech"},
    "python_calamine": {"tables"},
    "distributed": {"batches"},
    "pydub": {"audio"},
    "pyttsx3": {"speech"},
}
"""For each third-party library the folders that may import it."""

ROOT_FILES = {"__init__", "__main__", "api", "errors", "pipeline"}

MAY_SHARE_A_NAME = {"__init__", "registry"}
"""File names that may occur in several folders; those in `cli` name commands, and don't count."""

FILES = sorted(PACKAGE.rglob("*.py"))


def top_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def folder_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).parent.parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    modules: list[str] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            modules += (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            modules.append(str(node.module))
    return tuple(modules)


def test_a_folder_imports_only_what_its_row_allows():
    assert len(FILES) > 100
    for path in FILES:
        if path.name in ("__init__.py", "__main__.py") and path.parent == PACKAGE:
            continue
        allowed = MAY_IMPORT[top_of(path)] | {top_of(path)}
        for module in imported(path):
            if module.startswith("audioguide."):
                assert module.split(".")[1] in allowed, f"{path} imports {module}"


def test_third_party_libraries_stay_in_their_adapters():
    for path in FILES:
        for module in imported(path):
            folders = LIBRARIES.get(module.split(".")[0])
            assert folders is None or top_of(path) in folders, f"{path} imports {module}"


def test_no_folders_import_each_other_in_a_circle():
    below: dict[str, set[str]] = {}
    for path in FILES:
        for module in imported(path):
            if module.startswith("audioguide."):
                imports = below.setdefault(folder_of(path), set())
                imports.add(module_folder(module))
                imports.discard(folder_of(path))
    below.pop("", None)  # the root's own files are held by the table
    while free := [folder for folder, imports in below.items() if not imports & below.keys()]:
        for folder in free:
            del below[folder]
    assert not below, f"a circle among {sorted(below)}"


def module_folder(module: str) -> str:
    inside = module.removeprefix("audioguide.").split(".")
    return ".".join(inside if PACKAGE.joinpath(*inside).is_dir() else inside[:-1])


def test_only_the_pipeline_and_its_entrances_stand_at_the_root():
    assert {path.stem for path in PACKAGE.glob("*.py")} == ROOT_FILES


def test_no_file_name_stands_twice():
    # The folder of each language has the same files.
    languages = [path for path in FILES if top_of(path) == "languages" and path.parent.parent != PACKAGE]
    names = Counter(path.stem for path in FILES if top_of(path) != "cli" and path not in languages)
    assert {name for name, count in names.items() if count > 1} <= MAY_SHARE_A_NAME


def test_every_module_opens_with_its_job():
    assert [path for path in FILES if not ast.get_docstring(parsed(path))] == []
