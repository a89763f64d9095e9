from datetime import date

import click
import pytest

from audioguide.cli.questions import ask, first_day, minutes, numbered, one_of, say, several
from audioguide.errors import RequestError

THINGS = ("foam roller", "mat", "bed, table or bench", "abdominal-condition")
TODAY = date(2027, 1, 4)


@pytest.fixture
def answers(monkeypatch):
    """Let the lines given be typed, one a question; what is typed last is Ctrl-D."""

    def typed(*lines):
        waiting = iter(lines)

        def read(_prompt):
            line = next(waiting, EOFError())
            if isinstance(line, BaseException):
                raise line
            return line

        monkeypatch.setattr("click.termui.visible_prompt_func", read)

    return typed


def test_a_wrong_answer_is_explained_and_asked_again(answers, capsys):
    answers("abc", "0", " 20 ")
    assert ask("How long?", "any", minutes) == 20
    assert capsys.readouterr().out.count("whole minutes from 1 to 1440") == 2


def test_an_answer_that_is_no_text_is_asked_again(answers, capsys):
    answers(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "7")
    assert ask("How long?", "any", minutes) == 7
    assert "can't be read as text" in capsys.readouterr().out


@pytest.mark.parametrize("way_out", [KeyboardInterrupt(), EOFError()])
def test_leaving_ends_the_line(answers, capsys, way_out):
    answers(way_out)
    with pytest.raises(click.Abort):
        ask("How long?", "any", minutes)
    assert capsys.readouterr().out == "\n"


def test_lines_are_broken_between_words(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    say("one two three four five six seven eight")
    numbered("Things:", ["a thing whose name is rather long", "mat"])
    assert capsys.readouterr().out.splitlines() == [
        "one two three four five six",
        "seven eight",
        "Things:",
        "  1  a thing whose name is",
        "     rather long",
        "  2  mat",
    ]


def test_what_moves_the_cursor_is_not_printed(capsys):
    say("'\x1b[2J' is wrong")
    assert capsys.readouterr().out == "'?[2J' is wrong\n"


@pytest.mark.parametrize(("answer", "found"), [("", None), ("1", 1), ("1440", 1440), ("020", 20)])
def test_minutes_are_whole_numbers(answer, found):
    assert minutes(answer) == found


@pytest.mark.parametrize("answer", ["0", "-5", "abc", "1441", "2.5", "20 min", "٢٠", "9" * 5000])
def test_other_minutes_are_refused(answer):
    with pytest.raises(RequestError) as caught:
        minutes(answer)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("answer", "found"), [("", 1), ("no", 1), ("N", 1), ("a bit", 2), ("bit", 2), ("a", 2), ("yes", 3)]
)
def test_the_beginning_of_a_word_is_enough(answer, found):
    assert one_of({"no": 1, "a bit": 2, "yes": 3})(answer) == found


@pytest.mark.parametrize("answer", ["maybe", "nope", "l", " "])
def test_another_word_is_refused(answer):
    with pytest.raises(RequestError, match="type none, left or leftish"):
        one_of({"none": 1, "left": 2, "leftish": 3})(answer)


def test_a_day_is_today_or_one_of_the_calendar_or_none():
    read = first_day(TODAY)
    assert read("") == TODAY
    assert read("none") is read("NONE") is None
    assert read("2027-02-28") == date(2027, 2, 28)


@pytest.mark.parametrize("answer", ["tomorrow", "2027-02-29", "4.1.2027", "2027-1-4", "0001-01-01", "2207-01-04"])
def test_other_days_are_refused(answer):
    with pytest.raises(RequestError, match="or none"):
        first_day(TODAY)(answer)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("", ()),
        ("None", ()),
        ("1", ("foam roller",)),
        ("2 1", ("foam roller", "mat")),
        ("1,2;3", ("foam roller", "mat", "bed, table or bench")),
        ("Mat", ("mat",)),
        ("bed, table or bench", ("bed, table or bench",)),
        ("mat, bed, table or bench, 1", ("foam roller", "mat", "bed, table or bench")),
        ("Abdominal condition", ("abdominal-condition",)),
        ("2, 2, mat", ("mat",)),
        ("all", THINGS),
    ],
)
def test_several_are_named_by_number_or_name(answer, found):
    assert several(THINGS)(answer) == found


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        ("5", "no number 5; type numbers from 1 to 4"),
        ("0", "no number 0"),
        ("1 9", "no number 9"),
        ("foam roler", "did you mean 'foam roller'?"),
        ("bed", "not in the list"),
        ("mat and 1", "not in the list"),
        (", ", "not in the list"),
        ("x" * 5000, "…' is not in the list"),
    ],
)
def test_what_is_not_in_the_list_is_refused(answer, advice):
    with pytest.raises(RequestError) as caught:
        several(THINGS)(answer)
    assert advice in str(caught.value)
    assert len(str(caught.value)) < 200
