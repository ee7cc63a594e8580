"""Which column of an input holds the posts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from toneguide.errors import InputError

__all__ = ["Chosen", "choose_text_column", "is_text_name"]

_NAMES: Final = (
    "text", "teksti", "post", "posts", "julkaisu", "päivitys", "content", "sisältö", "message", "viesti", "body", "caption", "kuvateksti",
    "full_text", "sharecommentary", "commentary", "kommentti", "tweet", "description", "title",
)  # fmt: skip
_LETTER: Final = re.compile(r"[^\W\d_]")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S*\Z")
_MOST_NAMED: Final = 12


class Chosen(NamedTuple):
    """A text column, and how the choice is told."""

    name: str
    told: str


def choose_text_column(columns: Sequence[str], sample: Iterable[Mapping[str, object]], source: str, text: str | None = None) -> Chosen:
    """The column the posts are in.

    Parameters
    ----------
    columns : sequence of str
        The columns there are.
    sample : iterable of mapping
        Some records.
    source : str
        Name of the file, for the message.
    text : str, optional
        The column asked for.

    Returns
    -------
    Chosen
        The one asked for, else the first with a usual name, else the one with the longest texts.

    Raises
    ------
    InputError
        Where the column asked for is not there, or none holds text; the message names those there are.
    """
    if not columns:
        return Chosen("", "no posts")
    if text is not None:
        return Chosen(_asked_for(text, columns, source), f"text in {text!r}")
    rows = list(sample)
    by_key = {_key(name): name for name in reversed(columns)}
    named = [by_key[_key(name)] for name in _NAMES if _key(name) in by_key]
    for name in named:
        if any(_is_prose(row.get(name)) for row in rows):
            return Chosen(name, f"text in {name!r}")
    longest = max(columns, key=lambda name: _mean_length(rows, name), default="")
    if longest and _mean_length(rows, longest) > 0:
        return Chosen(longest, f"text in {longest!r}, which holds the longest texts (choose another with --text)")
    if named or not rows:
        return Chosen(named[0] if named else "", f"text in {named[0]!r}" if named else "no posts")
    raise InputError(
        f"{source}: no column holds text; the columns are {_listed(columns)}: name the one that holds posts (--text NAME, in a cell text='NAME')"
    )


def is_text_name(name: str) -> bool:
    """Whether a column of this name usually holds posts."""
    return _key(name) in _KEYS


def _asked_for(text: str, columns: Sequence[str], source: str) -> str:
    if text in columns:
        return text
    same = [name for name in columns if name.strip().casefold() == text.strip().casefold()]
    close = same or difflib.get_close_matches(text, columns, n=1, cutoff=0.5)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    raise InputError(f"{source}: no column {text!r}; the columns are {_listed(columns)}{hint}")


def _listed(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - _MOST_NAMED} more" if len(columns) > _MOST_NAMED else ""
    return ", ".join(repr(name) for name in columns[:_MOST_NAMED]) + more


def _key(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and _LETTER.search(value) is not None and not _LINK.match(value.strip())


def _mean_length(rows: Sequence[Mapping[str, object]], name: str) -> float:
    values = (row.get(name) for row in rows)
    return sum(len(str(value)) for value in values if _is_prose(value)) / len(rows) if rows else 0.0


_KEYS: Final = frozenset(map(_key, _NAMES))
