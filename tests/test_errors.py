"""Errors: several mistakes at once, a line each, also where workers send them."""

from __future__ import annotations

import pickle

from audioguide.errors import FileError, Problem, ProblemsError, RequestError


def test_several_mistakes_are_a_line_each_and_one_is_one_line():
    assert RequestError("a\nb: no such file\n").lines == ("a b: no such file",)
    assert ProblemsError(["a: no\nnumber", "b: too long"]).lines == ("a: no number", "b: too long")


def test_errors_come_through_a_pickle_as_they_were():
    for error in (
        RequestError("no such file"),
        ProblemsError(["one", "two"]),
        FileError("own.toml", [Problem("title", "missing", "add one"), Problem("", "is empty")]),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.lines) == (type(error), str(error), error.lines)
    assert again.problems == error.problems
