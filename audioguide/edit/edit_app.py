"""Answers the page's requests: GET shows it, and each POST, which only the page itself may send, changes the file."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path as FilePath
from threading import Lock
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from msgspec import Struct
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from audioguide.edit.checked_text import checked
from audioguide.edit.edits import END, Edit, EditKind, value_at
from audioguide.edit.hearing import Speaker
from audioguide.edit.open_file import ChangedElsewhereError, OpenFile
from audioguide.edit.page_fields import element_id, typed_value
from audioguide.edit.page_view import view_of
from audioguide.edit.toml_places import Path
from audioguide.errors import AudioguideError, RequestError
from audioguide.export.page_templates import filled_page
from audioguide.export.plan.picture import to_svg
from audioguide.languages.registry import FOLDERS, find
from audioguide.library.builtin import raw_exercises
from audioguide.library.protocol_files import builtin_ids, builtin_text, refuse_as_new
from audioguide.library.toml_files import LARGEST_FILE, parse_toml
from audioguide.library.translations import ORIGINAL, template
from audioguide.model.ids import free_id
from audioguide.model.units import clock
from audioguide.share.gate import NO_STORE, TOKEN_BYTES, Gate, headers_with, refusal

_PAGE_ALLOWS = (
    "connect-src 'self'; media-src blob:; img-src data:; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
)

LARGEST_BODY = 2 * LARGEST_FILE
"""Bytes of a request: the text of a whole file, with the escapes of JSON."""

Body = Mapping[str, Any]


class Told(Struct, frozen=True):
    """What a change has to say besides the page as it is now.

    Attributes:
        status: the answer's HTTP status.
        said: words for the person; empty for those that the page has.
        focus: the id of the element that comes next; empty for where the person is.
        open: ids of parts that are to be shown open.
        problem: what is wrong with the path that was asked for at the start.
    """

    status: int = 200
    said: str = ""
    focus: str = ""
    open: tuple[str, ...] = ()
    problem: str = ""


class Editing:
    """The application (ASGI) that edits one file.

    Args:
        file: the file; None to ask what to start from and where it goes.
        path: where a new file would go.
        gate: who gets in.
        origins: the origins from which a POST may come: the page's own.
        speaker: says texts aloud.
    """

    def __init__(
        self, file: OpenFile | None, path: FilePath, *, gate: Gate, origins: frozenset[str], speaker: Speaker
    ) -> None:
        self._file, self._path, self._gate, self._origins, self._speaker = file, path, gate, origins, speaker
        # Windows of a browser ask at the same time.
        self._turn = Lock()

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost if the program ended."""
        return self._file is None or self._file.is_saved

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        name = self._gate.name_in(scope)
        response = refusal()
        if name == b"" and request.method in ("GET", "HEAD"):
            response = await asyncio.to_thread(self._whole_page)
        elif name is not None and request.method == "POST" and self._is_own(request):
            body = await _body_of(request)
            if body is not None:
                response = await asyncio.to_thread(self._posted, name, body)
        await response(scope, receive, send)

    def _is_own(self, request: Request) -> bool:
        """Return whether a POST comes from the page: other sites can send one, but not with this origin."""
        # Browsers send Origin with every POST (Fetch, 3.2), and no page can choose it. A form of another site can't
        # send this type without asking first (CORS preflight), which is refused.
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin", "").lower()
        return origin in self._origins and site == "same-origin" and kind == "application/json"

    def _whole_page(self) -> Response:
        # Only the page's own script and styles carry it, so that none in a file's texts would run.
        nonce = secrets.token_urlsafe(TOKEN_BYTES)
        with self._turn:
            content = self._content(Told(), frozenset({"timeline"}))
            title = "A protocol of your own" if self._file is None else self._file.path.name
        html = filled_page("audioguide.edit", "edit.html.j2", nonce=nonce, title=title, content=Markup(content))
        headers = headers_with(NO_STORE, _PAGE_ALLOWS.format(nonce=nonce))
        return Response(html, headers=headers, media_type="text/html")

    def _posted(self, name: bytes, body: Body) -> Response:
        """Return the answer to a POST: the page as it is after the change, with what the change has to say."""
        if name == b"hear":
            return self._hear(body)
        with self._turn:
            told = self._start(body) if name == b"start" else self._changed(name, body)
            if told is None:
                return refusal()
            asked = body.get("open")
            opened = {each for each in asked if isinstance(each, str)} if isinstance(asked, list) else set()
            content = {
                "html": self._content(told, frozenset({*opened, *told.open})),
                "said": told.said,
                "focus": told.focus,
                "open": told.open,
            }
        return JSONResponse(content, told.status, headers_with(NO_STORE))

    def _changed(self, name: bytes, body: Body) -> Told | None:
        """Change the file, unless the window that asks shows an earlier text; None for what no page asks for."""
        file = self._file
        if file is None or name not in _CHANGES:
            return None
        if name != b"view" and body.get("revision") != str(file.revision):
            said = (
                "This was changed in another window meanwhile, and is shown here as it is now. Make your change again."
            )
            return Told(409, said)
        try:
            return changed(file, name, body)
        except ChangedElsewhereError as error:
            return Told(409, f"{error}.", focus="conflict")
        except AudioguideError as error:
            return Told(422, f"{error}")

    def _start(self, body: Body) -> Told | None:
        """Begin a new file of what the page offers; None for what it doesn't offer."""
        if self._file is not None:
            return Told(409, "Another window has begun already; this is what it shows.")
        # Only by its name in the page, so that no request has another file read.
        start = starts().get(str(body.get("source")))
        if start is None:
            return None
        try:
            path = _path_in(body)
            self._path = path
            refuse_as_new(path)
        except AudioguideError as error:
            return Told(422, f"{error}", focus="path", problem=f"{error}")
        self._file = OpenFile(path, start.text)
        return Told(said="Nothing is written before you save.", focus="page")

    def _hear(self, body: Body) -> Response:
        """Return a text of the file as a WAV."""
        # The turn is given back before speaking, which takes seconds in which edits go on.
        with self._turn:
            file = self._file
            found = None if file is None else checked(file.text, file.path)
        if found is None or found.data is None:
            return JSONResponse({"said": "There is nothing to say yet."}, 422, headers_with(NO_STORE))
        try:
            words = value_at(found.data, _steps(body.get("path")))
            text = words.get("text") if isinstance(words, dict) else words
            if not isinstance(text, str):
                raise RequestError("there is no text; write one first")
            sound = self._speaker.say(text, found.protocol, found.data.get("language"))
        except AudioguideError as error:
            return JSONResponse({"said": f"{error}"}, 422, headers_with(NO_STORE))
        return Response(sound, headers=headers_with(NO_STORE), media_type="audio/wav")

    def _content(self, told: Told, opened: frozenset[str]) -> str:
        """Return what the page shows inside its frame."""
        if self._file is not None:
            return file_html(self._file, opened)
        return filled_page(
            "audioguide.edit",
            "start.html.j2",
            revision=0,
            sources=starts(),
            path=self._path,
            folder=FilePath.cwd(),
            problem=told.problem,
        )


_CHANGES = frozenset({b"view", b"edit", b"undo", b"save", b"save-as", b"reload"})
"""The requests of a page that shows a file."""


def changed(file: OpenFile, name: bytes, body: Body) -> Told:
    """Do what one of the requests in `_CHANGES` asks of ``file``, and return what it has to say.

    Raises:
        RequestError: when it can't be done, such as saving a file that another program has changed.
        FileError: when the file can't be read again.
        OutputError: when the disk is full or fails.
    """
    match name:
        case b"edit":
            return _told_of_edit(file, edit_of(body.get("edit")))
        case b"undo":
            file.undo()
            return Told(said="The last change is undone.")
        case b"save":
            file.save()
            return Told(said=f"Saved: {file.path}")
        case b"save-as":
            file.save_as(_path_in(body))
            return Told(said=f"Saved: {file.path}", focus="save")
        case b"reload":
            file.reload()
            return Told(said="This is the file as it is now; Undo brings your changes back.", focus="save")
    return Told()


def _told_of_edit(file: OpenFile, edit: Edit) -> Told:
    """Make an edit; the fields of an exercise that it brings are opened, and its name comes next."""
    known = set(_own_exercises(file.text))
    file.apply(edit)
    made = [key for key in _own_exercises(file.text) if key not in known]
    if edit.kind in (EditKind.NEW_EXERCISE, EditKind.OWN_EXERCISE) and made:
        details = element_id(("exercise", made[0]), is_group=True)
        return Told(open=(details,), focus=element_id(("exercise", made[0], "name")))
    return Told(said="The text is taken over." if edit.kind is EditKind.TEXT else "")


def file_html(file: OpenFile, opened: frozenset[str]) -> str:
    """Return what the page shows of ``file``, with the parts whose ids are ``opened`` open."""
    found = checked(file.text, file.path)
    title = found.plan.title if found.plan else value_at(found.data, ("title",))
    other_name = ""
    if file.is_changed_elsewhere:
        # Suggested as the path to save to, so that neither this text nor the other program's is lost.
        taken = {each.stem for each in file.path.absolute().parent.glob("*.toml")}
        other_name = str(file.path.with_name(f"{free_id(file.path.stem, taken)}.toml"))
    return filled_page(
        "audioguide.edit",
        "parts.html.j2",
        file=file,
        revision=file.revision,
        checked=found,
        view=view_of(found) if found.is_protocol else None,
        title=title if isinstance(title, str) and title else file.path.name,
        length=clock(found.plan.timeline.duration_ms) if found.plan else "",
        picture=Markup(to_svg(found.plan)) if found.plan else "",
        opened=opened,
        built_in=raw_exercises().keys(),
        built_in_protocols=builtin_ids(),
        other_name=other_name,
        id_of=element_id,
        end=END,
        with_code=with_code,
        group_of=lambda path: element_id(path, is_group=True),
    )


def with_code(words: str) -> Markup:
    """Return a description with what stands between backticks as code."""
    parts = [escape(part) for part in words.split("`")]
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )


def edit_of(sent: Any) -> Edit:
    """Return the edit that the page has sent.

    Raises:
        RequestError: for one that no page sends.
    """
    if not isinstance(sent, Mapping) or sent.get("kind") not in [*EditKind]:
        raise RequestError("the page asked for something unknown; load it again")
    value = sent.get("value")
    if isinstance(sent.get("as"), str) and isinstance(value, str):
        value = typed_value(value, sent["as"])
    if sent["kind"] == EditKind.TEXT and isinstance(value, str):
        # A form may end the lines of a text box as Windows does.
        value = value.replace("\r\n", "\n")
    return Edit(EditKind(sent["kind"]), _steps(sent.get("path")), value)


def _steps(sent: Any) -> Path:
    # JSON's true and false would pass for the numbers 1 and 0.
    is_path = isinstance(sent, list) and all(
        isinstance(step, str | int) and not isinstance(step, bool) for step in sent
    )
    if not is_path:
        raise RequestError("the page asked for something unknown; load it again")
    return tuple(sent)


def _path_in(body: Body) -> FilePath:
    """Return the path that a person has typed."""
    typed = body.get("path")
    if not isinstance(typed, str) or not typed.strip():
        raise RequestError("write the name of a file that ends in .toml")
    return FilePath(typed.strip()).expanduser()


class Start(NamedTuple):
    """What a new protocol may start from.

    Attributes:
        name: what it is called.
        text: its file.
    """

    name: str
    text: str


def starts() -> dict[str, Start]:
    """Return what a new protocol may start from, by its name in the page: small ones, and those that are built in."""
    found: dict[str, Start] = {}
    for code in FOLDERS:
        in_language = "" if code == ORIGINAL else f", in {find(code).name}"
        with suppress(RequestError):  # there is none in this language yet
            found[f"template-{code}"] = Start(f"A small protocol{in_language}, its lines explained", template(code))
    for name in builtin_ids():
        text = builtin_text(name)
        found[name] = Start(f"{parse_toml(text.encode(), name)['title']} ({name}), which comes with audioguide", text)
    return found


def _own_exercises(text: str) -> Sequence[str]:
    """Return the ids of the exercises that a file defines; none while it is no TOML."""
    try:
        found = parse_toml(text.encode("utf-8", "surrogatepass"), "").get("exercise")
    except AudioguideError:
        return ()
    return [*found] if isinstance(found, dict) else ()


async def _body_of(request: Request) -> Body | None:
    """Return the JSON object in a request; None where it holds none, or is too long."""
    data = bytearray()
    try:
        async for piece in request.stream():
            data += piece
            if len(data) > LARGEST_BODY:
                return None
        found = json.loads(data)
    except (ClientDisconnect, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
