"""The campaigns against the program: their inputs are what they are meant to be, and a small run of one works."""

from __future__ import annotations

import random
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from audioguide.errors import AudioguideError
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.protocol import Protocol
from scripts.campaign import streams
from scripts.campaign.campaigns import CAMPAIGNS
from scripts.campaign.odd_values import NUMBERS, TEXTS, changed, small_protocol, toml_of
from scripts.campaign.options import commands
from tests.integration.browser import needs_browser

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="campaigns fork and mount: run the tests on Linux")


def is_right(table: dict[str, object]) -> bool:
    try:
        parse_protocol(tomllib.loads(toml_of(table)), "own.toml")
    except AudioguideError:
        return False
    return True


def test_what_is_written_as_toml_is_read_as_it_was():
    table = {"texts": list(TEXTS), "numbers": [one for one in NUMBERS if one == one], "table": {"a b": {"": 1}}}
    assert tomllib.loads(toml_of(table)) == table


def test_small_protocols_are_mostly_right_and_changed_ones_often_not():
    chance = random.Random(1)
    small = [small_protocol(chance) for _ in range(40)]
    schema = Protocol.model_json_schema()
    odd = [changed(table, schema, chance, times=1) for table in small]
    assert sum(map(is_right, small)) > 25
    assert 0 < sum(map(is_right, odd)) < 25


def test_every_command_is_tried_with_closed_and_full_streams():
    assert {words for words, _ in commands()} == set(streams.CALLS)


def test_there_are_ten_thousand_inputs_and_five_hundred_kills():
    assert sum(campaign.count for campaign in CAMPAIGNS.values()) > 10_000
    assert CAMPAIGNS["kills"].count >= 500


@pytest.mark.real
def test_a_campaign_tells_how_many_were_tried_and_failed_and_keeps_those(tmp_path: Path):
    command = [sys.executable, "-m", "scripts.campaign", "protocols", "profiles", "--count", "4"]
    ran = subprocess.run(
        [*command, "--keep", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    rows = [line.split() for line in ran.stdout.splitlines()]
    assert rows[1:] == [["protocols", "4", "0"], ["profiles", "4", "0"], ["in", "all", "8", "0"]]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.real
@needs_browser
def test_the_log_of_a_page_is_tried_in_a_browser(tmp_path: Path):
    command = [sys.executable, "-m", "scripts.campaign", "log", "--count", "2", "--keep", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[1].split() == ["log", "14", "0"]
