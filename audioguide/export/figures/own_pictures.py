"""A protocol's own pictures: read, checked and made small for pages and the MP3."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from audioguide.errors import RequestError
from audioguide.export.figures.own_svg import refuse_unsafe_svg
from audioguide.export.figures.pictures import JPEG, PNG, SVG, Picture
from audioguide.model.pictured import OwnPicture
from audioguide.storage.plain_files import read_plain

LARGEST_BYTES, LARGEST_SVG_BYTES = 10_000_000, 100_000
"""A photo of a telephone has a few megabytes. An SVG goes into pages as it is."""

MOST_PIXELS = 50_000_000
"""A file of a few kilobytes may unpack to gigabytes; this is more than telephones photograph."""

SIDE = 400
"""A picture is reduced to so many pixels in width and height."""

_PLAIN_BYTES = 30_000
"""A PNG that is no larger when reduced stays one; a photo in a PNG becomes a JPEG."""

OWN_PICTURE_VERSION = 1
"""Raised by one whenever pictures are reduced otherwise, so that cached ones are made anew."""


def read_picture(picture: OwnPicture) -> bytes:
    """Return the file of a picture.

    Raises:
        RequestError: when there is no such file in the protocol's folder, or it is too large.
    """
    path = picture.path
    try:
        # A link may lead out of the folder, to what nobody meant to pass on.
        if not path.resolve(strict=True).is_relative_to(picture.folder.resolve()):
            raise RequestError(f"{path}: lies outside the protocol's folder; copy the picture into it")
        most = LARGEST_SVG_BYTES if path.suffix.lower() == ".svg" else LARGEST_BYTES
        if path.is_file() and path.stat().st_size > most:
            raise RequestError(f"{path}: is larger than {most // 1000} kB; make the picture smaller")
        return read_plain(path)
    except FileNotFoundError:
        raise RequestError(f"{path}: no such file; put the picture there, or remove the figure") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a link that leads to itself"
        raise RequestError(f"{path}: can't be read ({reason}); name another file") from None


def finished_picture(path: Path, data: bytes) -> Picture:
    """Return the picture in ``data``, the content of the file at ``path``, as pages and the MP3 have it.

    A raster image is turned upright and reduced, and loses what else a camera wrote into it, such as the place.

    Raises:
        RequestError: when it is damaged, of another kind than its name says, too large, or an SVG that could run or
            load something.
    """
    if path.suffix.lower() == ".svg":
        refuse_unsafe_svg(path, data)
        return Picture(path.name, SVG, data)
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # Pillow warns of an image that may unpack to gigabytes, and refuses twice as large ones.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if opened.width * opened.height > MOST_PIXELS:
            raise RequestError(f"{path}: has {opened.width} × {opened.height} pixels; make the picture smaller")
        is_photo = opened.format == "JPEG"
        # JPEGs can be decoded at a fraction of their size, which takes a fraction of the time.
        opened.draft("RGB", (SIDE, SIDE))
        image = ImageOps.exif_transpose(opened).convert("RGBA")
        image.thumbnail((SIDE, SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RequestError(f"{path}: has too many pixels; make the picture smaller") from None
    except (OSError, ValueError, SyntaxError) as error:
        raise RequestError(f"{path}: is no PNG or JPEG that can be read; save the picture anew") from error
    # On white, as pages put it and JPEG knows no transparency.
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    if not is_photo:
        plain = io.BytesIO()
        flat.save(plain, "PNG", optimize=True)
        if plain.tell() <= _PLAIN_BYTES:
            return Picture(path.name, PNG, plain.getvalue())
    photo = io.BytesIO()
    flat.save(photo, "JPEG", quality=80)
    return Picture(path.name, JPEG, photo.getvalue())
