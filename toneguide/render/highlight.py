"""Which stretches of a text are worth showing, and on which side they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from toneguide.interface import tr
from toneguide.model.tone_model import Part

__all__ = ["LEAST", "SIDES", "Highlight", "highlights", "side_title"]

SIDES: Final = ("corporate", "plain", "warm", "cold")
# A part smaller than this moves a score by less than a point.
LEAST: Final = 0.04
_SIDE_OF: Final = {("corporate", True): "corporate", ("corporate", False): "plain", ("warmth", True): "warm", ("warmth", False): "cold"}


class Highlight(NamedTuple):
    """A stretch of text and what it does: ``"corporate"``, ``"plain"``, ``"warm"`` or ``"cold"``."""

    start: int
    end: int
    side: str
    part: Part


def side_title(side: str) -> str:
    """What a side does, for readers."""
    titles = {
        "corporate": tr("sounds corporate"),
        "plain": tr("sounds plain"),
        "warm": tr("adds warmth"),
        "cold": tr("takes warmth"),
    }
    return titles[side]


def highlights(parts: Iterable[Part]) -> list[Highlight]:
    """Stretches of words and phrases worth showing, none overlapping, each with its strongest side."""
    best: dict[tuple[int, int], Part] = {}
    for part in parts:
        if part.kind == "signal" or abs(part.amount) < LEAST:
            continue
        key = (part.spans[0][0], part.spans[-1][1])
        if key not in best or abs(part.amount) > abs(best[key].amount):
            best[key] = part
    out: list[Highlight] = []
    for (start, end), part in sorted(best.items()):
        if not out or start >= out[-1].end:
            out.append(Highlight(start, end, _SIDE_OF[part.dimension, part.amount > 0], part))
    return out
