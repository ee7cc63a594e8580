"""JSON Lines, and JSON arrays of objects, read one record at a time."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, NamedTuple, TextIO

from toneguide.errors import InputError
from toneguide.posts.encoding import LONGEST_LINE, Encoding, open_text, read_lines
from toneguide.posts.record import Post, Posts, make_post
from toneguide.posts.source import Source
from toneguide.posts.text_column import choose_text_column

__all__ = [
    "Item",
    "count_objects",
    "load_object",
    "open_items",
    "open_json_array",
    "open_json_lines",
    "open_json_object",
    "read_array",
    "read_json_lines",
]

_SAMPLE_ITEMS: Final = 200
LONGEST_DOCUMENT: Final = 500_000_000
_CHUNK: Final = 262_144
_BETWEEN: Final = re.compile(r"[\s,\0]*")
_MOST_STARTS: Final = 1_000
_DECODER: Final = json.JSONDecoder()
_START: Final = re.compile(r"[,}\]]\s*\{")
_AFTER: Final = re.compile(r"[\s;\0]*")
_STEP: Final = re.compile(r'[^"{}\[\]]*+(?:"(?>(?:[^"\\]++|\\.)*)"|[{}\[\]])', re.DOTALL)


class Item(NamedTuple):
    """One record of a JSON file: its line, its value, and what is wrong with it."""

    line: int
    value: object
    problem: str = ""


def open_json_lines(source: Source, encoding: Encoding, text: str | None = None) -> Posts:
    """Posts from JSON Lines: one object a line."""
    return open_items(source, f"JSON Lines, {encoding.label}", lambda: read_json_lines(source, encoding), text)


def open_json_array(source: Source, encoding: Encoding, text: str | None = None) -> Posts:
    """Posts from a JSON array of objects."""
    return open_items(source, f"JSON array, {encoding.label}", lambda: read_array(source, encoding), text)


def open_json_object(source: Source, encoding: Encoding, text: str | None = None) -> Posts:
    """Posts from one JSON object: those of its longest list of objects, else the object itself is the post."""
    value = load_object(source, encoding)
    lists = {key: each for key, each in value.items() if isinstance(each, list) and any(isinstance(one, dict) for one in each)}
    key = max(lists, key=lambda name: len(lists[name]), default=None)
    found = [value] if key is None else lists[key]
    items = [Item(number, each) for number, each in enumerate(found, 1)]
    kind = "JSON object" if key is None else f"JSON, the list {key!r}"
    return open_items(source, f"{kind}, {encoding.label}", lambda: iter(items), text)


def load_object(source: Source, encoding: Encoding) -> dict[str, object]:
    """The one JSON object a file is.

    Raises
    ------
    InputError
        Where it is none, or too large to be held.
    """
    with open_text(source, encoding) as stream:
        document = stream.read(LONGEST_DOCUMENT + 1)
    if len(document) > LONGEST_DOCUMENT:
        raise InputError(f"{source.name}: one JSON object of more than {LONGEST_DOCUMENT:,} characters; write its records as JSON Lines")
    try:
        value = json.loads(document.replace("\0", ""))
    except json.JSONDecodeError as error:
        raise InputError(f"{source.name}: line {error.lineno} is not JSON ({_short(error)}); export the file again") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{source.name}: not JSON that can be read ({_short(error)}); export the file again") from None
    if not isinstance(value, dict):
        raise InputError(
            f"{source.name}: this JSON is {_kind_of(value)}, not posts; an array of objects, or one object a line, can be read"
        )
    return value


def open_items(source: Source, kind: str, items: Callable[[], Iterator[Item]], text: str | None = None) -> Posts:
    """Posts from items that are objects; every object is looked at once for its keys.

    Parameters
    ----------
    source : Source
        The file.
    kind : str
        What it is, in words.
    items : callable
        Gives the items anew.
    text : str, optional
        The text column.
    """
    columns: dict[str, None] = {}
    sample: list[dict[str, object]] = []
    for item in items():
        if isinstance(item.value, dict):
            columns.update(dict.fromkeys(item.value))
            if len(sample) < _SAMPLE_ITEMS:
                sample.append(item.value)
    chosen = choose_text_column(list(columns), sample, source.name, text)

    def records() -> Iterator[Post]:
        for item in items():
            if isinstance(item.value, dict):
                yield make_post(item.value, item.value.get(chosen.name), source.name, item.line)
            else:
                problem = item.problem or f"this is {_kind_of(item.value)}, not an object with fields"
                yield Post({}, None, source.name, item.line, problem)

    return Posts(list(columns), chosen.name, f"{source.label}: {kind}, {chosen.told}", records)


def read_json_lines(source: Source, encoding: Encoding) -> Iterator[Item]:
    """One item a line; blank lines are skipped."""
    for number, line in enumerate(read_lines(source, encoding), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            yield Item(number, None, f"the line has more than {LONGEST_LINE:,} characters")
            continue
        try:
            yield Item(number, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield Item(number, None, f"the line is not JSON ({_short(error)})")


def read_array(source: Source, encoding: Encoding) -> Iterator[Item]:
    """Items of the first array in a file, one at a time; a broken one is told, the next ones are still read."""
    with open_text(source, encoding) as stream:
        window = _Window(stream)
        while window.fill() and (start := window.text.find("[")) < 0:
            window.at = len(window.text)
        if window.ended and window.at >= len(window.text):
            return
        window.at = start + 1
        cut = False
        while (item := _next_item(window)) is not None:
            cut = bool(item.problem)
            yield Item(item.line, {"text": item.value}, item.problem) if isinstance(item.value, str) else item
        if (problem := _end_of_array(window)) and not cut:
            yield Item(window.count(), None, problem)


def count_objects(lines: list[str]) -> int:
    """How many of some lines are whole objects by themselves, as in JSON Lines."""
    count = 0
    for line in lines:
        if line.startswith("{"):
            with contextlib.suppress(ValueError, RecursionError):
                count += isinstance(json.loads(line), dict)
    return count


class _Window:
    """The part of a stream that is being parsed."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._counted = 0
        self._size = _CHUNK
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def fill(self) -> bool:
        """Read on, each time more, so that a long item costs no more than its length; False at the end."""
        self.count()
        self.text, self.at, self._counted = self.text[self.at :], 0, 0
        more = self._stream.read(max(self._size, len(self.text)))
        self.text += more.replace("\0", "")
        self.ended = not more
        return bool(more)

    def count(self) -> int:
        """The line of the place where we are."""
        self.line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self.line


def _next_item(window: _Window) -> Item | None:
    while True:
        window.at = _skip(_BETWEEN, window)
        if window.at == len(window.text):
            if window.fill():
                continue
            return None
        if window.text[window.at] == "]":
            return None
        line = window.count()
        try:
            value, end = _DECODER.raw_decode(window.text, window.at)
        except (ValueError, RecursionError) as error:
            end, problem = _end_of_item(window.text, window.at), f"this item of the array is not JSON ({_short(error)})"
            value = None
        else:
            problem = ""
        # A number may go on beyond the window; a bracket that closes cannot.
        unsure = (end < 0 or end == len(window.text)) and not isinstance(value, dict)
        if unsure and len(window.text) - window.at < LONGEST_LINE and window.fill():
            continue
        if end < 0:
            problem = "the file is cut off or broken inside this item of the array"
            end = _next_start(window.text, window.at)
        window.at = end
        return Item(line, value, problem)


def _end_of_array(window: _Window) -> str:
    """What is wrong with the end of an array: it is missing, or something follows."""
    if window.at == len(window.text):
        return "the file ends before the array does; it may be cut off"
    window.at += 1
    while (start := _AFTER.match(window.text, window.at)) and start.end() == len(window.text):
        window.at = start.end()
        if not window.fill():
            return ""
    return "more text follows the array; it is left out"


def _skip(pattern: re.Pattern[str], window: _Window) -> int:
    match = pattern.match(window.text, window.at)
    return match.end() if match else window.at


def _end_of_item(text: str, at: int) -> int:
    """Where the brackets opened at a place are all closed; -1 where that is not in the text."""
    if text[at] not in "{[":
        return -1
    depth = 0
    while step := _STEP.match(text, at):
        at = step.end()
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(text[at - 1], 0)
        if depth == 0:
            return at
    return -1


def _next_start(text: str, at: int) -> int:
    """Where the next item that can be read begins, else the end of the text."""
    for match in islice(_START.finditer(text, at + 1), _MOST_STARTS):
        with contextlib.suppress(ValueError, RecursionError):
            _DECODER.raw_decode(text, match.end() - 1)
            return match.end() - 1
    return len(text)


def _kind_of(value: object) -> str:
    return {"str": "a string", "list": "an array", "bool": "true or false", "NoneType": "null"}.get(type(value).__name__, "a number")


def _short(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg.lower()
    return "nested too deeply" if isinstance(error, RecursionError) else "a number with too many digits"
