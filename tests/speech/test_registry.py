import sys
from importlib import util
from importlib.machinery import ModuleSpec

import pytest

from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech import registry
from audioguide.speech.engines import espeak_files
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.espeak import EspeakEngine
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.registry import DEFAULTS, ENGINES, default_engine, open_engine


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_has_the_name_it_is_opened_by(name: str) -> None:
    assert open_engine(name).name == name


@pytest.mark.parametrize(("platform", "engine"), DEFAULTS.items())
def test_each_platform_has_its_engine(monkeypatch: pytest.MonkeyPatch, platform: str, engine: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert default_engine() == engine
    assert engine in ENGINES


@pytest.mark.parametrize(
    ("asked", "near"), [("espek", "espeak"), ("pyttsx", "pyttsx3"), ("zzz", "there are hibari, espeak")]
)
def test_an_unknown_engine_is_refused_with_similar_ones(asked: str, near: str) -> None:
    with pytest.raises(RequestError, match=near):
        open_engine(asked)


def test_a_language_that_several_voices_speak_is_ambiguous() -> None:
    voices = (Voice("x/a", "Ann", "en_US"), Voice("x/b", "Bob", "en-US"), Voice("x/c", "Cy", "de"))
    catalogue = Catalogue(version="1", voices=voices, default="x/a", tags=tags_of(voices))
    assert catalogue.find("ann") == "x/a"
    assert catalogue.find("DE") == catalogue.find("c") == "x/c"
    with pytest.raises(RequestError, match="'x/a', 'x/b'"):
        catalogue.find("en-us")


VOICES = (Voice("gmw/en", "English", "en"), Voice("roa/fr", "French", "fr"))


def test_a_variant_follows_a_voice_after_a_plus_sign() -> None:
    catalogue = Catalogue(version="1", voices=VOICES, default="roa/fr", tags=tags_of(VOICES), variants=("Annie", "f2"))
    assert catalogue.find("EN+F2") == "gmw/en+f2"
    assert catalogue.check(VoiceSettings(voice="english+annie"), "x").voice == "gmw/en+Annie"
    with pytest.raises(RequestError, match=r"^there is no variant 'zz' of a voice$"):
        catalogue.find("en+zz")
    with pytest.raises(RequestError, match=r"^there is no variant 'ann' of a voice; near ones are 'Annie'$"):
        catalogue.find("en+ann")


def test_without_variants_a_plus_sign_is_part_of_the_name() -> None:
    catalogue = Catalogue(version="1", voices=(*VOICES, Voice("a+b", "A", "de")), default="a+b", tags={})
    assert catalogue.find("A+B") == "a+b"
    with pytest.raises(RequestError, match=r"no voice 'en\+f2'"):
        catalogue.find("en+f2")


def test_an_unnamed_voice_is_the_default() -> None:
    catalogue = Catalogue(version="1", voices=VOICES, default="roa/fr", tags=tags_of(VOICES))
    for voice in (None, ""):
        assert catalogue.check(VoiceSettings(voice=voice), "x") == VoiceSettings(engine="x", voice="roa/fr")


def test_a_missing_wheel_names_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(SpeechError, match="pip install espeakng-loader"):
        EspeakEngine().check(VoiceSettings())


def test_a_wheel_without_data_names_the_fix(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    library = tmp_path / "espeakng_loader"
    library.mkdir()
    (library / "__init__.py").touch()
    for name in espeak_files.LIBRARIES.values():
        (library / name).touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SpeechError, match=r"lacks .*phontab; fix it with"):
        EspeakEngine().check(VoiceSettings())


@pytest.mark.natural_default
def test_english_is_spoken_naturally_where_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"hibari", "onnxruntime"}
    monkeypatch.setattr(util, "find_spec", lambda name: object() if name in found else None)
    assert default_engine() == "hibari"
    found.remove("onnxruntime")
    assert default_engine() == DEFAULTS.get(sys.platform)


@pytest.mark.natural_default
def test_an_installed_and_broken_natural_voice_is_an_error_that_names_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: ModuleSpec(name, None) if name != "num2words" else None)
    with pytest.raises(SpeechError, match="pip install num2words"):
        open_engine(None).check(VoiceSettings())


@pytest.mark.parametrize(("voice", "engine"), [(None, "fake"), ("low", "fake"), ("Other", "spare"), ("zz", "fake")])
def test_a_voice_without_an_engine_is_spoken_by_the_engine_that_has_it(
    monkeypatch: pytest.MonkeyPatch, voice: str | None, engine: str
) -> None:
    class Spare(FakeEngine):
        name = "spare"

        def check(self, settings: VoiceSettings) -> VoiceSettings:
            if settings.voice != "Other":
                raise RequestError(f"no voice {settings.voice}")
            return settings

    class Missing(FakeEngine):
        def check(self, settings: VoiceSettings) -> VoiceSettings:
            raise SpeechError("not installed")

    monkeypatch.setitem(registry.ENGINES, "spare", Spare)
    monkeypatch.setitem(registry.ENGINES, "missing", Missing)
    monkeypatch.setattr(registry, "DEFAULTS", {sys.platform: "fake", "a": "missing", "b": "spare"})
    assert open_engine(None, voice).name == engine
    assert open_engine("fake", voice).name == "fake"


def test_the_best_engine_that_speaks_a_language_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class German(FakeEngine):
        name = "german"

        def voices(self) -> tuple[Voice, ...]:
            return (Voice("anna", "Anna", "de-DE"),)

    class English(German):
        name = "english"

        def voices(self) -> tuple[Voice, ...]:
            return (Voice("sam", "Sam", "en-US"),)

    class Missing(German):
        def voices(self) -> tuple[Voice, ...]:
            raise SpeechError("no voice yet")

    def opened(piper: type[FakeEngine], own: type[FakeEngine], espeak: type[FakeEngine], language: str) -> str:
        for name, engine in (("piper", piper), ("own", own), ("espeak", espeak)):
            monkeypatch.setitem(registry.ENGINES, name, engine)
        monkeypatch.setattr(registry, "DEFAULTS", {sys.platform: "own"})
        engine = open_engine(None, language=language)
        return next(name for name in ("piper", "own", "espeak") if type(engine) is registry.ENGINES[name])

    assert opened(German, type("Own", (German,), {}), type("Es", (German,), {}), "de") == "piper"
    assert opened(Missing, German, type("Es", (German,), {}), "de-AT") == "own"
    assert opened(Missing, English, German, "de") == "espeak"
    # Nobody speaks it: the platform's own says what is missing.
    assert opened(Missing, English, type("Es", (English,), {}), "de") == "own"
    assert opened(English, type("Own", (English,), {}), German, "en") == "own"


def test_a_voice_named_alone_is_found_among_the_engines_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "DEFAULTS", {sys.platform: "fake"})
    monkeypatch.setitem(registry.ENGINES, "piper", FakeEngine)
    assert open_engine(None, "low", language="de").name == "fake"
