"""Groups of scored posts: means within a language; groups under five are not shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from toneguide.batch.score_posts import Scored

__all__ = ["LEAST", "Group", "group_means"]

LEAST: Final = 5


class Group(NamedTuple):
    """Mean scores of one group in one language.

    Attributes
    ----------
    language, name : str
        Language code; channel, year or the like.
    n : int
        Posts with a score.
    means : tuple of float
        Corporate, warmth and, where there are values, alignment, 0-100.
    """

    language: str
    name: str
    n: int
    means: tuple[float, ...]


def group_means(scored: Iterable[Scored], by: str) -> Iterator[Group]:
    """Means by language and a column of the input, ``"year"`` standing for the first four characters of ``date``.

    Parameters
    ----------
    scored : iterable of Scored
        Posts; those without a score are left out.
    by : str
        Column.
    """
    groups: dict[tuple[str, str], list[Scored]] = {}
    for one in scored:
        if one.score.status == "ok":
            fields = one.post.fields
            name = str(fields.get("date") or "")[:4] if by == "year" else str(fields.get(by) or "")
            groups.setdefault((one.score.language, name), []).append(one)
    for (language, name), members in sorted(groups.items(), key=lambda item: (item[0][0] != "fi", item[0])):
        if len(members) >= LEAST:
            columns = zip(*((one.score.corporate, one.score.warmth, one.score.alignment) for one in members), strict=True)
            yield Group(language, name, len(members), tuple(sum(c) / len(c) for c in columns if None not in c))
