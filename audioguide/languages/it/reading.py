"""How written shorthand is read aloud in Italian."""

from __future__ import annotations

from audioguide.languages.reading import Clock, Reading, Unit

# A voice says "uno" for a lone digit, also before a noun.
_ONE = {"m": {1: "un"}, "f": {1: "una"}}
_MASCULINE_PARTS = "piede|braccio|ginocchio|fianco|gomito|polso|lato|tallone|gluteo|polpaccio"

_STRESSED = """
ad ai al alla anche ancora ben bene che chi ci con così da dai dal dei del di dopo dorso due ed fai fino già giù gli
ha il in io la le lei lo lui ma mai mani mano mi mio molto né nel no noi non ogni ora per però piano più poco poi
prima può qui sé se sempre senza si sì solo sono su sui sul tra tre tu tua tue tuo tutta tutto un una uno va vai via
voi alt stop piede testa
"""

READING = Reading(
    decimal=",",
    words={
        "ad es.": "ad esempio", "p. es.": "per esempio", "p.es.": "per esempio", "per es.": "per esempio",
        "Ad es.": "ad esempio", "ca.": "circa", "max.": "massimo", "ecc.": "eccetera", "etc.": "eccetera",
        "vs.": "contro", "e/o": "e o", "n°": "numero", "nº": "numero", "rip.": "ripetizioni", "ripet.": "ripetizioni",
        "reps": "ripetizioni", "dx": "destra", "sx": "sinistra", "dx/sx": "destra e sinistra",
        "sx/dx": "sinistra e destra", "dx.": "destra", "sx.": "sinistra", "D/S": "destra e sinistra",
        "incl.": "incluso", "HIIT": "it", "AMRAP": "più giri possibile",
    },
    rows=(
        (rf"\b(?i:({_MASCULINE_PARTS})) (?:dx\b\.?|destra\b)", r"\1 destro"),
        (rf"\b(?i:({_MASCULINE_PARTS})) (?:sx\b\.?|sinistra\b)", r"\1 sinistro"),
        (r"(?<!\d )(?<!\d)\b[Mm]in\.\s?(?=\d)", "minimo "),
        (r"\b[Nn]\.\s?(?=\d)", "numero "),
        (r"(?<!\d)(\d{1,2})\s?h\s?([0-5]\d)(?!\w)", r"\1 h e \2"),
    ),
    inflected=((r"(?<![\w.,])1 ora\b", "un'ora"),),
    stressed=frozenset(_STRESSED.split()),
    second=Unit(
        written="second[oi]|[Ss]ecs?|s", one="secondo", several="secondi", gender="m",
        parts=("mezzo secondo", "un quarto di secondo", "tre quarti di secondo"),
    ),
    minute=Unit(
        written="minut[oi]|[Mm]ins?", one="minuto", several="minuti", gender="m",
        parts=("mezzo minuto", "un quarto di minuto", "tre quarti di minuto"),
    ),
    hour=Unit(
        written="or[ae]|h", one="ora", several="ore", gender="f",
        parts=("mezz'ora", "un quarto d'ora", "tre quarti d'ora"),
    ),
    units=(
        Unit(written="km/h", one="chilometro all'ora", several="chilometri all'ora", gender="m"),
        Unit(written="m/s", one="metro al secondo", several="metri al secondo", gender="m"),
        Unit(written="mm", one="millimetro", several="millimetri", gender="m"),
        Unit(written="cm", one="centimetro", several="centimetri", gender="m"),
        Unit(
            written="km", one="chilometro", several="chilometri", gender="m",
            parts=("mezzo chilometro", "un quarto di chilometro", "tre quarti di chilometro"),
        ),
        Unit(
            written="mt|m|metr[oi]", one="metro", several="metri", gender="m",
            parts=("mezzo metro", "un quarto di metro", "tre quarti di metro"),
        ),
        Unit(
            written="kg|chil[oi]", one="chilo", several="chili", gender="m",
            parts=("mezzo chilo", "un quarto di chilo", "tre quarti di chilo"),
        ),
        Unit(written="gr?|gramm[oi]", one="grammo", several="grammi", gender="m"),
        Unit(written="ml", one="millilitro", several="millilitri", gender="m"),
        Unit(
            written="l|litr[oi]", one="litro", several="litri", gender="m",
            parts=("mezzo litro", "un quarto di litro", "tre quarti di litro"),
        ),
        Unit(written=r"°\s?C", one="grado Celsius", several="gradi Celsius", gender="m"),
        Unit(written="°|grad[oi]", one="grado", several="gradi", gender="m"),
        Unit(written="%|per cento", one="per cento", several="per cento"),
        Unit(written="bpm", one="battito al minuto", several="battiti al minuto", gender="m"),
        Unit(written="kcal", one="chilocaloria", several="chilocalorie", gender="f"),
    ),
    nouns=(
        Unit(written="[Rr]ip(?:et)?|[Rr]eps?|ripetizion[ei]", one="ripetizione", several="ripetizioni", gender="f"),
        Unit(written="serie", one="serie", several="serie", gender="f"),
        Unit(written="gir[oi]", one="giro", several="giri", gender="m",
                parts=("mezzo giro", "un quarto di giro", "tre quarti di giro")),
        Unit(written="volt[ae]", one="volta", several="volte", gender="f"),
        Unit(written="respir[oi]", one="respiro", several="respiri", gender="m"),
        Unit(written="respirazion[ei]", one="respirazione", several="respirazioni", gender="f"),
        Unit(written="esercizi(?:o)?", one="esercizio", several="esercizi", gender="m"),
        Unit(written="lat[oi]", one="lato", several="lati", gender="m"),
        Unit(written="pass[oi]", one="passo", several="passi", gender="m"),
        Unit(written="giorn[oi]|gg", one="giorno", several="giorni", gender="m"),
        Unit(written="settiman[ae]|sett", one="settimana", several="settimane", gender="f"),
        Unit(written="mes[ei]", one="mese", several="mesi", gender="m"),
        Unit(written="ann[oi]", one="anno", several="anni", gender="m"),
    ),
    agreeing=_ONE,
    times="volte",
    sets_of="serie da",
    by="per",
    ranges=(
        (r"\b(?:[Tt]ra|[Ff]ra)\s", "{before}{first} e {last}"),
        (r"\b(?:[Dd]a|[Dd]alle|[Dd]al)\s", "{before}{first} a {last}"),
        # "Per da 30 a 60 secondi" is not Italian; without "per" it is.
        (r"\bper\s", "da {first} a {last}"),
        (r"\bPer\s", "Da {first} a {last}"),
        (r"\b(?:[Oo]gni|[Ii]n|[Dd]i|[Ee]ntro|[Dd]opo|[Aa]ltr[ei]|[Cc]irca|[Cc]on)\s", "{before}{first} o {last}"),
        ("", "da {first} a {last}"),
    ),
    one_and_a_half={"m": "{number} {unit} e mezzo", "f": "{number} {unit} e mezza"},
    parts=("mezzo", "un quarto", "tre quarti"),
    or_more="o più",
    per=(
        ("lato|gamba|braccio|mano|piede|ginocchio|direzione|serie", r"per \g<0>"),
        ("rip|ripetizion[ei]", "per ripetizione"),
        ("sett(?:imana)?", "a settimana"),
        ("giorno|gg?|d(?:ie)?", "al giorno"),
        ("mese", "al mese"),
        ("anno", "all'anno"),
        ("min(?:uto)?", "al minuto"),
        ("s|sec(?:ondo)?", "al secondo"),
        ("h|ora", "all'ora"),
    ),
    out_of="{score} su {most}",
    either="o",
    signs={
        "≤": "al massimo", "≥": "almeno", "<": "meno di", ">": "più di", "±": "più o meno", "~": "circa", "≈": "circa",
        "&": "e", "+": "più", "=": "uguale a", "≠": "diverso da", "%": "per cento", "°": "gradi", "-": "meno",
        "#": "numero", "÷": "diviso",
    },
    counted_in_roman="guerriero|virabhadrasana|fase|tipo|grado|livello|stadio|parte|zona|classe|blocco",
    first_twelve=(
        "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici",
    ),
    days=(
        ("[Ll]un", "lunedì"), ("[Mm]ar", "martedì"), ("[Mm]er", "mercoledì"), ("[Gg]io", "giovedì"),
        ("[Vv]en", "venerdì"), ("[Ss]ab", "sabato"), ("[Dd]om", "domenica"),
    ),
    days_between="da {first} a {last}",
    clock=Clock(
        before=r"\b(?:[Aa]lle|[Dd]alle|[Vv]erso le)\s", after=r"\s?h\b", said="{hours} e {minutes}",
        said_full="{hours}",
    ),
)  # fmt: skip
