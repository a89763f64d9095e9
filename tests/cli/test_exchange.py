from pathlib import Path

import pytest

from audioguide.sheets.timer_file import read_timers

SHEET = """Knee

- Couch stretch, 3 x 60 s each side, rest 30 s
- Heel raise, 2-3 x 10 reps. Hold the worktop.
"""


def sheet(text: str = SHEET, name: str = "knee.txt") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_import_writes_a_protocol_that_passes_check_and_says_the_doses_of_the_sheet(audioguide):
    ran = audioguide("protocol", "import", sheet(), "-o", "mine.toml")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "mine.toml"
    assert "assumed: of 2 to 3 sets it begins with 2" in ran.out
    assert "it is in English" in ran.out
    written = Path("mine.toml").read_text(encoding="utf-8")
    assert "# line 3: - Couch stretch, 3 x 60 s each side, rest 30 s" in written
    assert "#   assumed: 'Heel raise' is an exercise of its own" in written
    assert audioguide("protocol", "check", "mine.toml").code == 0
    shown = audioguide("protocol", "show", "mine.toml").out
    assert "3 × 60 s a side" in shown
    assert "2 (2–3) × 10 reps" in shown


def test_what_cannot_be_read_is_named_by_file_and_line_and_nothing_is_written(audioguide):
    ran = audioguide("protocol", "import", sheet(SHEET + "- Wall squat, 3 x 30\n- Hops 3 x max\n"))
    assert ran.code == 2
    assert "knee.txt: line 5: '30' doesn't say whether it is seconds or reps; write the unit" in ran.err
    assert "knee.txt: line 6: 'max' has no number to count to" in ran.err
    assert not Path("knee.toml").exists()


def test_what_cannot_be_read_is_left_out_when_asked_for_and_told_in_the_file_too(audioguide):
    ran = audioguide("protocol", "import", sheet(SHEET + "- Hops 3 x max\n"), "--skip-unread")
    assert ran.code == 0
    assert "not read: line 5: 'max' has no number to count to" in ran.err
    assert "# not read, line 5: 'max' has no number to count to" in Path("knee.toml").read_text(encoding="utf-8")


def test_a_line_that_may_be_for_safety_is_never_left_out(audioguide):
    ran = audioguide("protocol", "import", sheet(SHEET + "- Pain-free hops, 3 x 10 reps\n"), "--skip-unread")
    assert ran.code == 2
    assert "it may be for a person's safety, and is not left out" in ran.err
    assert not Path("knee.toml").exists()


def test_a_caution_below_an_exercise_that_is_not_read_is_not_left_out_either(audioguide):
    below = "- Wall squat, 3 x 30\n  Stop if your knee hurts.\n"
    ran = audioguide("protocol", "import", sheet(SHEET + below), "--skip-unread")
    assert ran.code == 2
    assert "line 5" in ran.err
    assert "is not left out" in ran.err
    # Where only its dose can't be read, the caution is said at the start.
    below = "- Wall squat\n  Stop if your knee hurts.\n  3 x max\n"
    assert audioguide("protocol", "import", sheet(SHEET + below), "--skip-unread").code == 0
    assert 'safety = ["Stop if your knee hurts."]' in Path("knee.toml").read_text(encoding="utf-8")


def test_cautions_of_a_sheet_are_said(audioguide):
    text = SHEET + "  Stop if your knee hurts.\n\nNo running before the next visit.\n"
    assert audioguide("protocol", "import", sheet(text)).code == 0
    planned = audioguide("plan", "knee.toml", "--engine", "fake", "--json").out
    assert "Stop if your knee hurts." in planned
    assert "No running before the next visit." in planned


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("", "knee.txt", "has no exercise with a dose"),
        ("Knee\n\nBend it.\n", "knee.txt", "has no exercise with a dose"),
        ("Plank 3 x 30", "knee.txt", "line 1"),
        ("a", "knee.docx", "ends in .docx, which is no sheet"),
        ("%PDF-1.7", "knee.txt", "is a PDF"),
        ("a", "knee.json", "is no JSON"),
        ("Übung", "knee.csv", "has no exercise with a dose"),
    ],
)
def test_a_file_without_anything_to_read_is_refused(audioguide, text, name, message):
    ran = audioguide("protocol", "import", sheet(text, name))
    assert ran.code == 2
    assert message in ran.err
    assert not Path("knee.toml").exists()


def test_an_older_encoding_is_read_where_it_is_named(audioguide):
    Path("knee.csv").write_bytes("Übung;Sätze;Wdh.\nKniebeuge;3;10\n".encode("cp1252"))
    assert "--encoding cp1252" in audioguide("protocol", "import", "knee.csv").err
    assert audioguide("protocol", "import", "knee.csv", "--encoding", "cp1252").code == 0
    assert 'language = "de"' in Path("knee.toml").read_text(encoding="utf-8")


def test_the_language_may_be_said(audioguide):
    ran = audioguide("protocol", "import", sheet("Pigeon, 60 s each side"), "--language", "de")
    assert ran.code == 0
    assert 'language = "de"' in Path("knee.toml").read_text(encoding="utf-8")
    assert (
        "there is no language 'xx'"
        in audioguide("protocol", "import", "knee.txt", "-o", "b.toml", "--language", "xx").err
    )


def test_nothing_is_written_over_and_a_protocol_ends_in_toml(audioguide):
    sheet()
    Path("knee.toml").write_text("mine")
    assert "knee.toml exists already" in audioguide("protocol", "import", "knee.txt").err
    assert "name it" in audioguide("protocol", "import", "knee.txt", "-o", "knee.md").err
    assert Path("knee.toml").read_text() == "mine"
    assert "does not exist" in audioguide("protocol", "import", "none.txt").err


def test_a_session_goes_to_a_timer_and_back(audioguide):
    assert audioguide("protocol", "import", sheet(), "-o", "mine.toml").code == 0
    ran = audioguide("protocol", "export", "mine.toml", "--timer", "mine.json", "--hold", "couch-stretch=75")
    assert ran.code == 0
    (timer,) = read_timers(Path("mine.json").read_text(encoding="utf-8"), "mine.json")
    assert timer.name == "Knee"
    assert '"length": 75000' in Path("mine.json").read_text(encoding="utf-8")
    back = audioguide("protocol", "import", "mine.json", "-o", "back.toml", "--timer", "Knee")
    assert back.code == 0
    assert "step 2.1: Couch stretch, left, 75 s" in back.out
    assert audioguide("protocol", "check", "back.toml").code == 0


def test_options_of_the_other_kind_of_file_are_refused(audioguide):
    assert "is a sheet, not a backup" in audioguide("protocol", "import", sheet(), "--timer", "A").err
    Path("a.json").write_text("{}")
    assert "--skip-unread is for sheets" in audioguide("protocol", "import", "a.json", "--skip-unread").err
    assert "name it a.json" in audioguide("protocol", "export", "movement-break", "--timer", "a.toml").err
