"""Requests to the application of `edit`: changes a page sends, right, odd and from elsewhere, one after the other.

Whatever comes, the answer is one of the page's own kinds, the page's elements are its own, the text can be undone, and
what is saved is what the page shows. Who isn't the page changes nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import tomllib
from collections.abc import Mapping
from typing import Any

from scripts.campaign.odd_values import TEXTS, changed, damaged, odd, small_protocol, toml_of
from scripts.campaign.payloads import PAYLOADS, elements_of
from scripts.campaign.protocols import schema
from scripts.campaign.trial import Trial

REQUESTS = 15
"""Requests of a trial, which has a file of its own."""

TOKEN, HOST = "token", "127.0.0.1:8000"
STATUSES = {200, 404, 409, 422}

NAMES = (*["edit"] * 10, "undo", "undo", "save", "view", "hear", "save-as", "reload", "start", "nothing")
KINDS = (*["set"] * 6, "remove", "insert", "insert", "move", "text", "new-exercise", "own-exercise", "choice")
"""What is asked for, and kinds of edits, as often as they come."""

FOREIGN = "foreign"
"""Where a request comes from that is not the page's."""


def attempt(trial: Trial) -> None:
    """Open a file and send requests."""
    from audioguide.edit.edit_app import Editing
    from audioguide.edit.hearing import Speaker
    from audioguide.edit.open_file import opened
    from audioguide.errors import AudioguideError
    from audioguide.share.gate import Gate
    from audioguide.storage.cache import NoCache

    chance = trial.chance
    trial.inputs = REQUESTS
    table = small_protocol(chance)
    if chance.random() < 0.3:
        table = changed(table, schema(), chance, times=2)
    text = b"# mine\n" + toml_of(table).encode("utf-8", "surrogatepass")
    path = trial.write("own.toml", damaged(text, chance) if chance.random() < 0.1 else text)
    try:
        file = opened(path)
    except AudioguideError:
        return
    # A path that is typed starts where the command was called.
    os.chdir(trial.folder)
    speaker = Speaker(NoCache(), "fake", None)
    gate = Gate(TOKEN, frozenset({HOST}))
    app = Editing(file, path, gate=gate, origins=frozenset({f"http://{HOST}"}), speaker=speaker)
    for _ in range(REQUESTS):
        before = file.text, path.read_bytes()
        name, body, headers = _request(file, chance)
        trial.log.append(f"{name} {json.dumps(body, default=str)[:1500]} {sorted(headers.items())}")
        try:
            status, answer = asyncio.run(_post(app, name, body, headers))
        except Exception as error:
            trial.expect(False, f"raises {error!r}")
            return
        trial.expect(status in STATUSES, f"answered {status}")
        if headers.get("origin") != f"http://{HOST}" or status != 200:
            trial.expect((file.text, path.read_bytes()) == before, f"answered {status} and changed something")
        if status == 200 and name == "save":
            saved = path.read_bytes().decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n")
            trial.expect(saved == file.text.replace("\r\n", "\n"), "saved another text")
        if answer[:1] == b"{" and "html" in (found := json.loads(answer)):
            strange = [element for element in elements_of(found["html"]) if _runs(element)]
            trial.expect(not strange, f"shows {strange[:3]}")
    speaker.close()
    others = sorted(each.name for each in trial.folder.iterdir() if each.suffix != ".toml")
    trial.expect(not others, f"left {others}")


def _runs(element: object) -> bool:
    """Return whether an element of the page could run something or load it from elsewhere."""
    if not isinstance(element, tuple):
        return True
    name, attributes = element[0], element[1]
    handlers = isinstance(attributes, tuple) and any(each.startswith("on") for each in attributes)
    return name in ("script", "iframe", "object", "embed", "img", "base", "meta", "link", "comment") or handlers


def _request(file: Any, chance: random.Random) -> tuple[str, Any, dict[str, str]]:
    """Return a request: what it asks for, its body and its headers."""
    name = chance.choice(NAMES)
    body: Any = {"revision": str(file.revision), "open": ["timeline"]}
    if name == "edit":
        body["edit"] = _edit(file.text, chance)
    elif name == "hear":
        body["path"] = _path(file.text, chance)
    elif name in ("save-as", "start"):
        body |= {
            "path": chance.choice(("own.toml", "", "\0", "none/x.toml", "x.mp3", ".", odd(chance))),
            "source": "hip-flexor",
        }
    if chance.random() < 0.06:
        body = chance.choice((odd(chance), {**body, chance.choice([*body]): odd(chance)}))
    headers = {"host": HOST, "origin": f"http://{HOST}", "content-type": "application/json"}
    if chance.random() < 0.08:
        headers |= chance.choice(
            ({"origin": "http://x.invalid"}, {"origin": ""}, {"content-type": "text/plain"}, {"host": "x.invalid"},
             {"sec-fetch-site": "cross-site"}, {"origin": "null"})
        )  # fmt: skip
        # So that nobody takes the answer for the page's.
        headers["origin"] = headers["origin"] if headers["origin"] != f"http://{HOST}" else FOREIGN
    return name, body, headers


def _edit(text: str, chance: random.Random) -> Any:
    """Return an edit as the page sends it, or nearly."""
    kind = chance.choice(KINDS)
    value: Any = chance.choice(
        (odd(chance), chance.choice(PAYLOADS), chance.choice(TEXTS), chance.choice((5, "5", 2.5, True)))
    )
    if kind == "text":
        value = damaged(text.encode("utf-8", "surrogatepass"), chance).decode("utf-8", "replace")
    elif kind == "new-exercise":
        value = {"name": chance.choice((value, "Reach out")), "work": chance.choice(("hold", "reps", "x"))}
    elif kind == "move":
        value = chance.choice((0, 1, -1, 99, value))
    elif kind in ("own-exercise", "choice"):
        value = chance.choice((value, "couch-stretch", {"name": "couch-stretch"}, ["couch-stretch", "e0"]))
    made = {"kind": kind, "path": _path(text, chance), "value": _sendable(value)}
    if chance.random() < 0.4 and isinstance(value, str):
        made["as"] = chance.choice(("text", "number", "flag", "word", "dose", "list", "table", "names", "unknown", "x"))
    return made


def _sendable(value: Any) -> Any:
    """Return a value as JSON would have it."""
    return json.loads(json.dumps(value, default=str))


def _path(text: str, chance: random.Random) -> Any:
    """Return the path of something in the file, or of something that is not there."""
    if chance.random() < 0.1:
        return _sendable(odd(chance))
    try:
        table = tomllib.loads(text)
        if not table:
            return ["title"]
        steps: list[Any] = []
        inside: Any = table
        while isinstance(inside, dict | list) and inside and (not steps or chance.random() < 0.8):
            step = chance.choice([*inside] if isinstance(inside, dict) else range(len(inside)))
            steps.append(step)
            inside = inside[step]
    except ValueError:
        return ["title"]
    kind = chance.random()
    if kind < 0.15:
        steps.append(
            chance.choice(("hold_s", "setup", "coaching", "weeks", 0, -1, 99, "default", chance.choice(TEXTS)))
        )
    elif kind < 0.2:
        steps.pop()
    return _sendable(steps)


async def _post(app: Any, name: str, body: Any, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Send a request to the application and return its answer."""
    path = f"/{TOKEN}/{name}"
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
        "http_version": "1.1",
    }
    data = json.dumps(body, default=str).encode("utf-8", "surrogatepass")
    status, made = 0, b""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": data, "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal status, made
        status = message.get("status", status)
        made += message.get("body", b"")

    await app(scope, receive, send)
    return status, made
