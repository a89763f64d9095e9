"""Holds docs/ to the program: tables from the models, paths that exist, commands that run."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Annotated

import pytest
from pydantic import BaseModel, TypeAdapter

from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TEXTS = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def script(name: str) -> ModuleType:
    """Return a command of scripts/, which has no ending, as a module."""
    loader = importlib.machinery.SourceFileLoader(f"scripts_{name}", str(ROOT / "scripts" / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


MAKE_DOCS = script("make_docs")


@pytest.mark.parametrize("name", MAKE_DOCS.PAGES)
def test_a_format_page_says_what_the_models_say(name: str):
    page = (DOCS / name).read_text(encoding="utf-8")
    assert MAKE_DOCS.with_tables(page, MAKE_DOCS.tables_of(MAKE_DOCS.PAGES[name])) == page, "run scripts/make_docs"


@pytest.mark.parametrize("name", MAKE_DOCS.PAGES)
def test_a_format_page_has_every_table_of_its_file(name: str):
    shown = set(re.findall(r"<!-- table (\w+) -->", (DOCS / name).read_text(encoding="utf-8")))
    assert shown == set(MAKE_DOCS.tables_of(MAKE_DOCS.PAGES[name]))


def models_in(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    if model.__name__ not in found:
        found[model.__name__] = model
        for field in model.model_fields.values():
            for part in inside(field.annotation):
                models_in(part, found)
    return found


def inside(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    parts = [*getattr(annotation, "__args__", ()), getattr(annotation, "__origin__", None)]
    return [model for part in parts if part is not None and part is not annotation for model in inside(part)]


FIELDS = [
    (model, key) for file in (Protocol, Profile) for model in models_in(file, {}).values() for key in model.model_fields
]


@pytest.mark.parametrize(("model", "key"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_key_is_described_and_its_example_is_right(model: type[BaseModel], key: str):
    field = model.model_fields[key]
    assert field.description, f"{model.__name__}.{key} has no description"
    assert field.examples, f"{model.__name__}.{key} has no example"
    kind = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation  # type: ignore[index]
    for example in field.examples:
        TypeAdapter(kind).validate_python(example)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_every_path_that_a_page_names_exists(text: Path):
    page = text.read_text(encoding="utf-8")
    named = re.findall(r"`((?:audioguide|tests|scripts|docs)/[\w/.-]*)`", page)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", page) if "://" not in link]
    missing = [name for name in named if not (ROOT / name).exists()]
    missing += [link for link in links if link and not (text.parent / link).exists()]
    assert not missing
