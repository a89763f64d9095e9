"""How written shorthand is read aloud in Spanish."""

from __future__ import annotations

from audioguide.languages.reading import Clock, Reading, Unit

_TENS = {30: "treinta", 40: "cuarenta", 50: "cincuenta", 60: "sesenta", 70: "setenta", 80: "ochenta", 90: "noventa"}
_HUNDREDS = {200: "doscientas", 300: "trescientas", 400: "cuatrocientas", 500: "quinientas", 600: "seiscientas"}
# A voice says "uno" for a lone digit, also before a noun.
_MASCULINE = {1: "un", 21: "veintiún"} | {tens + 1: f"{word} y un" for tens, word in _TENS.items()}
_FEMININE = {1: "una", 21: "veintiuna"} | {tens + 1: f"{word} y una" for tens, word in _TENS.items()} | _HUNDREDS
_BEFORE_RANGE = (
    "de|desde|en|con|por|para|durante|cada|hasta|unos|unas|tras|sobre|otros|otras|las|los|semanas?|días?|fases?|nivel"
    "|niveles|páginas?|pasos?|sesión|sesiones|rondas"
)

_STRESSED = """
al así aún cada con de del dos el en es esa ese eso hay la las lo los luego mal más mi muy nada ni no nos nunca ojo
para pero pie poco por que qué sal se si sí sin solo su te ten todo toda tres tu tus un una uno ve ver vez ya yo bien
alto baja bajo cerca lento lenta suave suelo fin dolor siempre hasta brazo mano
"""

READING = Reading(
    decimal=",",
    words={
        "p. ej.": "por ejemplo", "p.ej.": "por ejemplo", "P. ej.": "por ejemplo", "p.e.": "por ejemplo",
        "aprox.": "aproximadamente", "máx.": "máximo", "max.": "máximo", "mín.": "mínimo", "etc.": "etcétera",
        "vs.": "contra", "y/o": "y o", "n.º": "número", "nº": "número", "n°": "número", "N.º": "número",
        "núm.": "número", "rep.": "repeticiones", "reps.": "repeticiones", "reps": "repeticiones",
        "dcha.": "derecha", "dcho.": "derecho", "der.": "derecha", "izda.": "izquierda", "izdo.": "izquierdo",
        "izq.": "izquierda", "D/I": "derecha e izquierda", "I/D": "izquierda y derecha", "incl.": "incluido",
        "HIIT": "jit", "AMRAP": "tantas rondas como puedas", "ROM": "rango de movimiento",
    },
    rows=(
        (r"\b([Pp]ie|[Bb]razo|[Hh]ombro|[Cc]odo|[Tt]obillo|[Tt]alón|[Ll]ado) (?:der\.|derecha\b)", r"\1 derecho"),
        (r"\b([Pp]ie|[Bb]razo|[Hh]ombro|[Cc]odo|[Tt]obillo|[Tt]alón|[Ll]ado) (?:izq\.|izquierda\b)", r"\1 izquierdo"),
        (r"(?<!\d )(?<!\d)\b[Mm]in\.\s?(?=\d)", "mínimo "),
        (r"(?<!\d)(\d{1,2})\s?h\s?([0-5]\d)(?!\w)", r"\1 h \2"),
        # Two ways to write a time of day; the mark for hours behind it says nothing more.
        (r"(?<![\d.:])(\d{1,2})[.:]([0-5]\d)\s?h(?!\w)", r"\1 y \2"),
    ),
    inflected=((r"\b([Ll]a) 1(?= y\b|[.,]|$)", r"\1 una"),),
    stressed=frozenset(_STRESSED.split()),
    second=Unit(
        written="segundos?|[Ss]egs?|s|sec", one="segundo", several="segundos", gender="m",
        parts=("medio segundo", "un cuarto de segundo", "tres cuartos de segundo"),
    ),
    minute=Unit(
        written="minutos?|[Mm]ins?", one="minuto", several="minutos", gender="m",
        parts=("medio minuto", "un cuarto de minuto", "tres cuartos de minuto"),
    ),
    hour=Unit(
        written="horas?|hrs?|h", one="hora", several="horas", gender="f",
        parts=("media hora", "un cuarto de hora", "tres cuartos de hora"),
    ),
    units=(
        Unit(written="km/h", one="kilómetro por hora", several="kilómetros por hora", gender="m"),
        Unit(written="m/s", one="metro por segundo", several="metros por segundo", gender="m"),
        Unit(written="mm", one="milímetro", several="milímetros", gender="m"),
        Unit(written="cms?", one="centímetro", several="centímetros", gender="m"),
        Unit(
            written="kms?", one="kilómetro", several="kilómetros", gender="m",
            parts=("medio kilómetro", "un cuarto de kilómetro", "tres cuartos de kilómetro"),
        ),
        Unit(
            written="mts?|m|metros?", one="metro", several="metros", gender="m",
            parts=("medio metro", "un cuarto de metro", "tres cuartos de metro"),
        ),
        Unit(
            written="kgs?|kilos?", one="kilo", several="kilos", gender="m",
            parts=("medio kilo", "un cuarto de kilo", "tres cuartos de kilo"),
        ),
        Unit(written="grs?|g|gramos?", one="gramo", several="gramos", gender="m"),
        Unit(written="ml", one="mililitro", several="mililitros", gender="m"),
        Unit(
            written="l|litros?", one="litro", several="litros", gender="m",
            parts=("medio litro", "un cuarto de litro", "tres cuartos de litro"),
        ),
        Unit(written="lbs?|libras?", one="libra", several="libras", gender="f"),
        Unit(written=r"°\s?C", one="grado Celsius", several="grados Celsius", gender="m"),
        Unit(written="°|grados?", one="grado", several="grados", gender="m"),
        Unit(written="%|por ciento", one="por ciento", several="por ciento"),
        Unit(written="lpm|ppm|bpm", one="latido por minuto", several="latidos por minuto", gender="m"),
        Unit(written="kcal", one="kilocaloría", several="kilocalorías", gender="f"),
    ),
    nouns=(
        Unit(written="[Rr]eps?|repetici(?:ón|ones)", one="repetición", several="repeticiones", gender="f"),
        Unit(written="series?|ser", one="serie", several="series", gender="f"),
        Unit(written="rondas?", one="ronda", several="rondas", gender="f"),
        Unit(written="ve(?:z|ces)", one="vez", several="veces", gender="f"),
        Unit(written="respiraci(?:ón|ones)|resp", one="respiración", several="respiraciones", gender="f"),
        Unit(written="ejercicios?", one="ejercicio", several="ejercicios", gender="m"),
        Unit(written="lados?", one="lado", several="lados", gender="m"),
        Unit(written="pasos?", one="paso", several="pasos", gender="m"),
        Unit(written="días?", one="día", several="días", gender="m"),
        Unit(written="semanas?|sem", one="semana", several="semanas", gender="f"),
        Unit(written="mes(?:es)?", one="mes", several="meses", gender="m"),
        Unit(written="años?", one="año", several="años", gender="m"),
        Unit(
            written="vueltas?", one="vuelta", several="vueltas", gender="f",
            parts=("media vuelta", "un cuarto de vuelta", "tres cuartos de vuelta"),
        ),
    ),
    agreeing={"m": _MASCULINE, "f": _FEMININE},
    times="veces",
    sets_of="series de",
    by="por",
    ranges=(
        (r"\b[Ee]ntre\s", "{before}{first} y {last}"),
        (rf"\b(?i:{_BEFORE_RANGE})\s", "{before}{first} a {last}"),
        ("", "de {first} a {last}"),
    ),
    one_and_a_half={"m": "{number} {unit} y medio", "f": "{number} {unit} y media"},
    parts=("medio", "un cuarto", "tres cuartos"),
    or_more="o más",
    per=(
        ("lado|pierna|brazo|mano|pie|rodilla|dirección|serie|semana|mes|año", r"por \g<0>"),
        ("rep|repetici(?:ón|ones)", "por repetición"),
        ("sem", "por semana"),
        ("día|d", "al día"),
        ("min(?:uto)?", "por minuto"),
        ("s|seg(?:undo)?", "por segundo"),
        ("h|hora", "por hora"),
    ),
    out_of="{score} de {most}",
    either="o",
    signs={
        "≤": "como máximo", "≥": "al menos", "<": "menos de", ">": "más de", "±": "más menos",
        "~": "aproximadamente", "≈": "aproximadamente", "&": "y", "+": "más", "=": "igual a", "≠": "distinto de",
        "%": "por ciento", "°": "grados", "-": "menos", "#": "número", "÷": "entre",
    },
    counted_in_roman="guerrero|virabhadrasana|fase|tipo|grado|nivel|etapa|parte|zona|clase|bloque",
    first_twelve=("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    days=(
        ("[Ll]un", "lunes"), ("[Mm]ar", "martes"), ("[Mm]ié", "miércoles"), ("[Jj]ue", "jueves"),
        ("[Vv]ie", "viernes"), ("[Ss]áb", "sábado"), ("[Dd]om", "domingo"),
    ),
    days_between="de {first} a {last}",
    clock=Clock(before=r"\b[Ll]as?\s", after=r"\s?h\b", said="{hours} y {minutes}", said_full="{hours}"),
)  # fmt: skip
