"""Fetches a voice in a process of its own and prints the bytes as they come; or prints the installed voices.

Arguments: the voice's name, its files as JSON, and an address to fetch from, or nothing.
"""

import json
import sys

from audioguide.speech import voice_files
from audioguide.speech.engines import voice_list
from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile

name, files, source = sys.argv[1:]
listed = tuple(VoiceFile(**file) for file in json.loads(files))
voice = ListedVoice("hibari", name, "en-GB", "British", "CC0-1.0", "", listed)
voice_list.VOICES = (voice,)
if source:
    voice_files.fetch(voice, source, lambda count: print(count, flush=True))
print(*voice_files.installed("hibari"), flush=True)
