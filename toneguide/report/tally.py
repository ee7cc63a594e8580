"""What a report tells of scored posts, counted as they go by: any number of them in little memory."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

from toneguide.batch.score_posts import Scored
from toneguide.errors import InputError
from toneguide.posts import open_posts

__all__ = ["DIMENSIONS", "LEAST", "Group", "LanguageTally", "Row", "Tally", "read_scored", "rows_of"]

LEAST: Final = 5
DIMENSIONS: Final = ("corporate", "warmth", "alignment")
_SHOWN: Final = 5
_UNSCORED: Final = 50
_NEEDED: Final = ("language", "status", "corporate", "warmth")
_VALUE: Final = "value:"


class Row(NamedTuple):
    """One scored post.

    Attributes
    ----------
    fields : mapping of str to object
        The input's own columns.
    text, language, status, reason : str
        As scored.
    scores : mapping of str to float
        Those of `DIMENSIONS` that there are, 0-100.
    values : mapping of str to float
        Alignment with each value, 0-100.
    in_tone : bool or None
        None where there are no targets.
    """

    fields: Mapping[str, object]
    text: str
    language: str
    status: str
    reason: str
    scores: Mapping[str, float]
    values: Mapping[str, float]
    in_tone: bool | None


class Group(NamedTuple):
    """Means of one group in one language.

    Attributes
    ----------
    language, name : str
        Language code; channel, year or month.
    n : int
        Posts with a score; never under `LEAST`.
    means : tuple of float
        Corporate, warmth and, where there are values, alignment, 0-100.
    in_tone : float or None
        Share of posts within the targets, 0-1.
    """

    language: str
    name: str
    n: int
    means: tuple[float, ...]
    in_tone: float | None


@dataclass(slots=True)
class _Sums:
    n: int = 0
    judged: int = 0
    in_tone: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        self.n += 1
        self.judged += row.in_tone is not None
        self.in_tone += row.in_tone is True
        for dimension, score in row.scores.items():
            self.sums[dimension] += score  # type: ignore[assignment]
            self.counts[dimension] += 1

    def group(self, language: str, name: str) -> Group:
        means = tuple(self.sums[d] / self.counts[d] for d in DIMENSIONS if self.counts[d])
        return Group(language, name, self.n, means, self.in_tone / self.judged if self.judged else None)


class LanguageTally:
    """Posts with a score in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.all = _Sums()
        self.scores = {d: array("f") for d in DIMENSIONS}
        self.values: dict[str, array[float]] = defaultdict(lambda: array("f"))
        self._groups: dict[tuple[str, str], _Sums] = defaultdict(_Sums)
        self._top: dict[str, list[tuple[float, int, Row]]] = {d: [] for d in DIMENSIONS[:2]}
        self._number = count()

    def add(self, row: Row) -> None:
        """Count a post."""
        self.all.add(row)
        date = str(row.fields.get("date") or "")
        for by, name in (("channel", str(row.fields.get("channel") or "")), ("year", date[:4]), ("month", date[:7])):
            self._groups[by, name].add(row)
        for dimension, score in row.scores.items():
            self.scores[dimension].append(score)
        for value, aligned in row.values.items():
            self.values[value].append(aligned)
        number = next(self._number)
        for dimension, best in self._top.items():
            entry = (row.scores[dimension], -number, row)
            if len(best) < _SHOWN:
                heapq.heappush(best, entry)
            elif entry[:2] > best[0][:2]:
                heapq.heapreplace(best, entry)

    def groups(self, by: str) -> list[Group]:
        """Means by ``"channel"``, ``"year"`` or ``"month"``, groups under `LEAST` left out."""
        found = sorted((name, sums) for (kind, name), sums in self._groups.items() if kind == by and sums.n >= LEAST)
        return [sums.group(self.language, name) for name, sums in found]

    def left_out(self, by: str) -> int:
        """How many groups are too small to be shown."""
        return sum(kind == by and sums.n < LEAST for (kind, _), sums in self._groups.items())

    def highest(self, dimension: str) -> list[Row]:
        """The posts that score highest, first come first."""
        return [row for _, _, row in sorted(self._top[dimension], key=lambda entry: entry[:2], reverse=True)]


class Tally:
    """All that a report needs.

    Examples
    --------
    >>> row = Row({"channel": "x"}, "Kiitos!", "fi", "ok", "", {"corporate": 20.0, "warmth": 80.0}, {}, None)
    >>> tally = Tally()
    >>> for _ in range(5):
    ...     tally.add(row)
    >>> tally.languages["fi"].groups("channel")[0].means
    (20.0, 80.0)
    """

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.languages: dict[str, LanguageTally] = {}
        self.unscored: list[Row] = []

    def add(self, row: Row) -> None:
        """Count a post."""
        self.statuses[row.status] += 1
        if row.status != "ok":
            if len(self.unscored) < _UNSCORED:
                self.unscored.append(row)
            return
        self.languages.setdefault(row.language, LanguageTally(row.language)).add(row)

    @classmethod
    def of(cls, rows: Iterable[Row], *, each: Callable[[int], None] | None = None) -> Tally:
        """The tally of rows; `each` hears how many were read."""
        tally = cls()
        for n, row in enumerate(rows, 1):
            tally.add(row)
            if each is not None and n % 1000 == 0:
                each(n)
        return tally


def rows_of(scored: Iterable[Scored]) -> Iterator[Row]:
    """Posts that were just scored."""
    for one in scored:
        score = one.score
        scores = {d: float(v) for d in DIMENSIONS if (v := getattr(score, d)) is not None}
        values = {name: value.alignment for name, value in score.values.items()} if score.status == "ok" else {}
        yield Row(one.post.fields, score.text, score.language, score.status, score.reason, scores, values, score.in_tone)


def read_scored(path: Path | str, *, text: str | None = None) -> Iterator[Row]:
    """Posts of a file that `toneguide score` wrote.

    Parameters
    ----------
    path : Path or str
        Any format that it writes.
    text : str, optional
        Column of the posts; found where left out.

    Raises
    ------
    InputError
        Where the file cannot be read, or has no scores in it.
    """
    posts = open_posts(path if path == "-" else Path(path), text=text)
    missing = [name for name in _NEEDED if name not in posts.columns]
    if missing:
        raise InputError(f"{path}: no column {missing[0]!r}; a report is made of a file that `toneguide score ... -o FILE` wrote")
    for post in posts:
        fields = post.fields
        scores = {d: v for d in DIMENSIONS if (v := _number(fields.get(d))) is not None}
        values = {
            name.removeprefix(_VALUE): v for name, cell in fields.items() if name.startswith(_VALUE) and (v := _number(cell)) is not None
        }
        status = str(fields.get("status") or "unreadable")
        if status == "ok" and not {"corporate", "warmth"} <= set(scores):
            status = "unreadable"
        reason = str(fields.get("reason") or post.problem)
        yield Row(fields, post.text or "", str(fields.get("language") or ""), status, reason, scores, values, _truth(fields.get("in_tone")))


def _number(cell: Any) -> float | None:
    try:
        number = float(str(cell).replace(",", "."))
    except ValueError:
        return None
    return number if 0 <= number <= 100 else None


def _truth(cell: object) -> bool | None:
    return {"true": True, "false": False, "1": True, "0": False}.get(str(cell).strip().lower())
