"""What a company decides about its tone: plain records that every room may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = ["EVERYDAY", "Band", "Decisions", "Situation", "Targets", "Term", "Topic"]

EVERYDAY: Final = "everyday"


@dataclass(frozen=True, slots=True)
class Band:
    """Where a score should be, both ends included, 0-100.

    Examples
    --------
    >>> 40 in Band(high=40), 41 in Band(high=40)
    (True, False)
    """

    low: float = 0.0
    high: float = 100.0

    def __contains__(self, score: float) -> bool:
        return self.low <= score <= self.high


@dataclass(frozen=True, slots=True)
class Targets:
    """Bands of a channel or situation; None where anything goes."""

    corporate: Band | None = None
    warmth: Band | None = None
    alignment: Band | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word the company avoids, and what it says instead.

    Attributes
    ----------
    avoid : str
        Base form of a word or phrase, in the notation of the word lists.
    prefer : tuple of str
        Base forms, best first; empty where the word is simply to be left out.
    note : str
        Why, in the company's words.
    language : str
        ``"fi"`` or ``"en"``; ``""`` for both.
    pack : str
        Rule pack it comes from; ``""`` for the company's own.
    """

    avoid: str
    prefer: tuple[str, ...] = ()
    note: str = ""
    language: str = ""
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """A moment with a tone of its own: a crisis, grief, a celebration.

    Attributes
    ----------
    targets : Targets
        Instead of the channel's.
    packs_off : tuple of str
        Rule packs that would be out of place then.
    """

    targets: Targets = Targets()
    packs_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A sensitive topic: a notice instead of a score.

    Attributes
    ----------
    name : str
        What it is called.
    words : tuple of str
        Words and phrases that raise it.
    notice : str
        What to do, in the company's own words.
    ask : str
        Who answers.
    """

    name: str
    words: tuple[str, ...]
    notice: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All of a guide beside values and models.

    Attributes
    ----------
    terms : tuple of Term
        House terms first, then those of the rule packs.
    targets : mapping of str to Targets
        By channel, lower case; ``""`` for every channel without its own.
    situations : mapping of str to Situation
        By name; `EVERYDAY` where a post says nothing else.
    hands_off : tuple of str
        Titles, product names, slogans, boilerplate: neither score nor suggestion.
    topics : tuple of Topic
        Sensitive ones.
    tolerance : float
        Points that a golden post may move.
    """

    terms: tuple[Term, ...] = ()
    targets: Mapping[str, Targets] = field(default_factory=dict)
    situations: Mapping[str, Situation] = field(default_factory=dict)
    hands_off: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    tolerance: float = 3.0
