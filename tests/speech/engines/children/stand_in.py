"""A stand-in for a person's own voice program: writes a hum as long as the text takes at the rate.

stand_in.py WAV TEXT [RATE] [HOW]: HOW is what it does wrong, each time or, with a file's path after it, once only.
"""

import math
import sys
import time
import wave
from array import array
from pathlib import Path

RATE_HZ = 16_000


def main(wav: str, text: str, rate: str = "150", how: str = "", once: str = "") -> None:
    if once:
        how = "" if Path(once).exists() else how
        Path(once).touch()
    if how == "hangs":
        time.sleep(3600)
    if how == "fails":
        sys.exit("no licence\n")
    if how == "nothing":
        return
    ms = 60 * len(text) * 150 // int(rate)
    if how == "short":
        ms = 30
    height = 0 if how == "silent" else 10_000
    samples = ms * RATE_HZ // 1000
    # A long text takes minutes, of which a second is computed and repeated.
    second = [round(height * math.sin(at / 12)) for at in range(min(samples, RATE_HZ))]
    hum = (second * (samples // RATE_HZ + 1))[:samples]
    floor = [at % 4 for at in range(RATE_HZ // 4)]
    with wave.open(wav, "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(array("h", floor + hum + floor).tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
