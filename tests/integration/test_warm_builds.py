"""What a build makes and reads where an earlier one has left nearly everything in the cache."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide.library.protocol_files import load_protocol
from audioguide.pipeline import make_mp3, prepare_session
from audioguide.speech.engines.fake import FakeEngine
from audioguide.storage.cache import Cache
from tests.helpers import layer

Reads = Counter[str]


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reads]:
    """How many entries of each kind are read from a cache of the test's own."""
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "cache"))
    counted: Reads = Counter()
    get = Cache.get

    def counting(cache: Cache, kind: str, key: str) -> bytes | None:
        data = get(cache, kind, key)
        counted[kind] += data is not None
        return data

    monkeypatch.setattr(Cache, "get", counting)
    return counted


def build(**wishes: object) -> bytes:
    protocol = load_protocol("hip-flexor")
    return b"".join(make_mp3(prepare_session(protocol, [layer(voice={"engine": "fake"}, **wishes)])))


def test_of_its_clips_a_build_reads_the_samples_of_those_that_are_encoded_anew(
    reads: Reads, monkeypatch: pytest.MonkeyPatch
):
    first = build()
    # Until a hold is changed, the voice has no part in it.
    with monkeypatch.context() as patched:
        patched.setattr(FakeEngine, "synthesize", None)
        reads.clear()
        assert build() == first
    assert reads["clip"] > 200
    assert reads["samples"] == 0
    reads.clear()
    changed = build(exercise={"couch-stretch": {"hold_s": 75}})
    assert changed != first
    assert reads["clip"] > 200
    assert reads["samples"] < 10
