"""Phases whose order varies, as commands make them."""

import json
from datetime import date

from audioguide.export.tags.id3 import read_plan
from tests.helpers import HEAD

MIXED = """
[programme]
times_a_week = 3
[[phase]]
title = "Mixed"
shuffle = true
exercises = ["a", "b", "c"]
""" + "".join(f'[exercise.{name}]\nname = "{name.upper()}"\nhold_s = 2\nsetup_s = 0\n' for name in "abc")
FAKE = ("--engine", "fake")


def test_the_same_seed_gives_the_same_bytes_and_another_another_order(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + MIXED)
    for name, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        ran = audioguide("build", "own.toml", *FAKE, "--seed", seed, "-o", f"{name}.mp3")
        assert f"the order is that of --seed {seed}" in ran.out
    one, two, three = ((tmp_path / f"{name}.mp3").read_bytes() for name in ("one", "two", "three"))
    assert one == two != three
    assert read_plan(tmp_path / "one.mp3").seed == 7


def test_plan_and_its_json_say_the_seed_and_without_one_it_is_todays(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + MIXED)
    assert "order of seed 7" in audioguide("plan", "own.toml", *FAKE, "--seed", "7").out
    seed = json.loads(audioguide("plan", "own.toml", *FAKE, "--json").out)["seed"]
    assert abs(date.fromisoformat(str(seed)) - date.today()).days <= 1
    assert "Mixed (shuffled)" in audioguide("protocol", "show", "own.toml").out
    for wrong in ("-1", "1000000000", "x"):
        ran = audioguide("plan", "own.toml", *FAKE, "--seed", wrong)
        assert (ran.code, "--seed" in ran.err, len(ran.err.splitlines())) == (2, True, 1)


def test_the_handout_says_that_the_order_changes(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + MIXED)
    assert audioguide("handout", "own.toml", *FAKE, "-o", "x.html").code == 0
    assert "The order changes from day to day." in (tmp_path / "x.html").read_text()


def test_programme_makes_each_order_once_and_the_index_says_which_day_has_which(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + MIXED)
    programme = ("programme", "own.toml", *FAKE, "--started", "2026-11-23", "--weeks", "4")
    assert audioguide(*programme, "-o", "out").code == 0
    files = sorted((tmp_path / "out").glob("*.mp3"))
    # Three exercises have six orders, so that twelve days share at most as many files.
    assert 3 <= len(files) <= 6
    assert files[0].name == "test-2026-11-23.mp3"
    index = (tmp_path / "out/index.txt").read_text()
    assert index.startswith(f"Test session: 4 weeks from Mon 2026-11-23, {len(files)} different sessions\n")
    lines = (tmp_path / "out/programme.m3u8").read_text().splitlines()
    entries = [line for line in lines if not line.startswith("# ")]
    days = [entry.split(",")[1][4:14] for entry in entries[1::2]]
    assert days == sorted(days)
    assert len(days) == 12
    # The file of a day is what is built on that day, to the byte.
    audioguide("build", "own.toml", *FAKE, "--seed", "20261123", "-o", "day.mp3")
    assert (tmp_path / "day.mp3").read_bytes() == files[0].read_bytes()


def test_with_a_seed_the_sessions_of_a_programme_count_up_from_it(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + MIXED)
    audioguide("programme", "own.toml", *FAKE, "--started", "2026-11-23", "--weeks", "1", "--seed", "40", "-o", "out")
    seeds = {path.name: read_plan(path).seed for path in (tmp_path / "out").glob("*.mp3")}
    assert seeds["test-2026-11-23.mp3"] == 40
    assert set(seeds.values()) <= {40, 41, 42}


def test_more_orders_than_can_be_made_at_once_are_refused_with_their_number(audioguide, tmp_path):
    many = "".join(f'[exercise.e{n}]\nname = "E"\nhold_s = 2\n' for n in range(8))
    names = ", ".join(f'"e{n}"' for n in range(8))
    (tmp_path / "own.toml").write_text(HEAD + MIXED.replace('"a", "b", "c"', names) + many)
    ran = audioguide("programme", "own.toml", *FAKE, "--weeks", "50", "--started", "2026-11-23", "-o", "out")
    assert ran.code == 2
    # Two of the 150 days have the same order by chance.
    assert "149 sessions, each in an order of its own, are too many at once; at most 120 are made" in ran.err
    assert not list(tmp_path.rglob("*.mp3"))


def test_a_day_with_several_times_has_its_order_each_time(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + MIXED.replace("times_a_week = 3", "times_a_week = 3\ntimes_a_day = 2"))
    assert audioguide("programme", "own.toml", *FAKE, "--started", "2026-11-23", "--weeks", "2", "-o", "out").code == 0
    lines = (tmp_path / "out/programme.m3u8").read_text().splitlines()
    entries = [line for line in lines if not line.startswith("# ")]
    titles = [entry.split(",", 1)[1] for entry in entries[1::2]]
    assert [title[-6:] for title in titles] == ["1 of 2", "2 of 2"] * 6
    assert [title[4:14] for title in titles] == sorted(title[4:14] for title in titles)
    assert entries[2::4] == entries[4::4]


def test_the_last_day_of_a_past_programme_is_said_whatever_order_it_has(audioguide, tmp_path):
    # With this seed the first and the last day of the week share an order, which the index lists first.
    (tmp_path / "own.toml").write_text(HEAD + MIXED.replace('"a", "b", "c"', '"a", "b"'))
    ran = audioguide(
        "programme", "own.toml", *FAKE, "--started", "2020-01-06", "--weeks", "1", "--seed", "2", "-o", "out"
    )
    assert "the last one on 2020-01-10" in ran.err
