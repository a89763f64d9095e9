"""Asks a person what a first profile needs, and shows the session that it makes.

The same can be said with options; then nothing is asked, and the file is the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from audioguide.cli.draft import Draft, MadeProfile, Start, new_draft, refuse_name, stated_settings
from audioguide.cli.questions import ask, first_day, minutes, numbered, one_of, say, several
from audioguide.errors import AudioguideError, RequestError
from audioguide.library.profile_files import parse_profile, profile_path
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail, Side, Sides
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.prescribe.equipment import Adaptation, conditions_of, equipment_of

YES_NO = {"yes": True, "no": False}
NO_YES = {"no": False, "yes": True}
"""Enter takes the first word."""

USUAL_NAME = "me"


def ask_profile(name: str | None, table: Mapping[str, Any], start: Start, today: date) -> MadeProfile:
    """Return the profile that the answers make, together with options; what they say is not asked.

    Raises:
        RequestError: for options that can't be.
    """
    stated = stated_settings(table, start)
    # Mistakes in options are told before the first question.
    draft = None if start.protocol is None else new_draft(start.protocol, stated)
    say("A few questions make your profile. Enter takes the answer in [brackets]; Ctrl-C leaves, and writes nothing.")
    name = name or _ask_name()
    if draft is None:
        draft = _ask_protocol(stated)
    protocol = draft.protocol
    say()
    question = "How many minutes do you have?"
    _ask_setting(draft, "minutes", question, default="as many as it takes", read=minutes)
    # Asked only where the protocol has something that depends on the answer.
    sided = any(phase.sides for phase in protocol.phase)
    if sided or any(protocol.exercise[use.use].sides is not Sides.BOTH for use in protocol.exercise_refs()):
        sides = {"none": None} | {side.value: side.value for side in Side}
        question = "Is one side weaker or more sensitive? none, left, right"
        _ask_setting(draft, "weak_side", question, default="none", read=one_of(sides))
    if any(item.gentle or item.harder for phase in protocol.phase for item in phase.exercises):
        _ask_setting(draft, "acute", "Is the pain acute at the moment? y/n", default="n", read=one_of(NO_YES))
    _ask_conditions(draft)
    if start.without:
        draft.leave_out_stated(start.without)
    else:
        _ask_equipment(draft)
    say()
    details = {"no": Detail.FULL.value, "a bit": Detail.BRIEF.value, "yes": Detail.MINIMAL.value}
    _ask_setting(draft, "detail", "Do you know these exercises? no, a bit, yes", default="no", read=one_of(details))
    if protocol.programme is not None and "week" not in draft.stated:
        question = "When do you start? YYYY-MM-DD, or none to go without weeks"
        _ask_setting(draft, "started", question, default=f"{today}", read=first_day(today))
    return draft.made(name)


def confirm(made: MadeProfile, text: str, today: date) -> bool:
    """Show the session that the profile in ``text`` makes, and return whether it is to be written."""
    from audioguide.cli.preview import print_preview
    from audioguide.library.toml_files import parse_toml
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer

    say()
    try:
        profile = parse_profile(parse_toml(text.encode(), made.name), made.name)
        # Until the first day there is no session, so the first one is shown.
        day = max(today, profile.started or today)
        plan = prepare_session(made.protocol, [Layer.of_profile(profile)], today=day).plan
        print_preview(plan, made.protocol, made.lacking)
    except AudioguideError as error:
        say(f"This session can't be made: {error}")
        say()
        return ask("Write the profile all the same?", "y/N", one_of(NO_YES))
    say()
    return ask("Write it?", "Y/n", one_of(YES_NO))


def _ask_setting(draft: Draft, key: str, question: str, default: str, read: Callable[[str], Any]) -> None:
    """Ask for one setting, unless an option states it; None leaves it unstated."""
    if key not in draft.stated and (answer := ask(question, default, read)) is not None:
        draft.stated[key] = answer


def _ask_name() -> str:
    default = "" if profile_path(USUAL_NAME).exists() else USUAL_NAME

    def read(answer: str) -> str:
        if not answer and not default:
            raise RequestError("Type a name of letters and digits, such as anna.")
        refuse_name(answer or default)
        return answer or default

    say()
    return ask("What shall the profile be called?", default, read)


def _ask_protocol(stated: dict[str, Any]) -> Draft:
    ids = builtin_ids()

    def read(answer: str) -> Draft:
        if answer.isdecimal() and 1 <= int(answer) <= len(ids):
            return new_draft(ids[int(answer) - 1], stated)
        # Unlike pathlib it leaves a user that there isn't as it is.
        return new_draft(os.path.expanduser(answer) or DEFAULT_PROTOCOL, stated)  # noqa: PTH111

    say()
    numbered("Protocols:", [f"{name}: {load_protocol(name).title}" for name in ids])
    return ask("Which one? Number, name, or a file of yours", DEFAULT_PROTOCOL, read)


def _ask_conditions(draft: Draft) -> None:
    known = conditions_of(draft.protocol)
    if "avoid" in draft.stated or not known:
        return
    names = several(known)

    def read(answer: str) -> dict[str, Any]:
        # Tried at once: conditions that leave nothing to do are asked for again.
        trial = Draft(draft.source, draft.protocol, draft.stated | {"avoid": list(names(answer))})
        trial.without(())
        return trial.stated

    say()
    numbered("Some exercises are not for everyone. They are left out for:", known)
    draft.stated = ask("Which apply to you? Numbers or names", "none", read)


def _ask_equipment(draft: Draft) -> None:
    things = equipment_of(draft.protocol)
    if not things:
        return
    names = several(things)

    def read(answer: str) -> Adaptation:
        return draft.without(names(answer))

    say()
    numbered("The exercises need:", things)
    while True:
        draft.equipment = ask("What do you NOT have at hand? Numbers or names", "none", read)
        # One missing thing may take a whole phase; many would rather fetch it.
        gone = draft.emptied_phases(draft.equipment)
        for sentence in gone:
            say(sentence, "  ")
        if not gone or ask("Go on like this?", "Y/n", one_of(YES_NO)):
            return
