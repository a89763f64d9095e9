"""What a run says of the tests that it skipped."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.skips import skip_lines

FOLDER = Path(__file__).parent


def reasons(path: Path) -> Iterator[str]:
    """Yield the source of every reason to skip that a file of tests gives."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called == "pytest.mark.skipif":
                yield from (ast.unparse(each.value) for each in node.keywords if each.arg == "reason")
            elif called == "pytest.skip":
                yield from map(ast.unparse, node.args)


def test_each_reason_is_one_line_with_its_count_the_most_frequent_first():
    browser, root = "no browser: install one", "root may read all: be another"
    assert skip_lines([f"Skipped: {root}", *[browser] * 10]) == [f"10 tests  {browser}", f" 1 test   {root}"]


def test_without_skips_there_is_nothing_to_say():
    assert skip_lines([]) == []


def test_every_reason_names_how_to_have_the_test():
    found = [(path, reason) for path in sorted(FOLDER.rglob("*.py")) for reason in reasons(path)]
    assert len(found) > 10
    assert [(path, reason) for path, reason in found if ": " not in reason] == []
