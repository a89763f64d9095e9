import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide.errors import SpeechError
from audioguide.speech.engines.pool import WorkerPool
from audioguide.speech.engines.worker import Worker, WorkerFailedError, WorkerOverdueError, WorkerRefusedError, advised
from tests.waiting import until

pytestmark = pytest.mark.real

CHILD = Path(__file__).parent / "children" / "misbehave.py"
COMMAND = [sys.executable, "-I", "-S", str(CHILD)]


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker("test worker", COMMAND)
    yield worker
    worker.close()


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_answers_with_head_and_payload(worker: Worker) -> None:
    answer = worker.ask({"do": "echo", "text": "énergie 💪"}, 10)
    assert answer.payload.decode() == "énergie 💪"
    assert answer.head["pid"] == worker.pid


def test_one_process_serves_many_requests(worker: Worker) -> None:
    pids = {worker.ask({"do": "echo", "text": "a" * size}, 10).head["pid"] for size in (0, 1, 100_000)}
    assert len(pids) == 1


@pytest.mark.parametrize(
    ("do", "said"),
    [
        ("crash", r"ended with status 3 \(it hurts\)"),
        ("die", "ended with status -11"),
        ("garbage", "Audio saved.*not of the protocol"),
        ("no size", "not of the protocol"),
        ("huge", "not of the protocol"),
        ("endless", "not of the protocol"),
        ("short", "3 of 100 bytes"),
    ],
)
def test_a_bad_answer_is_an_error_and_the_next_process_is_fresh(worker: Worker, do: str, said: str) -> None:
    before = worker.ask({"do": "echo", "text": ""}, 10).head["pid"]
    with pytest.raises(WorkerFailedError, match=said):
        worker.ask({"do": do}, 10)
    until(lambda: is_gone(before))
    assert worker.ask({"do": "echo", "text": "again"}, 10).payload == b"again"


@pytest.mark.parametrize("do", ["hang", "hang with child"])
def test_a_hang_ends_at_the_limit(worker: Worker, do: str) -> None:
    with pytest.raises(WorkerFailedError, match=r"gave no answer in 0\.5 s"):
        worker.ask({"do": do}, 0.5)
    assert worker.pid is None


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="no /proc here: run the tests on Linux")


def impatient() -> Worker:
    return Worker("test worker", COMMAND, idle_s=0.2)


@LINUX
@pytest.mark.parametrize("do", ["hang", "hang with child"])
def test_a_child_that_does_nothing_is_given_up_long_before_the_limit(do: str) -> None:
    worker = impatient()
    with pytest.raises(WorkerOverdueError, match=r"test worker did nothing for 0\.2 s; see whether something stops it"):
        worker.ask({"do": do}, 3600)
    assert worker.pid is None


@LINUX
def test_a_child_that_somebody_stops_again_and_again_is_replaced_once() -> None:
    pool, pids = WorkerPool(impatient), []

    def attempt(worker: Worker) -> None:
        pids.append(worker.ask({"do": "echo", "text": ""}, 10).head["pid"])
        os.kill(pids[-1], signal.SIGSTOP)
        worker.ask({"do": "echo", "text": ""}, 3600)

    with pytest.raises(WorkerOverdueError, match="did nothing"):
        pool.retry(attempt)
    pool.close()
    assert len(set(pids)) == 2


@LINUX
@pytest.mark.parametrize("do", ["work", "let work"])
def test_a_child_that_works_or_lets_another_work_is_not_idle(do: str) -> None:
    worker = impatient()
    worker.ask({"do": do, "s": 1.0}, 60)
    assert worker.pid is not None
    worker.close()


def test_who_waited_for_a_worker_that_was_given_up_does_not_try_again() -> None:
    pool, asked = WorkerPool(lambda: Worker("test worker", COMMAND), most=1), []
    is_lent = threading.Event()

    def hang(worker: Worker) -> None:
        asked.append("hang")
        is_lent.set()
        until(lambda: waiter.ident is not None and "retry" in functions_of(waiter))
        worker.ask({"do": "hang"}, 0.1)

    def wait() -> None:
        with pytest.raises(WorkerOverdueError, match=r"gave no answer in 0\.1 s"):
            pool.retry(lambda _: asked.append("waited"))
        asked.append("told")

    waiter = threading.Thread(target=lambda: (is_lent.wait(), wait()))
    waiter.start()
    with pytest.raises(WorkerOverdueError):
        pool.retry(hang)
    waiter.join()
    pool.retry(lambda _: asked.append("later"))
    pool.close()
    assert asked == ["hang", "hang", "told", "later"]


def functions_of(thread: threading.Thread) -> list[str]:
    frame = sys._current_frames().get(thread.ident or 0)
    return [found.name for found in traceback.extract_stack(frame)] if frame else []


def test_a_slow_answer_within_the_limit_is_fine(worker: Worker) -> None:
    worker.ask({"do": "slow", "s": 0.3}, 20)
    assert worker.pid is not None


def test_a_refusal_keeps_the_process(worker: Worker) -> None:
    pid = worker.ask({"do": "echo", "text": ""}, 10).head["pid"]
    with pytest.raises(WorkerRefusedError, match="no such voice"):
        worker.ask({"do": "refuse"}, 10)
    assert worker.pid == pid


def test_much_on_stderr_blocks_nothing(worker: Worker) -> None:
    assert worker.ask({"do": "noise"}, 20).head["written"] == 800_000
    assert worker.ask({"do": "echo", "text": "again"}, 10).payload == b"again"


def test_a_command_that_is_missing_is_said() -> None:
    with pytest.raises(WorkerFailedError, match="can't be started"):
        Worker("test worker", ["/nowhere/python"]).ask({}, 1)


def test_close_leaves_no_process_and_may_be_repeated(worker: Worker) -> None:
    pid = worker.ask({"do": "echo", "text": ""}, 10).head["pid"]
    worker.close()
    worker.close()
    until(lambda: is_gone(pid))


def test_the_child_dies_with_its_parent() -> None:
    script = (
        "import os, sys; from audioguide.speech.engines.worker import Worker; "
        "print(Worker('w', sys.argv[1:]).ask({'do': 'echo', 'text': ''}, 10).head['pid'], flush=True); os._exit(9)"
    )
    run = subprocess.run([sys.executable, "-c", script, *COMMAND], capture_output=True, text=True, check=False)
    assert run.returncode == 9
    until(lambda: is_gone(int(run.stdout)))


def test_a_pool_tries_three_times_each_in_a_fresh_process() -> None:
    pool, pids = WorkerPool(lambda: Worker("test worker", COMMAND)), []

    def attempt(worker: Worker) -> None:
        pids.append(worker.ask({"do": "echo", "text": ""}, 10).head["pid"])
        worker.ask({"do": "crash"}, 10)

    with pytest.raises(SpeechError, match="ended with status 3"):
        pool.retry(attempt)
    pool.close()
    assert len(set(pids)) == 3


def test_a_pool_tries_twice_where_no_answer_comes() -> None:
    pool, pids = WorkerPool(lambda: Worker("test worker", COMMAND)), []

    def attempt(worker: Worker) -> None:
        pids.append(worker.ask({"do": "echo", "text": ""}, 10).head["pid"])
        assert worker.pid
        os.kill(worker.pid, signal.SIGSTOP)
        worker.ask({"do": "echo", "text": ""}, 0.1)

    with pytest.raises(WorkerOverdueError, match=r"gave no answer in 0\.1 s"):
        pool.retry(attempt)
    pool.close()
    assert len(set(pids)) == 2


def test_a_pool_does_not_repeat_what_was_refused() -> None:
    pool, asked = WorkerPool(lambda: Worker("test worker", COMMAND)), []

    def attempt(worker: Worker) -> None:
        asked.append(worker)
        worker.ask({"do": "refuse"}, 10)

    with pytest.raises(WorkerRefusedError):
        pool.retry(attempt)
    pool.close()
    assert len(asked) == 1


def test_a_library_that_memory_lacks_for_is_told_with_the_limit_to_raise() -> None:
    # As the loader of glibc says it (elf/dl-map-segments.h).
    why = "ImportError: state.so: failed to map segment from shared object"
    assert advised(why) == f"{why}; raise the limit of memory (ulimit -v)"
    assert advised("no such voice") == "no such voice"
