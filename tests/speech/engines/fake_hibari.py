"""A package `hibari` that hums, beside what the engine needs to believe that it is installed."""

import hashlib
import json
from pathlib import Path

WEIGHTS = b"weights"

CODE = """
import sys, time
from pathlib import Path
import numpy as np

HERE = Path(__file__).parent

class Hibari:
    def __init__(self, voice, model, threads, g2p):
        if HERE.joinpath("broken").exists():
            raise ValueError("unknown opset")
        assert threads == 1 and Path(model).read_bytes()
        self.vocab = {letter: 1 for letter in "abcdefghijklmnopqrstuvwxyz .,ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
        self.g2p = g2p
        print("noise on stdout")

    def phonemize(self, text):
        with HERE.joinpath("asked").open("a") as file:
            file.write(text + "\\n")
        return [self.g2p(sentence.strip()) for sentence in text.split(".") if sentence.strip()]

    def from_phonemes(self, phonemes, speed, seed):
        assert seed == 0
        once = HERE / "once"
        how = once.read_text() if once.exists() else HERE.joinpath("how").read_text()
        once.unlink(missing_ok=True)
        if how == "hangs":
            time.sleep(3600)
        if how == "dies":
            sys.exit(3)
        if how == "raises":
            raise RuntimeError("out of memory")
        size = {"short": 200, "nothing": 0}.get(how, int(24000 * 0.06 * len(phonemes) / speed))
        hum = 0.0 if how == "silent" else 0.3
        return (hum * np.sin(np.arange(size) / 20)).astype(np.float32)
"""

G2P = """
class G2P:
    def __init__(self, british):
        self.british = british

    def __call__(self, text, normalize_text=True):
        assert not normalize_text
        return text
"""


def write_fake_hibari(folder: Path) -> Path:
    """Write the packages into ``folder``, and return the one of hibari."""
    package = folder / "hibari"
    (package / "g2p").mkdir(parents=True)
    (package / "assets").mkdir()
    (package / "__init__.py").write_text(CODE)
    (package / "g2p" / "__init__.py").write_text(G2P)
    (package / "how").write_text("")
    (package / "assets" / "hibari.onnx").write_bytes(WEIGHTS)
    sha256 = hashlib.sha256(WEIGHTS).hexdigest()
    voices = {
        "heart": {"language": "en-US", "bundled": True, "file": "hibari.onnx", "sha256": sha256, "british": False},
        "emma": {"language": "en-GB", "bundled": False, "file": "emma.onnx", "sha256": sha256, "british": True},
    }
    (package / "assets" / "voices.json").write_text(json.dumps(voices))
    (folder / "onnxruntime").mkdir()
    (folder / "onnxruntime" / "__init__.py").write_text("raise ImportError('the parent must not load this')")
    return package
