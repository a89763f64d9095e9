"""A protocol's own pictures: what is taken, what becomes of it, and one line for each that can't be used."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from audioguide.errors import RequestError
from audioguide.export.figures import own_pictures
from audioguide.export.figures.own_pictures import SIDE, finished_picture, read_picture
from audioguide.export.figures.own_svg import refuse_unsafe_svg
from audioguide.model.pictured import OwnPicture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def image(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "red" if mode != "RGBA" else (0, 0, 0, 0)).save(file, kind, **options)
    return file.getvalue()


def noise(kind: str, side: int) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(file, kind)
    return file.getvalue()


def opened(name: str, data: bytes) -> tuple[str, Image.Image]:
    picture = finished_picture(Path("there") / name, data)
    assert picture.name == name
    return picture.media_type, Image.open(io.BytesIO(picture.data))


def test_a_small_drawing_stays_as_sharp_as_it_is():
    media_type, seen = opened("lunge.png", image("PNG"))
    assert (media_type, seen.format, seen.size) == ("image/png", "PNG", (40, 30))


def test_a_large_one_is_reduced():
    media_type, seen = opened("lunge.jpg", noise("JPEG", 1500))
    assert (media_type, seen.format, seen.size) == ("image/jpeg", "JPEG", (SIDE, SIDE))


def test_a_photo_in_a_png_becomes_a_jpeg():
    media_type, seen = opened("lunge.png", noise("PNG", 600))
    assert (media_type, seen.format) == ("image/jpeg", "JPEG")


def test_a_see_through_picture_lies_on_white():
    _, seen = opened("lunge.png", image("PNG", mode="RGBA"))
    assert seen.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_is_upright_and_keeps_nothing_that_the_camera_wrote():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "the camera"
    _, seen = opened("lunge.jpg", image("JPEG", exif=exif))
    assert seen.size == (30, 40)
    assert not seen.getexif()
    assert b"the camera" not in finished_picture(Path("lunge.jpg"), image("JPEG", exif=exif)).data


def test_the_same_picture_gives_the_same_bytes():
    data = noise("PNG", 500)
    assert finished_picture(Path("a.png"), data) == finished_picture(Path("a.png"), data)


def test_an_svg_stays_as_it_is():
    use = '<use href="#a" fill="url(#b)" style="fill: url( #b )"/>'
    drawing = SVG.format(f'<defs><path id="a" d="M0 0h9"/></defs>{use}')
    picture = finished_picture(Path("lunge.svg"), drawing.encode())
    assert (picture.media_type, picture.data) == ("image/svg+xml", drawing.encode())


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<script>alert(1)</script>", "the element 'script'"),
        ('<a:script xmlns:a="http://www.w3.org/2000/svg"/>', "the element 'script'"),
        ('<script xmlns="http://www.w3.org/1999/xhtml"/>', "the element 'script'"),
        ("<foreignObject/>", "the element 'foreignObject'"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "the element 'animate'"),
        ('<path onload="alert(1)"/>', "the event handler 'onload'"),
        ('<path ONCLICK="alert(1)"/>', "the event handler 'ONCLICK'"),
        ('<image href="http://example.org/a.png"/>', "would load something ('href' of 'image')"),
        ('<image xlink:href="a.png" xmlns:xlink="http://www.w3.org/1999/xlink"/>', "would load something"),
        ('<a href="javascript:alert(1)"/>', "would load something"),
        ('<use href="other.svg#a"/>', "would load something"),
        ('<path style="fill: url(http://example.org/a)"/>', "would load something ('style' of 'path')"),
        ("<path fill=\"url('//example.org/a')\"/>", "would load something ('fill' of 'path')"),
        ("<style>@import 'a.css';</style>", "would load something (a style)"),
        ("<style>a { background: u\\72l(a) }</style>", "would load something (a style)"),
        ("<style><![CDATA[a{fill:url(a)}]]></style>", "would load something (a style)"),
        ("<path>", "is no SVG that can be read"),
    ],
)
def test_an_svg_that_runs_or_loads_is_refused_in_one_line(content: str, what: str):
    with pytest.raises(RequestError) as refused:
        refuse_unsafe_svg(Path("lunge.svg"), SVG.format(content).encode())
    line = str(refused.value)
    assert line.startswith("lunge.svg: ")
    assert what in line
    assert "\n" not in line
    assert "; save " in line


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("&a;"), "has a DOCTYPE"),
        ('<?xml-stylesheet href="a.css"?>' + SVG.format(""), "has a processing instruction"),
        ("<svg/>", "is no SVG;"),
        ("<html/>", "is no SVG;"),
        ("", "is no SVG that can be read"),
        ("GIF89a", "is no SVG that can be read"),
    ],
)
def test_what_is_no_plain_svg_is_refused(text: str, what: str):
    with pytest.raises(RequestError, match=r"^lunge\.svg: ") as refused:
        refuse_unsafe_svg(Path("lunge.svg"), text.encode())
    assert what in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", image("PNG")[:40], image("JPEG")[:100], image("BMP"), image("GIF", mode="P")],
    ids=["empty", "cut", "cut PNG", "cut JPEG", "BMP", "GIF"],
)
def test_what_is_no_png_or_jpeg_is_refused(data: bytes):
    with pytest.raises(RequestError, match=r"^lunge\.png: is no PNG or JPEG that can be read; save the picture anew$"):
        finished_picture(Path("lunge.png"), data)


@pytest.mark.parametrize("pixels", [2_000, 100])
def test_one_with_too_many_pixels_is_refused_before_it_is_unpacked(pixels: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own_pictures, "MOST_PIXELS", 1_000)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pixels)
    with pytest.raises(RequestError, match=r"^lunge\.png: has .* pixels; make the picture smaller$"):
        finished_picture(Path("lunge.png"), image("PNG"))


def read(folder: Path, name: str) -> bytes:
    return read_picture(OwnPicture(folder / name, folder, "A lunge.", "own.toml"))


def test_files_that_can_not_be_read_are_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(image("PNG"))
    (inside / "led-out.png").symlink_to(tmp_path / "secret.png")
    (inside / "circle.png").symlink_to(inside / "circle.png")
    (inside / "folder.png").mkdir()
    (inside / "large.svg").write_text(SVG.format(" " * 100_000))
    (inside / "large.png").write_bytes(bytes(200))
    monkeypatch.setattr(own_pictures, "LARGEST_BYTES", 100)
    for name, reason in {
        "none.png": "no such file; put the picture there, or remove the figure",
        "led-out.png": "lies outside the protocol's folder; copy the picture into it",
        "circle.png": "can't be read (",
        "folder.png": "can't be read (",
        "large.svg": "is larger than 100 kB; make the picture smaller",
        "large.png": "is larger than 0 kB; make the picture smaller",
    }.items():
        with pytest.raises(RequestError) as refused:
            read(inside, name)
        assert str(refused.value).startswith(f"{inside / name}: {reason}")
        assert "\n" not in str(refused.value)


def test_a_link_within_the_folder_is_followed(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(image("PNG"))
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    assert read(tmp_path, "b.png") == image("PNG")
