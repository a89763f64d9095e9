"""Saves a file with another title and kills itself at a chosen moment.

``python -m tests.edit.self_killing FILE NUMBER``: the moments are the calls to the system that Python's audit
hooks tell of while the file is saved.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from audioguide.edit.edits import Edit, EditKind
from audioguide.edit.open_file import opened


def main(path: Path, moment: int) -> None:
    file = opened(path)
    file.apply(Edit(EditKind.SET, ("title",), "Two" * 40_000))
    moments = count(1)

    def hook(event: str, _values: object) -> None:
        if event.startswith(("os.", "open", "shutil.")) and next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    file.save()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
