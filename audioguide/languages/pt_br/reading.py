"""How written shorthand is read aloud in Brazilian Portuguese."""

from __future__ import annotations

from audioguide.languages.reading import Clock, Reading, Unit

_TENS = {
    20: "vinte", 30: "trinta", 40: "quarenta", 50: "cinquenta", 60: "sessenta", 70: "setenta", 80: "oitenta",
    90: "noventa",
}  # fmt: skip
# A voice says "um" and "dois" for digits, also before a feminine noun.
_FEMININE = (
    {1: "uma", 2: "duas", 200: "duzentas", 300: "trezentas", 400: "quatrocentas", 500: "quinhentas"}
    | {tens + 1: f"{word} e uma" for tens, word in _TENS.items()}
    | {tens + 2: f"{word} e duas" for tens, word in _TENS.items()}
)
_BEFORE_RANGE = (
    "de|desde|em|com|por|para|durante|cada|até|uns|umas|após|sobre|outros|outras|as|os|semanas?|dias?|fases?|nível"
    "|níveis|páginas?|passos?|sessão|sessões|cerca de"
)
_MASCULINE_PARTS = "pé|braço|joelho|ombro|cotovelo|punho|tornozelo|calcanhar|lado"

_STRESSED = """
ao aos às até bem cada com da das de devagar do dois dor dos duas ela ele em eu fim há já junto lá mais mal mas me meu
muito na não nada nas nem no nos nunca os ou para pé pela pelo por pouco qual que sem sempre seu se só sob sua suas
tão te toda todo três tudo um uma vai vez você alto baixo chão lento mão braço pare
"""

READING = Reading(
    decimal=",",
    singular_below_two=True,
    words={
        "p. ex.": "por exemplo", "p.ex.": "por exemplo", "P. ex.": "por exemplo", "por ex.": "por exemplo",
        "aprox.": "aproximadamente", "máx.": "máximo", "max.": "máximo", "mín.": "mínimo", "etc.": "etcétera",
        "vs.": "contra", "e/ou": "e ou", "nº": "número", "n.º": "número", "n°": "número", "Nº": "número",
        "rep.": "repetições", "reps.": "repetições", "reps": "repetições", "dir.": "direita", "esq.": "esquerda",
        "D/E": "direita e esquerda", "E/D": "esquerda e direita", "incl.": "incluído", "HIIT": "rit",
        "AMRAP": "o máximo de rodadas possível",
    },
    rows=(
        (rf"\b(?i:({_MASCULINE_PARTS})) (?:dir\.|direita\b)", r"\1 direito"),
        (rf"\b(?i:({_MASCULINE_PARTS})) (?:esq\.|esquerda\b)", r"\1 esquerdo"),
        (r"(?<!\d )(?<!\d)\b[Mm]in\.\s?(?=\d)", "mínimo "),
        (r"(?<!\d)(\d{1,2})\s?h\s?([0-5]\d)(?:\s?min)?(?!\w)", r"\1 h e \2"),
    ),
    stressed=frozenset(_STRESSED.split()),
    second=Unit(
        written="segundos?|[Ss]egs?|s", one="segundo", several="segundos", gender="m",
        parts=("meio segundo", "um quarto de segundo", "três quartos de segundo"),
    ),
    minute=Unit(
        written="minutos?|[Mm]ins?", one="minuto", several="minutos", gender="m",
        parts=("meio minuto", "um quarto de minuto", "três quartos de minuto"),
    ),
    hour=Unit(
        written="horas?|hs?", one="hora", several="horas", gender="f",
        parts=("meia hora", "um quarto de hora", "três quartos de hora"),
    ),
    units=(
        Unit(written="km/h", one="quilômetro por hora", several="quilômetros por hora", gender="m"),
        Unit(written="m/s", one="metro por segundo", several="metros por segundo", gender="m"),
        Unit(written="mm", one="milímetro", several="milímetros", gender="m"),
        Unit(written="cm", one="centímetro", several="centímetros", gender="m"),
        Unit(
            written="km", one="quilômetro", several="quilômetros", gender="m",
            parts=("meio quilômetro", "um quarto de quilômetro", "três quartos de quilômetro"),
        ),
        Unit(
            written="m|metros?", one="metro", several="metros", gender="m",
            parts=("meio metro", "um quarto de metro", "três quartos de metro"),
        ),
        Unit(
            written="kgs?|quilos?", one="quilo", several="quilos", gender="m",
            parts=("meio quilo", "um quarto de quilo", "três quartos de quilo"),
        ),
        Unit(written="g|gramas?", one="grama", several="gramas", gender="m"),
        Unit(written="ml", one="mililitro", several="mililitros", gender="m"),
        Unit(
            written="l|litros?", one="litro", several="litros", gender="m",
            parts=("meio litro", "um quarto de litro", "três quartos de litro"),
        ),
        Unit(written=r"°\s?C", one="grau Celsius", several="graus Celsius", gender="m"),
        Unit(written="°|graus?", one="grau", several="graus", gender="m"),
        Unit(written="%|por cento", one="por cento", several="por cento"),
        Unit(written="bpm", one="batimento por minuto", several="batimentos por minuto", gender="m"),
        Unit(written="kcal", one="quilocaloria", several="quilocalorias", gender="f"),
    ),
    nouns=(
        Unit(written="[Rr]eps?|repetiç(?:ão|ões)", one="repetição", several="repetições", gender="f"),
        Unit(written="séries?", one="série", several="séries", gender="f"),
        Unit(
            written="voltas?", one="volta", several="voltas", gender="f",
            parts=("meia volta", "um quarto de volta", "três quartos de volta"),
        ),
        Unit(written="rodadas?", one="rodada", several="rodadas", gender="f"),
        Unit(written="ve(?:z|zes)", one="vez", several="vezes", gender="f"),
        Unit(written="respiraç(?:ão|ões)|resp", one="respiração", several="respirações", gender="f"),
        Unit(written="exercícios?", one="exercício", several="exercícios", gender="m"),
        Unit(written="lados?", one="lado", several="lados", gender="m"),
        Unit(written="passos?", one="passo", several="passos", gender="m"),
        Unit(written="dias?", one="dia", several="dias", gender="m"),
        Unit(written="semanas?|sem", one="semana", several="semanas", gender="f"),
        Unit(written="m[êe]s(?:es)?", one="mês", several="meses", gender="m"),
        Unit(written="anos?", one="ano", several="anos", gender="m"),
        Unit(written="pernas?", one="perna", several="pernas", gender="f"),
        Unit(written="mãos?", one="mão", several="mãos", gender="f"),
        Unit(written="polegadas?|pol", one="polegada", several="polegadas", gender="f"),
    ),
    agreeing={"f": _FEMININE},
    times="vezes",
    sets_of="séries de",
    by="por",
    ranges=(
        (r"\b[Ee]ntre\s", "{before}{first} e {last}"),
        (rf"\b(?i:{_BEFORE_RANGE})\s", "{before}{first} a {last}"),
        ("", "de {first} a {last}"),
    ),
    one_and_a_half={"m": "{number} {unit} e meio", "f": "{number} {unit} e meia"},
    parts=("meio", "um quarto", "três quartos"),
    or_more="ou mais",
    per=(
        ("lado|perna|braço|mão|pé|joelho|direção|série|semana|dia|mês|ano", r"por \g<0>"),
        ("rep|repetiç(?:ão|ões)", "por repetição"),
        ("sem", "por semana"),
        ("min(?:uto)?", "por minuto"),
        ("s|seg(?:undo)?", "por segundo"),
        ("h|hora", "por hora"),
    ),
    out_of="{score} de {most}",
    either="ou",
    signs={
        "≤": "no máximo", "≥": "pelo menos", "<": "menos de", ">": "mais de", "±": "mais ou menos", "~": "cerca de",
        "≈": "cerca de", "&": "e", "+": "mais", "=": "igual a", "≠": "diferente de", "%": "por cento", "°": "graus",
        "-": "menos", "#": "número", "÷": "dividido por",
    },
    counted_in_roman="guerreiro|virabhadrasana|fase|tipo|grau|nível|estágio|etapa|parte|zona|classe|bloco",
    first_twelve=("um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"),
    days=(
        ("[Ss]eg", "segunda-feira"), ("[Tt]er", "terça-feira"), ("[Qq]ua", "quarta-feira"), ("[Qq]ui", "quinta-feira"),
        ("[Ss]ex", "sexta-feira"), ("[Ss]áb", "sábado"), ("[Dd]om", "domingo"),
    ),
    days_between="de {first} a {last}",
    clock=Clock(
        before=r"\b(?:[ÀàAa]s|[Dd]as)\s", after=r"\s?h\b", said="{hours} e {minutes}",
        said_full="{hours} horas",
    ),
)  # fmt: skip
