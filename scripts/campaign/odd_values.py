"""Odd texts and numbers, small protocols that are right, and changes by which a file or table may go wrong."""

from __future__ import annotations

import copy
import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "it", "pt-BR")

TEXTS = (
    "", " ", "\t", "\n", "a\nb", "\r\n", "x" * 119, "x" * 121, "x" * 501, "word " * 99, "word " * 1100, "x" * 50_000,
    "{side}", "{other_side}", "{", "}", "{side", "{}", "{0}", "{side!r}", "{side.__class__}", "{links|rechts} Knie",
    "{other:left|right}", "{5 centimetres|2 inches}", "{a|b|c}", "{|}", "{{side}}",
    "\x1b[31mred", "\x1b]0;owned\x07", "\x9b31m", "\u202eevil", "\u2066\u2069", "\u2028", "\0", "\x7f", "\ufeff",
    "\ufffd", "\U0010ffff", "a\u0301" + "\u0301" * 300, "ﬁ", "\u00a0", "\u200b", "日本語", "שלום", "👩\u200d⚕️",
    "<script>alert(1)</script>", "</script><script>", "\"'><img src=x onerror=alert(1)>", "&amp;&#60;", "]]>",
    "{{7*7}}",
    "{% raw %}", "=1+1", "@SUM(A1)", "-1", "+1", "%s%n", "../../etc/passwd", "/etc/passwd", "C:\\x", "CON", ".", "..",
    "a/b", "x.mp3", "[bold]x[/bold]", "[/]", "\\", "'", '"', "$HOME", "`id`", "…", "...", "—", "?!", "1/2", "3-1-1",
    "½", "٣", "10.000", "1e5 km", "5 - 10 s", "2026-11-26", "12:30", "/ˈfoʊ/", "//", "https://x.invalid/?a=b&c",
    "BEGIN:VEVENT", "a;b,c:d", "#EXTM3U", "Kneel. Breathe. Look.", "true", "nan", "0", "Don't", "l'étirement",
    "straße",
)  # fmt: skip
NUMBERS = (
    0, -0.0, 1, -1, 2, 0.1, 0.5, 0.4999999, 1.0000001, 1e-9, 1e-320, 3.7, 59.999, 60, 1000, 1001, 86_400, 86_400.5,
    86_401, 520, 521, 1440, 999_999_999, 10**9, 2**31, 2**53 + 1, 2**63 - 1, 1e16, 1e308, -1e308, math.inf, -math.inf,
    math.nan,
)  # fmt: skip
OTHERS: tuple[Any, ...] = (
    True, False, [], {}, [[]], [{}], {"": ""}, {"use": "e0"}, ["e0", "e0"], [""], [0, 1], date(2026, 11, 26),
    date(9999, 12, 31), date(1, 1, 1), time(12, 30), datetime(2026, 11, 26, 12, 30),
    {"text": "x", "clip": "none.wav"},
    {"default": 5, "min": 9, "max": 1}, {"default": 5, "min": 5, "max": 5}, {"left": 5}, [1, 2, 3, 4],
)  # fmt: skip

WORDS = (
    "Kneel", "Breathe out", "Reach up and hold the line", "Look ahead", "Let go", "Press the floor away",
    "Stay for 20 to 30 seconds", "{side} knee down", "Don't arch your back", "Keep 5 cm of room",
)  # fmt: skip


def odd(chance: random.Random) -> Any:
    """Return a value that may be wrong anywhere."""
    return copy.deepcopy(chance.choice(chance.choice((TEXTS, NUMBERS, OTHERS))))


def toml_of(table: Mapping[str, Any]) -> str:
    """Return ``table`` as a TOML file. Each key's value stands on one line, which suits any value."""
    lines = []
    for key, value in table.items():
        if key in ("exercise", "voice") and isinstance(value, dict) and value:
            # As people write it, below all else.
            continue
        lines.append(f"{_key(key)} = {_value(value)}")
    for key in ("exercise", "voice"):
        inner = table.get(key)
        if isinstance(inner, dict) and inner:
            if all(isinstance(one, dict) for one in inner.values()):
                for name, one in inner.items():
                    lines.append(f"[{key}.{_key(name)}]")
                    lines += [f"{_key(field)} = {_value(found)}" for field, found in one.items()]
            else:
                lines.append(f"[{key}]")
                lines += [f"{_key(field)} = {_value(found)}" for field, found in inner.items()]
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else _text(key)


def _text(text: str) -> str:
    # JSON's escapes are TOML's, but for what lies beyond 16 bits, and DEL.
    shown = "".join(f"\\U{ord(sign):08x}" if ord(sign) > 0xFFFF else sign for sign in text)
    return json.dumps(shown).replace("\\\\U", "\\U").replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    """Return any value that TOML has a form for, written anew here: what is tried must not come from what is tried."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _text(value)
        case float():
            return {"nan": "nan", "inf": "inf", "-inf": "-inf"}.get(str(value), repr(value))
        case dict():
            return "{ " + ", ".join(f"{_key(str(key))} = {_value(inner)}" for key, inner in value.items()) + " }"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case date() | time():
            return value.isoformat()
    return str(value)


def small_protocol(chance: random.Random) -> dict[str, Any]:
    """Return a protocol that is right, or nearly: short holds, reps, circuits, choices, weeks."""
    known = {f"e{number}": exercise(chance) for number in range(chance.randint(1, 3))}
    phases: list[dict[str, Any]] = []
    for number in range(chance.randint(1, 2)):
        used: list[Any] = [chance.choice(sorted(known)) for _ in range(chance.randint(1, 3))]
        phase: dict[str, Any] = {"title": f"Phase {number}", "exercises": used}
        if chance.random() < 0.3:
            phase["circuit"] = {"rounds": chance.randint(1, 3), "rest_s": chance.choice((0, 2, 10))}
            if all("hold_s" in known[name] for name in used) and chance.random() < 0.5:
                phase["circuit"]["work_s"] = chance.choice((5, 8.5, 20))
        elif chance.random() < 0.2:
            phase["circuit"] = {"minutes": chance.choice((0.5, 1, {"default": 1, "min": 0.5, "max": 2}))}
        elif chance.random() < 0.4:
            name = used[0]
            own: dict[str, Any] = {"hold_s": 6} if "hold_s" in known[name] else {"reps": 2}
            used[0] = {"use": name, **own, "weeks": "1-"} if chance.random() < 0.5 else {"use": name, **own}
        elif len(set(used)) > 1:
            used[:2] = [{"choice": "way", "of": [used[0], next(one for one in used if one != used[0])]}]
        if number and chance.random() < 0.3:
            phase["weeks"] = chance.choice(("1-3", "4", "5-", "1,3,5", 2, [1, 4]))
        if len(phase["exercises"]) > 1 and chance.random() < 0.2:
            phase["shuffle"] = True
        phases.append(phase)
    table: dict[str, Any] = {"format": 1, "id": "own", "title": "Own"}
    if chance.random() < 0.6:
        table["language"] = chance.choice(LANGUAGES)
    for key in ("summary", "safety", "red_flags", "closing", "see_professional", "why"):
        if chance.random() < 0.3:
            table[key] = [sentence(chance)]
    if chance.random() < 0.4:
        table["programme"] = {
            "daily_days": chance.choice((0, 7, 14)),
            "times_a_week": chance.choice((3, {"default": 3, "min": 2, "max": 4})),
            "weeks": chance.choice((2, 3, 9)),
            "grow_until_week": chance.choice((2, 8)),
        }
    return table | {"phase": phases, "exercise": known}


def exercise(chance: random.Random) -> dict[str, Any]:
    """Return an exercise that is right, or nearly."""
    table: dict[str, Any] = {"name": chance.choice(("Reach", "Bridge", "Calf stretch"))}
    for key in ("setup", "coaching", "caution", "mistake", "leave", "load", "read"):
        if chance.random() < 0.4:
            table[key] = [sentence(chance) for _ in range(chance.randint(1, 2))]
    if chance.random() < 0.5:
        table |= {"setup_s": chance.choice((0, 2, 5))}
    if chance.random() < 0.3:
        table |= {"equipment": ["mat"], "sets": chance.choice((1, 2, {"default": 2, "min": 1, "max": 3}))}
    if chance.random() < 0.4:
        table["rest_s"] = chance.choice((0, 0.5, 5))
    if chance.random() < 0.55:
        dose = chance.choice((3, 5, 12, 31.5, 45, {"default": 10, "min": 5, "max": 20}))
        table |= {"hold_s": dose, "sides": chance.choice(("each", "both", "right"))}
        if chance.random() < 0.15:
            table |= {"repeat": chance.randint(2, 3), "relax_s": 2}
    else:
        table |= {
            "reps": chance.choice((1, 3, {"default": 3, "min": 2, "max": 4})),
            "sides": chance.choice(("each", "alternating", "both", "left")),
            "tempo": chance.choice(("3-1-1", "1-0-X", [{"say": "Lift", "s": 1}, {"s": 1.5, "say": "Lower"}])),
        }
    return table


def sentence(chance: random.Random) -> str:
    """Return some words."""
    # A side is named only where there is one, which most exercises decide after their words.
    words = [word for word in WORDS if "{" not in word or chance.random() < 0.1]
    return ", ".join(chance.choice(words) for _ in range(chance.randint(1, 2))) + "."


def changed(table: Mapping[str, Any], schema: Mapping[str, Any], chance: random.Random, times: int) -> dict[str, Any]:
    """Return ``table`` with so many changes, of which each may make it wrong; names of keys come from ``schema``."""
    made = copy.deepcopy(dict(table))
    for _ in range(times):
        found = list(places(made))
        holder, key = chance.choice(found)
        kind = chance.random()
        if kind < 0.35:
            holder[key] = odd(chance)
        elif kind < 0.65:
            target = holder[key] if isinstance(holder[key], dict) else holder if isinstance(holder, dict) else made
            name, example = chance.choice(_keys_for(target, schema))
            target[name] = example if chance.random() < 0.6 else odd(chance)
        elif kind < 0.75:
            del holder[key]
        elif kind < 0.82 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif kind < 0.87 and isinstance(holder, list):
            chance.shuffle(holder)
        elif kind < 0.92 and isinstance(holder, dict):
            holder[chance.choice((f"{key}s", key.upper(), key[:-1], chance.choice(TEXTS)[:80]))] = holder.pop(key)
        elif kind < 0.96:
            holder[key] = [holder[key]]
        else:
            other, other_key = chance.choice(found)
            holder[key] = copy.deepcopy(other[other_key])
        if not made:
            break
    return made


def extended(table: Mapping[str, Any], schema: Mapping[str, Any], chance: random.Random, times: int) -> dict[str, Any]:
    """Return ``table`` with so many changes that leave it right more often than not: examples of keys, odd words."""
    made = copy.deepcopy(dict(table))
    for _ in range(times):
        holder, key = chance.choice(list(places(made)))
        if isinstance(holder[key], str) and isinstance(holder, list) and " " in holder[key]:
            holder[key] = chance.choice(TEXTS)
        elif isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
            holder[key] = chance.choice((*NUMBERS[3:20], holder[key] * 2))
        else:
            target = holder[key] if isinstance(holder[key], dict) else holder if isinstance(holder, dict) else made
            name, example = chance.choice(_keys_for(target, schema))
            target.setdefault(name, copy.deepcopy(example))
    return made


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a tree of tables and lists: what holds it, and its key."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def _keys_for(table: Mapping[str, Any], schema: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return keys, with an example each, of the kind of table that ``table`` most looks like."""
    kinds = _kinds(json.dumps(schema))
    best = max(kinds, key=lambda kind: len(table.keys() & kind.keys()) - 0.01 * len(kind))
    return list(best.items())


@cache
def _kinds(schema: str) -> tuple[dict[str, Any], ...]:
    """Return for each kind of table its keys with an example each."""
    whole = json.loads(schema)
    tables = [whole, *whole.get("$defs", {}).values()]
    return tuple(
        {name: (inner.get("examples") or [inner.get("default", 1)])[0] for name, inner in table["properties"].items()}
        for table in tables
        if table.get("properties")
    )


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with some bytes changed, lost or added."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(made) + 1) if made else 0
        kind = chance.random()
        if kind < 0.3 and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif kind < 0.5:
            del made[at : at + chance.choice((1, 1, 5, 50))]
        elif kind < 0.7:
            made[at:at] = chance.choice((b"\0", b"\xff", b'"', b"]", b"[", b"}", b"\n", b"=", b"\xef\xbb\xbf", b"#"))
        elif kind < 0.8:
            del made[at:]
        elif kind < 0.9:
            made[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 20))))
        else:
            made[:] = made.replace(b"\n", chance.choice((b"\r\n", b"\r", b"")))
    return bytes(made)


def pick(chance: random.Random, choices: Sequence[Any]) -> Any:
    """Return one of ``choices``, with an odd value now and then."""
    return odd(chance) if chance.random() < 0.03 else chance.choice(choices)
