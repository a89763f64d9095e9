"""What a person is told before they begin, at every level of detail: what is eased, not cleared, or done otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.languages.wording import Wording, capitalised
from audioguide.model.kinds import SpeechRole
from audioguide.model.script import Line
from audioguide.model.session import Session


def notices(session: Session, say: Wording) -> Iterator[Line]:
    """Yield the lines, those that concern safety last, so that they are in mind when the session begins."""
    found = session.circumstances
    if found.less_said:
        yield Line(SpeechRole.INTRO, say.less_said)
    if found.eased:
        yield Line(SpeechRole.INTRO, say.eased_gentle if found.gentle else say.eased)
    if found.weak_side is not None:
        form = say.weak_side_more if found.more_sets else say.weak_side
        yield Line(SpeechRole.INTRO, capitalised(say.sided(form, found.weak_side)))
    left_out_for = {condition for omission in session.left_out for condition in omission.avoided}
    for condition, own in found.avoided:
        if own:
            yield from (Line(SpeechRole.SAFETY, text) for text in own)
            continue
        # What rules some exercises out says nothing of the others, and nobody may take it for leave to do them.
        form = say.rest_not_cleared if condition in left_out_for else say.not_cleared
        professional = say.professionals.get(condition, say.professional)
        text = form.format(condition=say.condition(condition), professional=professional)
        yield Line(SpeechRole.SAFETY, text)
