import re

from hypothesis import given
from hypothesis import strategies as st

from audioguide.batches.file_names import LONGEST_NAME_BYTES, file_stems

HOSTILE = [
    "../../etc/passwd", "/root", "C:\\x", "CON", "nul", "com1", "a/b", "a\0b", "-rf", "=1+1", "@x", ".hidden", "", " ",
    "...", "x" * 300, "é" * 200, "a b", "a-b", "A B", "e\u0301", "\u00e9", "index", "MANIFEST", "<b>", "a\nb", "🙂",
    "ﬁ", "fi", "a:b",
]  # fmt: skip


def test_names_are_safe_on_every_system_and_never_collide():
    stems = file_stems([*HOSTILE, *HOSTILE])
    check(stems)
    assert file_stems(["Anna Müller", "anna müller", "Anna  Müller", "李"]) == [
        "Anna-Müller", "anna-müller-2", "Anna-Müller-3", "李",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=300)))
def test_whatever_people_are_called(names: list[str]):
    check(file_stems(names))


def check(stems: list[str]) -> None:
    assert len({stem.casefold() for stem in stems}) == len(stems)
    for stem in stems:
        assert re.fullmatch(r"\w[\w-]*", stem)
        assert len(stem.encode("utf-8", "surrogatepass")) <= LONGEST_NAME_BYTES + 10
        assert stem.casefold() not in {"con", "nul", "com1", "index", "manifest"}
