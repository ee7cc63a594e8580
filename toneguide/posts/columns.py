"""The columns of scored posts: the input's own first, then ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

__all__ = ["SCORE_COLUMNS", "merge_row", "output_columns", "renamed_columns"]

SCORE_COLUMNS: Final = ("language", "status", "reason", "n_words", "corporate", "warmth", "alignment", "in_tone")


def output_columns(input_columns: Sequence[str], value_names: Iterable[str] = ()) -> list[str]:
    """The columns of the output, in order.

    Parameters
    ----------
    input_columns : sequence of str
        The input's own; one that collides with ours becomes ``input:<name>``.
    value_names : iterable of str
        Names of the guide's values; each gets a column ``value:<name>``.

    Examples
    --------
    >>> output_columns(["id", "language"], ["Be bold"])[:4], output_columns(["id"], ["Be bold"])[-2:]
    (['id', 'input:language', 'language', 'status'], ['in_tone', 'value:Be bold'])
    """
    names = list(value_names)
    renamed = renamed_columns(input_columns, names)
    return [*(renamed.get(name, name) for name in input_columns), *_ours(names)]


def renamed_columns(input_columns: Sequence[str], value_names: Iterable[str] = ()) -> dict[str, str]:
    """The input's columns that collide with ours, and what they are called in the output.

    Examples
    --------
    >>> renamed_columns(["id", "warmth"])
    {'warmth': 'input:warmth'}
    """
    ours = set(_ours(value_names))
    taken = ours.union(input_columns)
    renamed: dict[str, str] = {}
    for name in input_columns:
        if name in ours:
            new = f"input:{name}"
            while new in taken:
                new = f"input:{new}"
            taken.add(new)
            renamed[name] = new
    return renamed


def merge_row(fields: Mapping[str, object], scores: Mapping[str, object], renamed: Mapping[str, str]) -> dict[str, object]:
    """One row of the output.

    Parameters
    ----------
    fields : mapping of str to object
        The post's own fields.
    scores : mapping of str to object
        Our columns: some or all of `SCORE_COLUMNS`, and ``value:<name>``.
    renamed : mapping of str to str
        From `renamed_columns`, made once for all rows.

    Examples
    --------
    >>> merge_row({"status": "sent"}, {"status": "ok"}, {"status": "input:status"})
    {'input:status': 'sent', 'status': 'ok'}
    """
    return {renamed.get(name, name): value for name, value in fields.items()} | dict(scores)


def _ours(value_names: Iterable[str]) -> list[str]:
    return [*SCORE_COLUMNS, *(f"value:{name}" for name in value_names)]
