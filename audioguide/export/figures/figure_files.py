"""The figures of exercises as files: an SVG each, for either side where it matters; and own pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioguide.export.figures.drawing import drawing_of
from audioguide.export.figures.figure_svg import svg_file
from audioguide.export.figures.figure_table import FIGURES, words_of
from audioguide.export.figures.pictures import JPEG, PNG, SVG, Picture
from audioguide.languages.language import Language
from audioguide.model.kinds import Side, Sides
from audioguide.model.protocol import Exercise

_ENDINGS = {PNG: ".png", JPEG: ".jpg", SVG: ".svg"}


def figure_files(
    exercises: Mapping[str, Exercise], own_pictures: Mapping[str, Picture], language: Language
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the figure of each exercise that has one.

    Args:
        exercises: the exercises by their ids, which name the files.
        own_pictures: the user's own picture of each exercise that has one.
        language: in which the figures say what they show.
    """
    for name, exercise in exercises.items():
        if name in own_pictures:
            picture = own_pictures[name]
            yield f"{name}{_ENDINGS[picture.media_type]}", picture.data
            continue
        figure = FIGURES.get(exercise.figure) if isinstance(exercise.figure, str) else None
        if figure is None:
            continue
        sides: tuple[Side | None, ...] = (None,)
        if figure.sided and exercise.sides is not Sides.BOTH:
            sides = tuple(Side) if exercise.sides.only is None else (exercise.sides.only,)
        for side in sides:
            ending = f"-{side}.svg" if side else ".svg"
            yield (
                f"{name}{ending}",
                svg_file(
                    drawing_of(figure, side, letters=language.printed.side_letters),
                    words_of(f"{exercise.figure}", side, language),
                ).encode(),
            )
