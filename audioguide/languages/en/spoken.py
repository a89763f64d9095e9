"""What is said in English, beside what a protocol itself says."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.wording import Wording

_counted = partial(Counted, "en")

FORMATS = Formats(
    "en",
    # Without a comma before "and", which says nothing to the ear; amounts, which are numbers, have it.
    list_locale="en_GB",
    # Days before months, as most of the world reads a date without being asked.
    day="d MMM",
    full_day="EEEE d MMMM y",
)

SPOKEN = Wording(
    left="left",
    right="right",
    formats=FORMATS,
    welcome="Hello.",
    title="{title}.",
    takes="It takes about {length}.",
    needs="You need: {things}.",
    thing_by="Put the {thing} by the {place}.",
    gather="Now get these ready: {things}.",
    gather_time="You have {length}. Pause if you need longer.",
    gathered="Let's begin.",
    left_out="Not in today's session: {names}.",
    less_said="Today's session is short: less is said than usual.",
    eased="Today is eased: every dose is at its least, and nothing gets harder.",
    eased_gentle="Today is eased: every dose is at its least, and the gentle exercise is chosen.",
    not_cleared="This session is not cleared in case of {condition}. Ask {professional} before you begin.",
    rest_not_cleared="The rest of this session is not cleared in case of {condition}. "
    "Ask {professional} before you begin.",
    professional="a doctor or physiotherapist",
    conditions=MappingProxyType({}),
    professionals=MappingProxyType({"pregnancy": "a midwife or physiotherapist"}),
    weak_side="{left|right} side first: it is the one that needs more care.",
    weak_side_more="{left|right} side first: it is the one that needs more care, "
    "and it gets one more set of some exercises.",
    phase="Part {number} of {total}: {title}.",
    sequence="All of it with the {left|right} side first.",
    sequence_again="Now all of it with the {left|right} side.",
    with_name="{name}, {left|right} side",
    first="First: {name}.",
    next="Next: {name}.",
    last="Last exercise: {name}.",
    only="{name}.",
    avoid_if="In case of {conditions}, leave this out, and rest until the next exercise.",
    about_exercise="About {name}:",
    named_side="{left|right} side",
    side_first="{side} to begin.",
    side_only="{side} only.",
    breath="Breathe in while the tone rises, and out while it falls.",
    switch="Switch sides. {side} now.",
    switch_short="Switch. {side}.",
    ready="Ready.",
    position="Get into position.",
    halfway="Halfway.",
    ten_seconds="Ten seconds.",
    time_done="{length} done.",
    one_more="One more.",
    calm=("Keep breathing.", "Relax your face.", "Breathe easily.", "Relax your shoulders."),
    check="If it hurts more than moderately, ease off. "
    "If pain is sharp or burning, stop, and rest until the next exercise.",
    encouragement=(
        "Slow and steady. That is just how it is done.",
        "You take the time that this needs. Good.",
        "Well done for staying with it.",
        "No hurry, and no force. You are doing the work.",
        "You have come this far. Keep the same calm pace.",
        "Good. One breath after the other.",
        "This is patient work, and you are doing it.",
        "Good. Stay calm, and keep your attention here.",
    ),
    rest="Rest. {length}.",
    until_next="{length} until the next exercise.",
    next_set="Then set {number} of {total}.",
    last_set="Then the last set.",
    next_set_now="Set {number} of {total}.",
    last_set_now="Last set.",
    next_set_dose="Then set {number} of {total}: {dose}.",
    last_set_dose="Then the last set: {dose}.",
    with_side="{side}.",
    round="Round {number} of {total}.",
    rounds_in="As many rounds as you can in {length}.",
    station_reps="{reps} {name}",
    station_dose="{name}, {dose}.",
    avoid_station="In case of {conditions}, leave this out.",
    time_left="{length} left.",
    count_side="{count}, {left|right}.",
    counting="Later I only count. The number means: {words}.",
    counting_sides="Later I only count, and name the side.",
    counting_side_means="Later I only name the side, and count. Left means: {words}.",
    part_for="{word} for {length}",
    parts=", then ",
    each_rep="Later only ticks: {words}.",
    ticks="Low ticks are left, high ticks right.",
    last_rep="Last one.",
    last_rep_side="Last, {left|right}.",
    done="The session is done.",
    well_done="Well done.",
    goodbye="See you next time.",
    rest_now="Well done. Rest now, in any position you like.",
    chapter_start="Start",
    chapter_gather="Fetch what you need",
    chapter_end="Closing",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
    lengths=Lengths("en"),
    dose=DoseWording(
        formats=Formats("en"),
        once="Once",
        times=_counted("{count} times"),
        # Behind a number of sets the bare count is clearer: "3 sets of 5".
        reps_of_set=_counted("{count}"),
        one_hold="For {work}",
        each_side="{work} on each side",
        on_left="{work} on the left",
        on_right="{work} on the right",
        only_left="{work} on the left",
        only_right="{work} on the right",
        between_sides=", ",
        sets=_counted("{count} sets of {work}"),
        sets_of_sides=_counted("{count} sets of {work}"),
        varied=_counted("{count} sets: {work}"),
        between_lists=", and ",
        repeated=_counted("{count} times {work}"),
    ),
)
