"""Changes a TOML text at one place; every other character, and every comment, stays as it is.

What is taken out takes its own comments along: those on its lines, and those right above it without an empty line
between. What moves takes them with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audioguide.edit.toml_places import Kind, Node, Path, Places, Section, Value
from audioguide.errors import RequestError
from audioguide.library.toml_values import LONGEST_LINE, toml_key, toml_line, toml_section, toml_value


def cannot(path: Path) -> RequestError:
    """Return the refusal of a change for which the file is written in too unusual a way."""
    where = ".".join(map(str, path))
    return RequestError(f"{where}: this place is written in a way that the page can't change; edit it as text, below")


def with_value(places: Places, path: Path, value: Any, short_key: str) -> str:
    """Return the text with ``value`` at ``path``; tables on the way there that are missing are made.

    Args:
        places: the text.
        path: where.
        value: what is to stand there.
        short_key: where the path leads into a plain number or text that is short for a table, the key in that table
            which it stands for; empty where it is short for none.

    Raises:
        RequestError: when the file is written so that it can't be done.
    """
    text, node = places.text, places.find(path)
    if node is not None:
        if node.value is None:
            raise cannot(path)
        return _replaced(text, node.value, toml_value(value))
    parent = places.find(path[:-1])
    key = path[-1]
    if parent is None:
        # A key of a table that isn't there yet brings the table along.
        if not isinstance(key, str):
            raise cannot(path)
        return with_value(places, path[:-1], {key: value}, "")
    if not isinstance(key, str):
        raise cannot(path)
    if parent.kind is Kind.VALUE and parent.value is not None and parent.value.items is None and short_key:
        was = text[parent.value.start : parent.value.end]
        plain = "" if key == short_key else f"{toml_key(short_key)} = {was}, "
        return _replaced(text, parent.value, f"{{ {plain}{toml_key(key)} = {toml_value(value)} }}")
    if parent.kind is not Kind.TABLE:
        raise cannot(path)
    return _with_new_key(places, path, parent, value)


def with_entry(places: Places, path: Path, value: Any) -> str:
    """Return the text with ``value`` as a new entry of a list; ``path`` ends with the number that it has then.

    A value alone becomes the other entry of a list of two, and where there is no list it is made.

    Raises:
        RequestError: when the file is written so that it can't be done.
    """
    text, at = places.text, path[-1]
    assert isinstance(at, int)
    node = places.find(path[:-1])
    if node is None:
        if len(path) == 2 and isinstance(value, Mapping):
            # A first [[phase]] stands above the exercises, as it does in files that people write.
            block = toml_section((str(path[0]),), value, True)
            return _with_block(places, _before(places, places.sections[1:2]), block)
        return with_value(places, path[:-1], [value], "")
    if node.kind is Kind.TABLES:
        if not isinstance(value, Mapping):
            raise cannot(path)
        names = next(section.keys for section in node.sections if section.is_listed)
        blocks = [_block(places, item, path) for item in node.items]
        place = blocks[at][0] if at < len(blocks) else blocks[-1][1]
        return _with_block(places, place, toml_section(names, value, True))
    if node.value is None:
        raise cannot(path)
    if node.value.items is None:
        was = text[node.value.start : node.value.end]
        pair = (was, toml_value(value)) if at else (toml_value(value), was)
        return _replaced(text, node.value, f"[{', '.join(pair)}]")
    order: list[int | str] = [*range(len(node.items))]
    order.insert(at, toml_value(value))
    return _replaced(text, node.value, _relisted(places, node.value, order, path))


def moved(places: Places, path: Path, to: int) -> str:
    """Return the text with the entry at ``path``, which ends with its number, at number ``to`` of its list.

    Raises:
        RequestError: when the file is written so that it can't be done.
    """
    at = path[-1]
    node = places.find(path[:-1])
    assert node is not None
    assert isinstance(at, int)
    order: list[int | str] = [*range(len(node.items))]
    order.insert(to, order.pop(at))
    if node.kind is Kind.TABLES:
        spans = [_block(places, item, path) for item in node.items]
        blocks = [_ended(places.text[start:end]) for start, end in spans]
        text = places.text
        for (start, end), number in reversed([*zip(spans, order, strict=True)]):
            assert isinstance(number, int)
            text = text[:start] + blocks[number] + text[end:]
        return text
    if node.value is None or node.value.items is None:
        raise cannot(path)
    return _replaced(places.text, node.value, _relisted(places, node.value, order, path))


def without(places: Places, path: Path) -> str:
    """Return the text without what stands at ``path``.

    Raises:
        RequestError: when the file is written so that it can't be done.
    """
    parent, node = places.find(path[:-1]), places.find(path)
    assert parent is not None
    assert node is not None
    step = path[-1]
    if isinstance(step, int) and parent.kind is not Kind.TABLES:
        if parent.value is None:
            raise cannot(path)
        order: list[int | str] = [number for number in range(len(parent.items)) if number != step]
        return _replaced(places.text, parent.value, _relisted(places, parent.value, order, path))
    if parent.value is not None and parent.value.entries is not None:
        kept = [entry for entry in parent.value.entries if entry not in node.entries]
        inside = ", ".join(places.text[entry.start : entry.value.end] for entry in kept)
        return _replaced(places.text, parent.value, f"{{ {inside} }}" if inside else "{}")
    spans = [_block(places, node, path)] if node.sections and isinstance(step, int) else []
    if not spans:
        spans = [_section_span(places, section) for section in node.sections]
        spans += [
            (_line_start(places.text, entry.start), _line_end(places.text, entry.value.end)) for entry in node.entries
        ]
    text = places.text
    for start, end in sorted(spans, reverse=True):
        above, below = text[:start], text[end:]
        # Of the empty lines above and below what is taken out, one set is enough.
        is_parted = not above or above.endswith("\n\n")
        text = above + (below.lstrip("\n") if is_parted else below)
    return text


def _replaced(text: str, value: Value, by: str) -> str:
    return text[: value.start] + by + text[value.end :]


def _place_of_section(places: Places, parent: Node, key: str) -> int:
    """Return where a new section of ``parent`` goes: behind its others, else above the first list of tables."""
    if parent.sections:
        last = max(parent.sections, key=lambda section: section.start)
        return _section_span(places, last)[1]
    if any(node.kind is Kind.TABLES for node in parent.children.values()) and key != "exercise":
        return _before(places, [section for section in places.sections if section.is_listed][:1])
    return len(places.text)


def _before(places: Places, sections: Sequence[Section]) -> int:
    """Return where the first of ``sections`` begins, its comments included; the end of the text where there is none."""
    return _section_span(places, sections[0])[0] if sections else len(places.text)


def _with_new_key(places: Places, path: Path, parent: Node, value: Any) -> str:
    """Return the text with a key that the table ``parent`` doesn't have yet, as a line, or as a section of its own."""
    key = str(path[-1])
    # In a file of sections the tables at its top, and those of one name, are sections too.
    named = tuple(str(step) for step in path)
    # As exercise is by [exercise.reach], a table may be written by nothing but the sections inside it.
    is_only_above = bool(parent.sections) and not parent.homes
    if isinstance(value, Mapping) and (len(path) == 1 or (len(path) == 2 and is_only_above)):
        if len(path) == 1 and len(value) == 1 and all(isinstance(each, Mapping) for each in value.values()):
            # Only [exercise.reach] is written, without an empty [exercise] above it.
            [(inner, value)] = value.items()
            named = (*named, inner)
        return _with_block(places, _place_of_section(places, parent, key), toml_section(named, value, False))
    if not parent.homes:
        raise cannot(path)
    return _with_key(places, parent, key, value)


def _with_key(places: Places, table: Node, key: str, value: Any) -> str:
    """Return the text with a new key in a table that is a section, an inline table, or made by dotted keys."""
    text, home = places.text, table.homes[0]
    name = ".".join(map(toml_key, (*home.prefix, key)))
    container = home.container
    if isinstance(container, Value):
        written = f"{name} = {toml_value(value)}"
        entries = container.entries or ()
        if not entries:
            return _replaced(text, container, f"{{ {written} }}")
        end = entries[-1].value.end
        return f"{text[:end]}, {written}{text[end:]}"
    entries = container.entries
    # Dotted keys of one table stay together.
    beside = [entry for entry in table.entries if entry in entries] if home.prefix else entries
    if beside:
        last = beside[-1]
        at = _line_end(text, last.value.end)
        # Files whose equals signs stand in a column keep it.
        columns = {text.index("=", _after_keys(text, entry.start)) - _line_start(text, entry.start) for entry in beside}
        column = columns.pop() - 1 if len(columns) == 1 and len(beside) > 1 else 0
        indent = text[_line_start(text, last.start) : last.start]
    else:
        at, column, indent = container.end, 0, ""
    line = toml_line(name, value) if not home.prefix else f"{name} = {toml_value(value)}"
    if "\n" not in line and column > len(indent) + len(name):
        line = f"{name.ljust(column - len(indent))}{line.removeprefix(name)}"
    return f"{_ended(text[:at])}{indent}{line}\n{text[at:]}"


def _after_keys(text: str, start: int) -> int:
    """Return where the key that begins at ``start`` ends at the earliest: a quoted one may hold an equals sign."""
    return text.index(text[start], start + 1) if text[start] in "\"'" else start


def _relisted(places: Places, array: Value, order: Sequence[int | str], path: Path) -> str:
    """Return the text of a list with its entries in another ``order``: numbers of those it has, and new ones as text.

    Raises:
        RequestError: where a comment or a line end stands between an entry and its comma.
    """
    text, items = places.text, array.items or ()
    if not items:
        inside = text[array.start + 1 : array.end - 1]
        if "#" not in inside:
            return f"[{', '.join(map(str, order))}]"
        return "[" + inside.rstrip(" \t") + "".join(f"    {entry},\n" for entry in order) + "]"
    edges = [array.start + 1, *(edge for item in items for edge in (item.start, item.end)), array.end - 1]
    gaps = [text[edges[number] : edges[number + 1]] for number in range(0, len(edges), 2)]
    if any("\n" in gap for gap in gaps):
        return _on_lines(gaps, [text[item.start : item.end] for item in items], order, path)
    bodies = [text[items[entry].start : items[entry].end] if isinstance(entry, int) else entry for entry in order]
    line = f"[{', '.join(bodies)}]"
    begins = _line_start(text, array.start)
    if array.start - begins + len(line) <= LONGEST_LINE or "\n" in line:
        return line
    indent = text[begins : begins + len(text[begins:]) - len(text[begins:].lstrip(" \t"))]
    return f"[\n{''.join(_ended(f'{indent}    {body},') for body in bodies)}{indent}]"


def _on_lines(gaps: Sequence[str], bodies: Sequence[str], order: Sequence[int | str], path: Path) -> str:
    """Return a list that stands on several lines in another order.

    Args:
        gaps: what stands before, between and behind its entries.
        bodies: its entries.
        order: as for `_relisted`.
        path: where it is, for the refusal.
    """
    # Each entry goes with what belongs to it: the comments above it, and what stands behind its comma on its line.
    opening, lead = _split(gaps[0])
    leads, tails = [lead], []
    for number, gap in enumerate(gaps[1:], 1):
        has_comma = gap.lstrip(" \t").startswith(",")
        if not has_comma and number < len(bodies):
            raise cannot(path)
        tail, lead = _split(gap.lstrip(" \t")[1:] if has_comma else gap)
        tails.append(tail)
        leads.append(lead)
    closing = leads.pop()
    is_ended = gaps[-1].lstrip(" \t").startswith(",")
    indents = (lead[lead.rfind("\n") + 1 :] for lead in leads)
    indent = next((found for found in indents if found and not found.strip()), "    ")
    made = [
        (leads[entry] or indent, bodies[entry], tails[entry]) if isinstance(entry, int) else (indent, entry, "\n")
        for entry in order
    ]
    rows = [
        f"{lead}{body}{',' if is_ended or number < len(made) else ''}{_on_its_line(tail)}"
        for number, (lead, body, tail) in enumerate(made, 1)
    ]
    return f"[{_on_its_line(opening)}{''.join(rows)}{closing}]"


def _split(gap: str) -> tuple[str, str]:
    """Return what of the text between two entries stands on the line of the first, and the rest."""
    end = gap.find("\n") + 1
    return (gap[:end], gap[end:]) if end else ("", gap)


def _block(places: Places, item: Node, path: Path) -> tuple[int, int]:
    """Return where the sections of an entry of a list of tables begin and end, its comments included.

    Raises:
        RequestError: when others stand between them.
    """
    numbers = sorted(places.sections.index(section) for section in item.sections)
    if numbers != [*range(numbers[0], numbers[-1] + 1)]:
        raise cannot(path)
    spans = [_section_span(places, places.sections[number]) for number in numbers]
    return spans[0][0], spans[-1][1]


def _section_span(places: Places, section: Section) -> tuple[int, int]:
    """Return where a section begins and ends with the comments that belong to it."""
    text, number = places.text, places.sections.index(section)
    start = _line_start(text, section.start)
    above = places.sections[number - 1].end if number else 0
    while start > above and _is_comment(text, _line_start(text, start - 1)):
        start = _line_start(text, start - 1)
    end = section.end
    limit = len(text)
    if number + 1 < len(places.sections):
        following = places.sections[number + 1]
        limit = _line_start(text, following.start)
        while limit > end and _is_comment(text, _line_start(text, limit - 1)):
            limit = _line_start(text, limit - 1)
    while end < limit and _is_comment(text, end):
        end = _line_end(text, end)
    return start, end


def _is_comment(text: str, line: int) -> bool:
    return text[line : _line_end(text, line)].lstrip().startswith("#")


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _on_its_line(rest: str) -> str:
    """Return what stands behind an entry on its line, with the line ended."""
    return rest if rest.endswith("\n") else f"{rest.rstrip()}\n"


def _ended(text: str) -> str:
    """Return ``text`` with its last line ended, so that another can follow; a file need not end with a line feed."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _with_block(places: Places, at: int, block: str) -> str:
    """Return the text with a section at ``at``, an empty line above and below it."""
    above, below = _ended(places.text[:at]), places.text[at:]
    gap_above = "" if not above.strip() or above.endswith("\n\n") else "\n"
    gap_below = "" if not below or below.startswith("\n") else "\n"
    return f"{above}{gap_above}{block}{gap_below}{below}"
