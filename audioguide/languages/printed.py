"""Which fixed sentences a language needs for what is printed: handout, player page, cover, calendar, feed, subtitles.

Each language's own stand in ``printed.py`` of its folder, a table for each place; the names in braces are filled in. In
what names a side, ``{left|right}`` has the words for either one.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted
from audioguide.languages.how_often import ProgrammeWords
from audioguide.languages.lengths import Lengths
from audioguide.model.kinds import Detail


# Tables of words are neither compared nor shown whole; to make the methods for that would take every start 5 ms.
class Notes(Struct, frozen=True, kw_only=True, eq=False):
    """What every page, tag and reminder says about health: that it informs and is no advice, and to stop when in doubt.

    Attributes:
        recording: of a recording.
        handout: of the page that goes with it.
        sessions: of a list of recordings.
        reminder: the same, shorter, as it stands in every event of a calendar.
    """

    recording: str
    handout: str
    sessions: str
    reminder: str


class Titles(Struct, frozen=True, kw_only=True, eq=False):
    """What is made of a session's title.

    Attributes:
        of_week: with its week; ``{title}``, ``{week}``.
        of_person: with whose it is, in a list; ``{title}``, ``{name}``.
        for_person: with whom it is for, above a page; ``{title}``, ``{name}``.
        untitled: a session without a title.
        chapters: the table of contents of a recording.
    """

    of_week: str
    of_person: str
    for_person: str
    untitled: str
    chapters: str


class LyricsWords(Struct, frozen=True, kw_only=True, eq=False):
    """What is shown while nothing is said.

    Attributes:
        hold: a hold; ``{length}``.
        hold_of_side: the same on one side; ``{length}`` and the side.
        rounds: rounds against the clock; ``{length}``.
    """

    hold: str
    hold_of_side: str
    rounds: str


class PhaseWords(Struct, frozen=True, kw_only=True, eq=False):
    """Phases on one line each, where weeks differ.

    Attributes:
        line: a phase; ``{phase}``, ``{exercises}``.
        rounds: exercises of a circuit; ``{count}``, ``{exercises}``.
        rounds_in: the same against the clock; ``{length}``, ``{exercises}``.
        varying: behind the exercises of a shuffled phase.
    """

    line: str
    rounds: Counted
    rounds_in: str
    varying: str


class CalendarWords(Struct, frozen=True, kw_only=True, eq=False):
    """What a calendar says of breaks from sitting: their title, and what they are."""

    break_title: str
    break_text: str


class IndexWords(Struct, frozen=True, kw_only=True, eq=False):
    """The index and the playlist of a programme.

    Attributes:
        head: its first line; ``{title}``, ``{count}`` weeks, ``{day}`` on which it begins.
        sessions: behind it, how many sessions there are where days have their own.
        span: from one day to another; ``{first}``, ``{last}``.
        week: opens the line of a week, before its number.
        every_day: on all days of the week.
        entry: an entry of the playlist; ``{day}``, ``{title}``, ``{week}``.
        which: behind it, which of several a day; ``{number}``, ``{total}``.
        order: what a shuffled order comes from; ``{seed}``.
    """

    head: Counted
    sessions: Counted
    span: str
    week: str
    every_day: str
    entry: str
    which: str
    order: str


class PictureWords(Struct, frozen=True, kw_only=True, eq=False):
    """The picture of a session.

    Attributes:
        facts: below its title; ``{length}``, ``{count}`` chapters, ``{share}`` of speech.
        left: a hold of the left side; ``{length}``.
        right: the same of the right.
        hold: what the colours mean, each alone; with ``{kind}`` and the side ``of_side``.
        rounds: rounds against the clock.
        reps: reps.
        of_side: one of these on one side; ``{kind}`` and the side.
        rest: rest.
        setup: time to get ready.
        voice: speech.
    """

    facts: Counted
    left: str
    right: str
    hold: str
    rounds: str
    reps: str
    of_side: str
    rest: str
    setup: str
    voice: str


class PlayerWords(Struct, frozen=True, kw_only=True, eq=False):
    """The page that plays a session, and the list of such pages.

    Attributes:
        listen: what the person does while the voice speaks between efforts.
        setup: while they get ready.
        switch: while they change sides.
        rest: while they rest.
        hold: in a hold.
        reps: in a set of reps.
        rounds: in rounds against the clock.
        rep: in a rep whose number nobody knows.
        rep_of: in one of several; ``{number}``, ``{total}``.
        side: the side that works, as in the middle of a sentence.
        set_of: which set it is, as in the middle of a sentence; ``{number}``, ``{total}``.
        hold_of: which of the holds of one go; ``{number}``, ``{total}``.
        said_rest: what a screen reader says of a rest; ``{length}``.
        said_setup: of getting ready; ``{name}``.
        next_rest: of what comes next, a rest; ``{length}``.
        next_hold: a hold; ``{length}``.
        next_rounds: rounds against the clock; ``{length}``.
        next_reps: reps.
        next_reps_each_side: reps on each side.
        next: opens what comes next; ``{text}``.
        home: leads to the list of sessions, and is its title.
        now: what the middle of the page is, for a screen reader.
        ready: before it plays.
        countdown: what the large number is, for a screen reader.
        done: at the end.
        in_all: below that; ``{length}``, ``{exercises}``.
        exercises: so many exercises.
        again: plays it once more.
        other: leads to the list of sessions at the end.
        controls: what the lower part is, for a screen reader.
        resumed: where the person was last time; ``{time}``.
        start_over: goes to the beginning instead.
        position: the seek bar, for a screen reader.
        chapters: opens the list of chapters, and is its title.
        left: how much is left; ``{time}``.
        speed: the choice of speeds, for a screen reader.
        previous: goes to the exercise before.
        back: goes back; ``{count}`` seconds.
        play: plays.
        pause: pauses.
        forward: goes on; ``{count}`` seconds.
        following: goes to the next exercise.
        close: closes the list.
        needs_script: where the browser runs no JavaScript.
        loading: while the recording loads.
        stopped: where it stopped loading.
        damaged: where it can't be decoded.
        unloaded: where it can't be loaded.
        unplayable: where the browser can't play it.
        tap: where the browser wants a tap first.
        minutes: a session's length on the list; ``{minutes}``.
        keep: keeps the MP3.
        keep_of: behind that for a screen reader, of which session; ``{title}``.
        none: where the list is empty.
        podcast: the heading of how to have them in a podcast app.
        podcast_how: how.
        feed: the title of the podcast.
        feed_about: what it is.
        more: opens what else the page can do, and is its title.
        wait: the switch by which the session waits for the person.
        wait_how: what it does.
        waiting: while it waits.
        go_on: ends the waiting.
        repeat_set: does the set again.
        repeat_side: does the side again.
        skip_set: goes to what follows the set.
        text_size: the choice of how large the text is.
        text_normal: as the browser has it.
        text_larger: larger.
        text_largest: larger still.
        letter_keys: the switch of keys that are letters.
        letter_keys_how: what these keys do.
    """

    listen: str
    setup: str
    switch: str
    rest: str
    hold: str
    reps: str
    rounds: str
    rep: str
    rep_of: str
    side: str
    set_of: str
    hold_of: str
    said_rest: str
    said_setup: str
    next_rest: str
    next_hold: str
    next_rounds: str
    next_reps: Counted
    next_reps_each_side: Counted
    next: str
    home: str
    now: str
    ready: str
    countdown: str
    done: str
    in_all: str
    exercises: Counted
    again: str
    other: str
    controls: str
    resumed: str
    start_over: str
    position: str
    chapters: str
    left: str
    speed: str
    previous: str
    back: Counted
    play: str
    pause: str
    forward: Counted
    following: str
    close: str
    needs_script: str
    loading: str
    stopped: str
    damaged: str
    unloaded: str
    unplayable: str
    tap: str
    minutes: str
    keep: str
    keep_of: str
    none: str
    podcast: str
    podcast_how: str
    feed: str
    feed_about: str
    more: str
    wait: str
    wait_how: str
    waiting: str
    go_on: str
    repeat_set: str
    repeat_side: str
    skip_set: str
    text_size: str
    text_normal: str
    text_larger: str
    text_largest: str
    letter_keys: str
    letter_keys_how: str


class TranscriptWords(Struct, frozen=True, kw_only=True):
    """What is said in a session, to read.

    Attributes:
        title: opens it, and is its title.
        search: the field to search in it.
        found: how many lines have what is searched for; ``{count}``.
        print: prints it.
    """

    title: str
    search: str
    found: str
    print: str


class LogWords(Struct, frozen=True, kw_only=True):
    """The log on the player page, in which the person writes how a session was.

    Attributes:
        title: opens it, and is its title.
        done: the box to tick who did all of it.
        part: an entry of who did not.
        pain_before: how much it hurt before.
        pain_after: how much it hurts afterwards.
        pain_scale: what the numbers of pain mean.
        effort: how much effort it was.
        effort_scale: what the numbers of effort mean.
        note: the field for words of one's own.
        save: adds the entry.
        saved: once it is added.
        day: when an entry was made, as the heading of a column.
        session: of which session, as the heading of a column.
        chart: the title of the chart; ``{first}`` and ``{last}`` are days.
        course: what the chart shows of one number, for a screen reader; ``{name}``, ``{first}``, ``{last}``.
        entries: the heading of the entries.
        empty: where there are none.
        kept: where they are kept.
        csv: hands them on as a table.
        json: hands them on for programs.
        refused: where the browser keeps nothing.
        full: where it has no room left.
        unreadable: where what it kept is damaged.
        erase: erases all entries.
        erase_ask: asks before that.
        erase_yes: agrees.
        erase_no: does not.
        erased: once they are erased.
        erase_one: erases a single entry; ``{day}`` is when it was made.
        erase_one_ask: asks before that.
        erased_one: once it is erased.
    """

    title: str
    done: str
    part: str
    pain_before: str
    pain_after: str
    pain_scale: str
    effort: str
    effort_scale: str
    note: str
    save: str
    saved: str
    day: str
    session: str
    chart: str
    course: str
    entries: str
    empty: str
    kept: str
    csv: str
    json: str
    refused: str
    full: str
    unreadable: str
    erase: str
    erase_ask: str
    erase_yes: str
    erase_no: str
    erased: str
    erase_one: str
    erase_one_ask: str
    erased_one: str


class HandoutWords(Struct, frozen=True, kw_only=True, eq=False):
    """The page to print.

    Attributes:
        colon: what stands between the name of a fact and the fact.
        person: whom it is for, before the name.
        takes: how long it takes, before that.
        minutes: about so many minutes.
        doses_of: of which week its doses are, before that.
        of_week: that week; ``{week}``.
        recording: what is to be known of the recording, before that.
        less_said: that it says less than usual; ``{now}`` and ``{before}`` are from ``details``.
        details: how much is said, by level, as they stand in ``less_said``.
        you_need: what is needed, before that.
        notices: heading of what this person is told before they begin.
        stop: heading of the stop rules.
        before: heading of who sees a professional first.
        course: what the strip shows, for a screen reader.
        works_on: before what an exercise works on.
        not_in: before the conditions in which it is left out.
        for_you: before the person's own note.
        tips: before its tips.
        caution: before its cautions.
        mind: before its common mistakes.
        why: heading of why it is done in this way.
        mistakes: heading of common mistakes.
        contents: heading of what is done in which weeks.
        contents_week: one of them; ``{first}``.
        contents_weeks: several that are alike; ``{first}``, ``{last}``.
        contents_on: one and all later ones; ``{first}``.
        left_out: heading of what is left out.
        avoided: why: for a condition; ``{conditions}``.
        skipped: why: the person wants it so.
        weeks_of_days: heading of the weeks to tick, a box a day.
        weeks_of_times: the same with a box each time.
        begins: on which day the first of them begins; ``{week}``, ``{day}``.
        begins_blank: the same with a line to write the day on; ``{week}``, and ``{blank}`` where the line goes.
        week: before a week's number.
        to_do: a box to tick, for a screen reader.
        free: a day without a session.
        expect: heading of what changes when.
        professional: heading of when to see a professional.
        suggestions: heading of what is the author's own suggestion.
        suggested: what the mark means; ``{mark}``.
        suggested_and: the same before further ones.
        suggestion: at the foot of each page; ``{mark}``.
        order_varies: of a shuffled phase, which is printed in the order of one day.
        range: the range of a dose; ``{range}``.
        each_rep: the parts of a rep; ``{parts}``.
        each_time: the same of what is not counted; ``{parts}``.
        let_go: between repeated holds; ``{length}``.
        no_break: the same without a time to let go.
        rests: rests that differ from set to set; ``{rests}``.
        then: between two of them.
        rest: rest between sets; ``{length}``.
        no_rest: none.
        every: how often the time is called; ``{length}``.
        at: what is said at a time of a hold; ``{length}``, ``{text}``.
        either: both words for a side in a text that is printed for both; ``{first}``, ``{second}``.
        only_side: the only side that works.
        sides_each: which side is first, one after the other.
        sides_in_turn: which side is first, rep by rep.
        last_only: behind that, the side that has the last set alone.
        last_first: behind that, the side that begins the last set.
        rounds: how often a circuit goes round.
        once: once.
        rounds_in: rounds against the clock; ``{length}``.
        rests_stated: behind rounds, where the exercises have rests of their own.
        with_rests: behind rounds; ``{rests}``, a list of the next three.
        between_exercises: ``{length}``.
        between_rounds: ``{length}``.
        between_sides: ``{length}``.
        without_rest: behind rounds.
        by_side: how a phase goes by sides.
        rest_after: rest after an exercise of a circuit; ``{length}``.
        rest_before_round: after the last one; ``{length}``.
        rest_before_sides: after the last one of one side; ``{length}``.
        no_rest_after: none after it.
        no_rest_before_round: none after the last one.
        no_rest_before_sides: none after the last one of one side.
        range_reps: the ends of a range of reps; ``{range}``.
        range_times: of what is not counted; ``{range}``.
        range_holds: of repeated holds; ``{range}``.
        range_sets: of sets; ``{range}``.
    """

    colon: str
    person: str
    takes: str
    minutes: Counted
    doses_of: str
    of_week: str
    recording: str
    less_said: str
    details: Mapping[Detail, str]
    you_need: str
    notices: str
    stop: str
    before: str
    course: str
    works_on: str
    not_in: str
    for_you: str
    tips: str
    caution: str
    mind: str
    why: str
    mistakes: str
    contents: str
    contents_week: str
    contents_weeks: str
    contents_on: str
    left_out: str
    avoided: str
    skipped: str
    weeks_of_days: str
    weeks_of_times: str
    begins: str
    begins_blank: str
    week: str
    to_do: str
    free: str
    expect: str
    professional: str
    suggestions: str
    suggested: str
    suggested_and: str
    suggestion: str
    order_varies: str
    range: str
    each_rep: str
    each_time: str
    let_go: str
    no_break: str
    rests: str
    then: str
    rest: str
    no_rest: str
    every: str
    at: str
    either: str
    only_side: str
    sides_each: str
    sides_in_turn: str
    last_only: str
    last_first: str
    rounds: Counted
    once: str
    rounds_in: str
    rests_stated: str
    with_rests: str
    between_exercises: str
    between_rounds: str
    between_sides: str
    without_rest: str
    by_side: str
    rest_after: str
    rest_before_round: str
    rest_before_sides: str
    no_rest_after: str
    no_rest_before_round: str
    no_rest_before_sides: str
    range_reps: str
    range_times: str
    range_holds: str
    range_sets: str


class Printed(Struct, frozen=True, kw_only=True, eq=False):
    """The fixed sentences of one language on pages and in files.

    Attributes:
        lengths: how lengths of time are printed.
        dose: what is to be done in an exercise.
        programme: how often something is done.
        notes: what is said about health.
        titles: what is made of a session's title.
        lyrics: what is shown while nothing is said.
        phases: phases on one line each.
        calendar: reminders.
        index: the index of a programme.
        picture: the picture of a session.
        player: the page that plays it, the list of such pages, and the podcast.
        transcript: what is said, to read on that page.
        log: how it was, to write on that page.
        handout: the page to print.
        figures: what each built-in figure shows, by its name; a third form stands for either side.
        side_letters: the letters of the left and the right side in figures, such as ``LR``, of those that
            `export.figures.side_letters` draws.
    """

    lengths: Lengths
    dose: DoseWording
    programme: ProgrammeWords
    notes: Notes
    titles: Titles
    lyrics: LyricsWords
    phases: PhaseWords
    calendar: CalendarWords
    index: IndexWords
    picture: PictureWords
    player: PlayerWords
    transcript: TranscriptWords
    log: LogWords
    handout: HandoutWords
    figures: Mapping[str, str]
    side_letters: str
