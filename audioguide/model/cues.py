"""The switches of cues, as a person states them for a session and a protocol for one exercise."""

from typing import Annotated

from pydantic import Field

from audioguide.model.doses import FileModel

LAST_MS = 10_000
"""The end of a hold, which calls of a protocol's own leave to "Ten seconds" and the countdown."""


class Cues(FileModel):
    """Which cues are given; what is not stated is on, or as a weaker source says."""

    halfway: Annotated[bool | None, Field(description='"Halfway" in holds of 40 s and more.', examples=[False])] = None
    ten_seconds: Annotated[
        bool | None,
        Field(
            description='"Ten seconds" before the end of holds of 30 s and more; the minutes left of timed rounds.',
            examples=[False],
        ),
    ] = None
    countdown: Annotated[bool | None, Field(description="Three ticks before the end of a hold.", examples=[False])] = (
        None
    )
    tips: Annotated[bool | None, Field(description="Coaching lines and usual mistakes.", examples=[False])] = None
    start: Annotated[
        bool | None, Field(description='"Ready" and the start beep of a hold or a set.', examples=[False])
    ] = None

    def over(self, weaker: "Cues | None") -> "Cues":
        """Return these switches, and for each that is not stated here, what ``weaker`` says."""
        if weaker is None:
            return self
        stated = {name: value for name in Cues.model_fields if (value := getattr(self, name)) is not None}
        return weaker.model_copy(update=stated)
