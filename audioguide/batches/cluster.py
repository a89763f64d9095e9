"""The workers of a batch on other machines: a Dask cluster (extra `cluster`) that somebody has started.

Workers need this package and nothing else, no voice and no shared folder. What a session is made of goes to them with
the request; speech with a second one, where a worker says that it lacks it, so that each worker gets each clip once and
only those that it needs. A session comes back with equal frames once, a quarter of its file, and is written here.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from audioguide.batches.making import Failed, Job, Maker, MakeRequest, Packed, program_digest
from audioguide.errors import OutputError, RequestError
from audioguide.storage.cache import NoCache
from audioguide.storage.whole_files import why_unwritten

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as RemoteFuture

INSTALL = 'pip install "audioguide[cluster]"'

CONNECT_S = 10
"""How long the scheduler may take to answer at first."""

LOOK_S = 0.5
"""How often it is seen whether the scheduler is there, and how many workers it has."""

MOST_LARGE = 8
"""Requests with speech that are under way at once: at the beginning each worker asks for all of it, 27 MB a time, which
the scheduler holds until it is done."""

WRITERS = 4
"""Sessions that are written at once; checksums and writing leave the interpreter's lock."""

MUST_AGREE = ("lameenc", "msgspec", "mutagen", "numpy", "pillow", "pydantic")
"""Packages of which another version may make other bytes, or can't read what is sent."""


class OtherVersionError(Exception):
    """A worker has another version of the program than the one that asks it."""


def versions() -> dict[str, str]:
    """Return the versions that have to be the same on all machines."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"audioguide": program_digest(), "Python": python, **{name: metadata.version(name) for name in MUST_AGREE}}


_lock = threading.Lock()
_makers: dict[bytes, Maker] = {}
"""What makes sessions in this worker, by the batch."""


def work(job: bytes, wanted_versions: dict[str, str], request: bytes) -> tuple[str, Any]:
    """Return the address of the worker that this is called in, and what `Maker.pack` answers.

    Raises:
        OtherVersionError: naming what differs.
    """
    from distributed import get_worker

    # One after the other, as they share what they remember: a machine is filled by processes.
    with _lock:
        if difference := differing(wanted_versions, versions()):
            raise OtherVersionError(difference)
        if job not in _makers:
            # What another batch needed is needed no more.
            _makers.clear()
            # What is kept on this machine may come of a voice that sounds a little otherwise on its processor.
            _makers[job] = Maker(pickle.loads(job), NoCache())
        return get_worker().address, _makers[job].pack(pickle.loads(request))


def differing(wanted: dict[str, str], found: dict[str, str]) -> str:
    """Return the first thing whose versions differ, with both; empty where all are the same."""
    for name, version in wanted.items():
        if found.get(name) != version:
            return f"{name} {found.get(name, 'none')[:12]} there and {version[:12]} here"
    return ""


class ClusterWorkers:
    """The workers of a Dask cluster.

    Args:
        job: what is the same for all people.
        address: of the scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises:
        RequestError: when Dask is not installed, the scheduler doesn't answer or has no workers, or their versions
            differ.
    """

    shares_cache = False

    def __init__(self, job: Job, address: str) -> None:
        self._job, self._address = job, address
        # The rows are read here, so workers need none of the table's files.
        self._reader = Maker(job)
        self._packed_job = pickle.dumps(job)
        self._client = _connected(address)
        self._versions = versions()
        self._waiting: set[Future[Any]] = set()
        self._remote: set[RemoteFuture[Any]] = set()
        self._asked_before: dict[str, str] = {}
        self._large_waiting: deque[Callable[[], None]] = deque()
        self._large_running = 0
        self._large_lock = threading.Lock()
        self._ended = threading.Event()
        self._writers = ThreadPoolExecutor(WRITERS)
        self.count = len(self._client.nthreads())
        try:
            self._refuse_others()
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._watch, daemon=True).start()

    def _refuse_others(self) -> None:
        if not self.count:
            hint = f"start some with: dask worker {self._address}"
            raise RequestError(f"--cluster {self._address}: it has no workers; {hint}")
        found: dict[str, dict[str, str] | Exception] = self._client.run(versions, on_error="return")
        for worker, there in found.items():
            if isinstance(there, OSError):
                # It ended while it was asked; others do its work, and one that comes is asked with each session.
                continue
            if isinstance(there, ImportError | AttributeError):
                what = f"a worker has no audioguide, or an older one ({there})"
                raise RequestError(f"--cluster {self._address}: {what}; install the same on all machines")
            if isinstance(there, Exception):
                raise there
            if difference := differing(self._versions, there):
                raise RequestError(_other_version(self._address, worker, difference))

    def submit(self, what: str, value: Any) -> Future[Any]:
        """Return what will be the answer of `making.Maker`'s method ``what``."""
        answer: Future[Any] = Future()
        if what == "check":
            answer.set_result(self._reader.check(value))
            return answer
        request: MakeRequest = value
        wanted = request.wanted or self._job.reader.wanted(request.person)
        sent = pickle.dumps(replace(request, wanted=wanted, folder=Path()))
        self._waiting.add(answer)
        stem = request.person.stem
        # What it lacked goes to the worker that lacked it, or, where that is gone, to one that asks in its turn.
        before = self._asked_before.pop(stem, None)
        where = {"workers": [before], "allow_other_workers": True} if before else {}

        def send() -> None:
            with warnings.catch_warnings():
                # Dask warns of large requests; speech is one, once a worker.
                warnings.simplefilter("ignore")
                remote = self._client.submit(work, self._packed_job, self._versions, sent, pure=False, **where)
            self._remote.add(remote)
            remote.add_done_callback(lambda done: self._writers.submit(self._finish, done, request, answer))

        if request.speech:
            with self._large_lock:
                if self._large_running >= MOST_LARGE:
                    self._large_waiting.append(send)
                    return answer
                self._large_running += 1
        send()
        return answer

    def _send_next_large(self) -> None:
        with self._large_lock:
            send = self._large_waiting.popleft() if self._large_waiting else None
            if send is None:
                self._large_running -= 1
        if send is not None:
            send()

    def _finish(self, remote: RemoteFuture[Any], request: MakeRequest, answer: Future[Any]) -> None:
        """Take a worker's answer, and write the files that are in it."""
        try:
            if remote.status == "finished":
                worker, result = remote.result()
                if isinstance(result, Packed):
                    result = result.unpacked(request.folder)
                elif not isinstance(result, Failed):
                    self._asked_before[request.person.stem] = worker
                self._give(answer, result)
            elif remote.status == "error":
                error = remote.exception()
                if isinstance(error, OtherVersionError):
                    self._give(answer, RequestError(_other_version(self._address, "a worker", f"{error}")))
                else:
                    # Such as Dask's KilledWorker, after several workers died over it.
                    self._give(answer, Failed(f"the cluster gave it up: {error}"))
            elif not self._ended.is_set():
                self._give(answer, self._gone())
        except OSError as error:
            self._give(answer, Failed(why_unwritten(error)))
        except Exception as error:
            # Whatever it is, nobody may wait for ever.
            self._give(answer, self._gone() if self._client.status != "running" else Failed(f"{error}"))
        finally:
            self._remote.discard(remote)
            if request.speech and not self._ended.is_set():
                self._send_next_large()

    def _give(self, answer: Future[Any], result: Any) -> None:
        self._waiting.discard(answer)
        # The watch may have given it up.
        with contextlib.suppress(Exception):
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)

    def _watch(self) -> None:
        """See how many workers there are, and end the waiting when the scheduler is gone."""
        while not self._ended.wait(LOOK_S):
            lost = self._client.status != "running"
            with contextlib.suppress(Exception):
                if not lost:
                    self.count = max(1, len(self._client.nthreads()))
            if lost:
                for answer in list(self._waiting):
                    self._give(answer, self._gone())

    def _gone(self) -> OutputError:
        what = f"the scheduler at {self._address} is gone"
        return OutputError(f"{what}; what is done is kept: start it, and give the same command again")

    def close(self) -> None:
        """Leave the cluster; what its workers are doing is of no use any more. Closing twice is fine."""
        if self._ended.is_set():
            return
        self._ended.set()
        with contextlib.suppress(Exception):
            self._client.cancel(list(self._remote), force=True)
        self._writers.shutdown(wait=True, cancel_futures=True)
        with contextlib.suppress(Exception):
            self._client.close(timeout=2)


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise RequestError(f"--cluster {address}: Dask is not installed; install it with: {INSTALL}") from None
    # Dask tells of each lost connection with a traceback; what matters is told by us.
    import logging

    for name in ("distributed", "distributed.client", "distributed.comm", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = f"{error}".splitlines()[0][:120] or type(error).__name__
        hint = "start it with `dask scheduler`, and name it as tcp://HOST:8786"
        raise RequestError(f"--cluster {address}: no scheduler answers there ({why}); {hint}") from None


def _other_version(address: str, worker: str, difference: str) -> str:
    return f"--cluster {address}: {worker} differs: {difference}; install the same versions on all machines"
