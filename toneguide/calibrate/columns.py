"""Columns of a file of labels: what they are called, and whether they hold what they should."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from toneguide.calibrate.label import HIGHEST, LOWEST, Label
from toneguide.errors import InputError

__all__ = ["field_name", "find_columns", "refuse_other_scale", "refuse_short_names"]

_NAMES: Final = {
    "language": ("language", "kieli", "lang"),
    "channel": ("channel", "kanava"),
    "corporate": ("corporate", "korporaatiokieli", "korporaatiokielisyys", "korporaatio", "corporate-speak"),
    "warmth": ("warmth", "lämpö", "lämpimyys"),
    "values": ("values", "arvot", "value", "arvo"),
    "rater": ("rater", "arvioija", "arvioijan nimi", "annotator", "rater name"),
    "date": ("date", "päivä", "päiväys", "pvm"),
}
# A column with so many ratings beyond 1-5, and such a share of them, is on another scale; fewer are slips of the hand.
_OTHER_SCALE: Final = (2, 0.1)
_WITHOUT_SPACE: Final = 0.8


def field_name(told: str) -> str:
    """Which of `COLUMNS` a name in Finnish or English means; itself where none.

    Examples
    --------
    >>> field_name("Lämpö"), field_name("mood")
    ('warmth', 'mood')
    """
    wanted = told.strip().casefold()
    return next((name for name, names in _NAMES.items() if wanted in names), told)


def find_columns(columns: Sequence[str]) -> dict[str, str]:
    """The column of each of our fields that there is."""
    by_name = {column.strip().casefold(): column for column in reversed(columns)}
    found = {name: next((by_name[n] for n in names if n in by_name), None) for name, names in _NAMES.items()}
    return {name: column for name, column in found.items() if column is not None}


def refuse_short_names(path: Path, column: str, labels: Sequence[Label], columns: Sequence[str]) -> None:
    """A column that was taken for the posts, and holds numbers or short names."""
    if labels and sum(" " not in label.text.strip() for label in labels) >= _WITHOUT_SPACE * len(labels):
        raise InputError(
            f"{path}: no column with posts: {column!r} holds {labels[0].text[:20]!r} and the like, the others are "
            f"{', '.join(repr(name) for name in columns if name != column)}; put the posts into a column 'text', or name theirs with --text"
        )


def refuse_other_scale(path: Path | str, rows: Iterable[Mapping[str, object]]) -> None:
    """Refuse ratings that were given on another scale than 1-5: what fits by chance would say something else.

    Parameters
    ----------
    path : Path or str
        Of the file, for the message.
    rows : iterable of mapping
        Cells by the names of `COLUMNS`.

    Raises
    ------
    InputError
        Naming the scale they seem to be on.
    """
    rows = list(rows)
    for name in ("corporate", "warmth"):
        numbers = [number for row in rows if (number := _number(row.get(name))) is not None]
        outside = [number for number in numbers if not LOWEST <= number <= HIGHEST]
        if len(outside) >= max(_OTHER_SCALE[0], _OTHER_SCALE[1] * len(numbers)):
            raise InputError(
                f"{path}: {len(outside)} of {len(numbers)} ratings of {name} are not from 1 to 5{_hint(min(numbers), max(numbers))}. "
                "Nothing was read, because the others may mean something else too"
            )


def _hint(least: float, most: float) -> str:
    if least < 0:
        return f": they go from {least:g} to {most:g}"
    for top, told in ((1, "multiply them by 4 and add 1; 0-1 is the scale of guide.calibrate in Python"), (4, "add 1 to each of them")):
        if least < 1 and most <= top:
            return f": is the scale 0-{top}? Then {told}"
    return f": they go from {least:g} to {most:g}, on another scale; turn them into 1-5 first"


def _number(cell: object) -> float | None:
    from toneguide.posts.cells import plain_text

    try:
        number = float(plain_text(cell).strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
