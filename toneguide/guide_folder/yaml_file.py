"""``guide.yaml`` as plain data, with the line of every key; nothing in it is executed, and nothing outside it is read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from toneguide.errors import GuideError

__all__ = ["edit_yaml", "load_yaml"]

_LARGEST: Final = 1_000_000
_DEEPEST: Final = 12
Lines = Callable[[Sequence[object]], int]


def load_yaml(path: Path) -> tuple[dict[str, Any], Lines]:
    """Read a guide file.

    Parameters
    ----------
    path : Path
        ``guide.yaml``.

    Returns
    -------
    data : dict
        Plain strings, numbers, lists and dicts.
    line_of : callable
        Line of a key path such as ``("values", 2, "words")``; 0 where unknown.

    Raises
    ------
    GuideError
        For a file too large, not UTF-8, not YAML, or with anchors, aliases or tags; naming the line.
    """
    from ruamel.yaml import YAML

    text = _read(path)
    _check(text, path)
    # YAML 1.2: no and on are words here, as they are in Finnish.
    found = _parse(path, lambda: YAML(typ="safe", pure=True).load(text))
    if found is None:
        return {}, lambda _: 0
    if not isinstance(found, dict):
        raise GuideError(f"{path}, line 1: expected keys such as values: and pipeline:")
    return found, lambda keys: _line(YAML(typ="rt").load(text), keys)


def _read(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise GuideError(f"{path}: larger than 1 MB; a guide holds decisions, not posts")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise GuideError(f"{path}: not UTF-8; save it again as UTF-8") from None


def _parse(path: Path, parse: Callable[[], Any]) -> Any:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return parse()
    except MarkedYAMLError as e:
        line = f", line {e.problem_mark.line + 1}" if e.problem_mark else ""
        problem = e.problem or "not YAML"
        if "\\t" in problem or "'\t'" in problem:
            problem = "there is a tab here; indent with spaces"
        raise GuideError(f"{path}{line}: {problem}") from None
    except (YAMLError, RecursionError, ValueError) as e:
        raise GuideError(f"{path}: not YAML ({e})") from None


def _check(text: str, path: Path) -> None:
    """Refuse what a guide never needs and a bomb is made of, before anything is built."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent

    def refuse(event: Any, what: str) -> NoReturn:
        raise GuideError(f"{path}, line {event.start_mark.line + 1}: {what}")

    def walk() -> None:
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(io.StringIO(text)):
            if isinstance(event, NodeEvent) and (isinstance(event, AliasEvent) or event.anchor):
                refuse(event, "anchors and aliases (& and *) are not for guides; write it out, or put quotes around a text that begins so")
            if str(getattr(event, "tag", None) or "!").startswith(("!!", "tag:yaml.org,2002:python")):
                refuse(event, "no constructor for a tag; a guide holds plain words only")
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > _DEEPEST:
                refuse(event, "nested too deep for a guide")

    _parse(path, walk)


def _line(node: Any, keys: Sequence[object]) -> int:
    """Line of the last of the keys that is there, counted from 1."""
    line = 0
    for key in keys:
        place = getattr(node, "lc", None)
        try:
            line = (place.key(key) if isinstance(node, dict) else place.item(key))[0] + 1 if place is not None else line
            node = node[key]
        except (KeyError, IndexError, TypeError):
            return line
    return line


def edit_yaml(text: str, changes: Iterable[tuple[str, Any]]) -> str:
    """A guide file with some keys set to other data, its comments kept.

    Parameters
    ----------
    text : str
        The file as it is.
    changes : iterable of (str, object)
        Top-level key and new data; what is equal already is not touched.
    """
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    found = yaml.load(text)
    before = ""
    if found is None:
        # Nothing but comments: they stay in front.
        before, found = f"{text.rstrip()}\n" if text.strip() else "", {}
    changed = False
    for key, data in changes:
        if key not in found and data in ([], {}, None, ""):
            continue
        if key not in found or _plain(found[key]) != data:
            found[key] = _merged(found.get(key), data)
            changed = True
    if not changed:
        return text
    out = io.StringIO()
    yaml.dump(found, out)
    return before + out.getvalue()


def _merged(there: Any, wanted: Any) -> Any:
    """Wanted data in the nodes that are there where it can be, so that comments beside them stay."""
    if isinstance(there, dict) and isinstance(wanted, dict):
        for key in [key for key in there if key not in wanted]:
            del there[key]
        for key, data in wanted.items():
            if key not in there or _plain(there[key]) != data:
                there[key] = _merged(there.get(key), data)
        return there
    if isinstance(there, list) and there and isinstance(wanted, list):
        return _merged_list(there, wanted)
    return wanted


def _merged_list(there: Any, wanted: list[Any]) -> Any:
    names = {_name(data): data for data in wanted}
    for i in range(len(there) - 1, -1, -1):
        if _name(_plain(there[i])) not in names:
            del there[i]
    for i, data in enumerate(wanted):
        if i >= len(there) or _name(_plain(there[i])) != _name(data):
            there.insert(i, data)
        elif _plain(there[i]) != data:
            there[i] = _merged(there[i], data)
    del there[len(wanted) :]
    return there


def _name(data: Any) -> object:
    """What an item of a list goes by: a record's name, else all of it."""
    if isinstance(data, dict):
        return data.get("name", repr(data))
    return data if isinstance(data, str) else repr(data)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(data) for key, data in node.items()}
    if isinstance(node, list):
        return [_plain(data) for data in node]
    return str(node) if isinstance(node, str) else node
