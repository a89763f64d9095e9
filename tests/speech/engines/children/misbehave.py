"""A child of the worker protocol that does as the request says, well or badly."""

import json
import os
import sys
import time


def answer(head: dict, payload: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps({**head, "bytes": len(payload)}).encode() + b"\n" + payload)
    sys.stdout.buffer.flush()


def raw(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def work(seconds: float) -> None:
    while time.process_time() < seconds:
        pass


for line in sys.stdin.buffer:
    request = json.loads(line)
    match request["do"]:
        case "echo":
            answer({"pid": os.getpid()}, request["text"].encode())
        case "slow":
            time.sleep(request["s"])
            answer({})
        case "hang":
            time.sleep(3600)
        case "hang with child":
            if os.fork() == 0:
                time.sleep(3600)
            os.wait()
        case "work":
            work(request["s"])
            answer({})
        case "let work":
            fork = os.fork()
            if fork == 0:
                work(request["s"])
                os._exit(0)
            os.waitpid(fork, 0)
            answer({})
        case "crash":
            print("about to fall\nit hurts", file=sys.stderr, flush=True)
            os._exit(3)
        case "die":
            os.kill(os.getpid(), 11)
        case "garbage":
            raw(b"Audio saved to /tmp/x.wav\n")
        case "no size":
            raw(b'{"rate_hz": 1}\n')
        case "huge":
            raw(b'{"bytes": 99999999999}\n')
        case "endless":
            raw(b"x" * 3_000_000)
        case "short":
            raw(b'{"bytes": 100}\nabc')
            os._exit(0)
        case "refuse":
            answer({"error": "no such voice"})
        case "noise":
            written = sys.stderr.write("warning\n" * 100_000)
            answer({"written": written})
