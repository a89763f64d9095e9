"""How many words of the built-in sessions a recogniser gets wrong, by voice and rate; each of them with what it heard.

Run by scripts/word_errors: python -m scripts.listening.word_errors RECOGNISER_PYTHON [--voices A,B:VOICE] [--rates N,N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide.audio.clip import Samples
from scripts.listening.cues import Spoken, cues_of, sessions, spoken_by, with_joe, write_wav
from scripts.listening.words import Mishearing, mishearings, words

RECOGNISE = Path(__file__).with_name("recognise.py")


@dataclass(frozen=True, slots=True)
class Heard:
    """One cue and what the recogniser made of it.

    Attributes:
        text: what was said.
        heard: what was heard, as the recogniser writes it.
        wrong: the words that differ.
    """

    text: str
    heard: str
    wrong: tuple[Mishearing, ...]


def main() -> None:
    """Print a table of word error rates, then every wrong word."""
    parser = argparse.ArgumentParser(prog="scripts/word_errors", description=__doc__)
    parser.add_argument("recogniser", help="the Python that has the recogniser")
    parser.add_argument("--voices", default="hibari,espeak", help="engines, with commas; ENGINE:VOICE names a voice")
    parser.add_argument("--rates", default="130,150,170", help="words a minute, with commas")
    parser.add_argument("--keep", type=Path, help="folder for the cues and what was heard, for the next run")
    options = parser.parse_args()
    table: dict[Spoken, list[Heard]] = {}
    with tempfile.TemporaryDirectory() as temporary, with_joe(Path(temporary)):
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name in options.voices.split(","):
            for rate_wpm in map(int, options.rates.split(",")):
                spoken = spoken_by(name, rate_wpm)
                table[spoken] = listen(distinct_cues(spoken, folder), options.recogniser, folder)
                print_row(spoken, table[spoken])
    for spoken, cues in table.items():
        print_wrong(spoken, cues)


def distinct_cues(spoken: Spoken, folder: Path) -> dict[str, Samples]:
    """Return the sound of each distinct text of the built-in sessions, the first time that it is said."""
    cues: dict[str, Samples] = {}
    for _, _, prepared in sessions(spoken):
        for text, samples in cues_of(prepared, folder / "session.mp3"):
            cues.setdefault(text, samples)
    return cues


def listen(cues: Mapping[str, Samples], python: str, folder: Path) -> list[Heard]:
    """Return what the recogniser makes of each cue; what ``folder`` knows already isn't heard again."""
    known_path = folder / "heard.json"
    known: dict[str, str] = json.loads(known_path.read_text(encoding="utf-8")) if known_path.exists() else {}
    files = {text: write_wav(samples, folder) for text, samples in cues.items()}
    new = [path for path in dict.fromkeys(files.values()) if path.stem not in known]
    if new:
        command = [python, str(RECOGNISE)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for path in new:
                process.stdin.write(f"{path}\n")
                process.stdin.flush()
                known[path.stem] = json.loads(process.stdout.readline())
                known_path.write_text(json.dumps(known), encoding="utf-8")
    found = []
    for text, path in files.items():
        heard = known[path.stem]
        found.append(Heard(text, heard, tuple(mishearings(words(text), words(heard)))))
    return found


def word_error_rate(cues: Sequence[Heard]) -> float:
    """Return the share of words that are wrong: changed, missed or added."""
    return sum(wrong.errors for cue in cues for wrong in cue.wrong) / sum(len(words(cue.text)) for cue in cues)


def print_row(spoken: Spoken, cues: Sequence[Heard]) -> None:
    """Print one row of the table."""
    exact = sum(not cue.wrong for cue in cues)
    one = [cue for cue in cues if len(words(cue.text)) == 1]
    one_exact = sum(not cue.wrong for cue in one)
    voice = f"{spoken.engine} {spoken.voice or ''}".strip()
    right = f"{exact} of {len(cues)} cues right, {one_exact} of {len(one)} of one word"
    print(
        f"{voice:<24}{spoken.rate_wpm} words a minute{word_error_rate(cues):>7.1%} of words wrong; {right}", flush=True
    )


def print_wrong(spoken: Spoken, cues: Sequence[Heard]) -> None:
    """Print each cue with wrong words: what was said, what was heard, and the words."""
    print(f"\n{spoken.engine} {spoken.voice or ''} at {spoken.rate_wpm} words a minute")
    for cue in cues:
        if cue.wrong:
            pairs = "; ".join(f"{' '.join(wrong.said) or '-'} > {' '.join(wrong.heard) or '-'}" for wrong in cue.wrong)
            print(f"  {pairs}\n      said  {cue.text}\n      heard {cue.heard}")


if __name__ == "__main__":
    main()
