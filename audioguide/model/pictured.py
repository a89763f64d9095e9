"""The figure of an exercise as its file states it: the name of a built-in one, or a picture of the user's own."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any

from pydantic import Field, ValidationInfo
from pydantic_core import PydanticCustomError

from audioguide.model.doses import FileModel
from audioguide.model.validators import BeforeValidator

ENDINGS = (".png", ".jpg", ".jpeg", ".svg")
"""Of files that may be a picture."""

LONGEST_ALT = 300

FIGURE_FORM = 'write figure = "bird-dog", or figure = { file = "pictures/lunge.png", alt = "A long step forward." }'


class PictureFile(FileModel):
    """A picture of the user's own."""

    file: Annotated[
        str,
        Field(
            description="The picture, seen from the protocol file and in its folder: .png, .jpg, or .svg "
            "that runs and loads nothing.",
            examples=["pictures/lunge.png"],
        ),
    ]
    alt: Annotated[
        str,
        Field(
            max_length=LONGEST_ALT,
            description="What it shows, for who can't see it.",
            examples=["A long step forward, both knees bent."],
        ),
    ]


# A dataclass, as two pictures are the same whatever file names them.
@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture of the user's own.

    Attributes:
        path: the file.
        folder: the folder of the protocol, which it has to lie in.
        alt: what it shows.
        source: the file of the protocol as the user knows it.
    """

    path: Path
    folder: Path
    alt: str
    source: str = field(compare=False)


def _as_figure(value: Any, info: ValidationInfo) -> Any:
    """Return the name of a figure as it is, and a table as the picture that it names."""
    if isinstance(value, OwnPicture | str):
        return value
    if not isinstance(value, dict) or value.keys() != {"file", "alt"}:
        raise _advice("is no figure", FIGURE_FORM)
    file, alt = value["file"], value["alt"]
    if not isinstance(file, str) or not isinstance(alt, str):
        raise _advice("is no figure", FIGURE_FORM)
    if not alt.strip() or not alt.isprintable() or len(alt) > LONGEST_ALT:
        raise _advice(
            "has no alt that could be read out", f"say on one line what it shows, in 1 to {LONGEST_ALT} signs"
        )
    if not file.isprintable() or not file.lower().endswith(ENDINGS):
        raise _advice("is no picture that can be used", f"use a file that ends in {', '.join(ENDINGS)}")
    # As either system writes paths: a protocol is passed on.
    paths = PurePosixPath(file), PureWindowsPath(file)
    if any(path.is_absolute() or path.anchor or ".." in path.parts for path in paths):
        raise _advice("lies outside the protocol's folder", "put the picture beside the protocol file or below it")
    context = info.context or {}
    folder = context.get("folder")
    if folder is None:
        raise _advice("has a picture, and no file of a protocol beside it", "load the protocol from its file")
    return OwnPicture(Path(folder, file), Path(folder), alt, context["source"])


def _advice(what: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("advice", what, {"hint": hint})


Figure = Annotated[str | OwnPicture, BeforeValidator(_as_figure, json_schema_input_type=str | PictureFile)]
