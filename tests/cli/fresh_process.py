"""What a command imports, seen in a process of its own: in the test's, other tests have imported everything."""

from __future__ import annotations

import subprocess
import sys
from functools import cache


def imported(*arguments: str) -> set[str]:
    """Return the modules that ``audioguide ARGUMENTS`` imports."""
    return set(_modules_of("-m", "audioguide", *arguments) - _modules_of("-c", ""))


def imported_with(module: str) -> set[str]:
    """Return the modules that ``import MODULE`` imports, itself too."""
    return set(_modules_of("-c", f"import {module}") - _modules_of("-c", ""))


def of_packages(modules: set[str]) -> set[str]:
    """Return those of ``modules`` that are neither the standard library's nor click's."""
    # The standard library's `copy` tries Jython's org.python, and the interpreter reports what was tried too.
    known = sys.stdlib_module_names | {"click", "org"}
    return {name for name in modules if name.partition(".")[0] not in known}


@cache
def _modules_of(*arguments: str) -> frozenset[str]:
    """Return every module that the interpreter imports for ``arguments``, by its own report."""
    ran = subprocess.run([sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr
    rows = (line for line in ran.stderr.splitlines() if line.startswith("import time:"))
    return frozenset(row.rpartition("|")[2].strip() for row in rows)
