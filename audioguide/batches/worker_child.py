"""A worker of a batch, in a process of its own: reads requests from stdin, makes sessions, answers on stdout.

Messages are those of `speech.engines.worker`: a line of JSON each way, and raw bytes behind the answer's.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import pickle
import sys
from typing import Any


def main() -> None:
    """Answer requests until stdin ends."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(50_000)
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    from audioguide.batches.making import Maker

    maker: Maker | None = None
    for line in sys.stdin.buffer:
        what, value = pickle.loads(base64.b64decode(json.loads(line)["request"]))
        result: Any = None
        if what == "job":
            maker = Maker(value)
        else:
            assert maker is not None
            result = getattr(maker, what)(value)
        data = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
        answers.write(json.dumps({"bytes": len(data)}).encode() + b"\n" + data)
        answers.flush()


if __name__ == "__main__":
    main()
