"""What a company decides about its tone: plain records that every room may read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from toneguide.errors import CallError

__all__ = ["EVERYDAY", "Band", "Decisions", "Pack", "Privacy", "Situation", "Targets", "Term", "Topic", "make_targets", "make_term"]

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

    def met_by(self, scores: Mapping[str, float | None]) -> bool | None:
        """Whether scores lie in all bands; None where there is no band, or no score for any of them.

        Parameters
        ----------
        scores : mapping of str to float or None
            By ``"corporate"``, ``"warmth"``, ``"alignment"``.

        Examples
        --------
        >>> Targets(warmth=Band(low=40)).met_by({"warmth": 60.0}), Targets().met_by({"warmth": 60.0})
        (True, None)
        """
        pairs = (("corporate", self.corporate), ("warmth", self.warmth), ("alignment", self.alignment))
        asked = [(scores.get(name), band) for name, band in pairs if band is not None]
        known = [(score, band) for score, band in asked if score is not None]
        return all(score in band for score, band in known) if known else None


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
class Pack:
    """A rule pack: house terms that many companies share.

    Attributes
    ----------
    id : str
        Such as ``"positive_framing"``.
    language : str
        ``"fi"`` or ``"en"``.
    name, meaning : str
        For people.
    terms : tuple of Term
        Its rules.
    silent_with : tuple of str
        Beginnings of words that call its terms off: nobody reframes an accident.
    """

    id: str
    language: str
    name: str
    meaning: str = ""
    terms: tuple[Term, ...] = ()
    silent_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Privacy:
    """What of people may be shown.

    Attributes
    ----------
    raters : str
        ``"pseudonyms"`` or ``"names"``: how raters stand in reports and on the tone card.
    quotes : bool
        Whether reports and the tone card may quote posts.
    """

    raters: str = "pseudonyms"
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """A moment with a tone of its own: a crisis, grief, a celebration.

    Attributes
    ----------
    targets : Targets
        Instead of the channel's.
    packs_off : tuple of str
        Rule packs that would be out of place then.
    note : str
        How to write then, in the company's words.
    """

    targets: Targets = Targets()
    packs_off: tuple[str, ...] = ()
    note: str = ""


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
    silent : str
        When to stay silent, in the company's own words.
    """

    name: str
    words: tuple[str, ...]
    notice: str = ""
    ask: str = ""
    silent: str = ""


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
        Titles, product names, slogans, boilerplate, mandatory hashtags: neither score nor suggestion.
    quotes_off : bool
        Whether quoted speech is left alone too.
    topics : tuple of Topic
        Sensitive ones.
    tolerance : float
        Points that a golden post may move.
    packs : tuple of Pack
        The rule packs in use.
    privacy : Privacy
        What of people may be shown.
    company : str
        Whose guide this is.
    voice : tuple of str
        How the company sounds, sentence by sentence, for people to read.
    """

    terms: tuple[Term, ...] = ()
    targets: Mapping[str, Targets] = field(default_factory=dict)
    situations: Mapping[str, Situation] = field(default_factory=dict)
    hands_off: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    tolerance: float = 3.0
    quotes_off: bool = False
    packs: tuple[Pack, ...] = ()
    privacy: Privacy = Privacy()
    company: str = ""
    voice: tuple[str, ...] = ()

    def targets_for(self, channel: str | None = None, situation: str | None = None) -> Targets:
        """Bands of a post: the situation's, where it has any, else the channel's, else those for every channel.

        Raises
        ------
        ValueError
            For a situation that the guide does not name.
        """
        wanted = self._situation(situation)
        if wanted is not None and wanted.targets != Targets():
            return wanted.targets
        return self.targets.get((channel or "").strip().lower()) or self.targets.get("") or Targets()

    def terms_for(self, text: str = "", situation: str | None = None) -> tuple[Term, ...]:
        """House terms that hold for a post.

        Parameters
        ----------
        text : str
            The post; a rule pack is silent where its words are out of place.
        situation : str, optional
            Calls off the packs that the guide says.
        """
        wanted = self._situation(situation)
        words = re.findall(r"\w+", text.lower()) if text else []
        off = set(wanted.packs_off if wanted else ())
        off |= {pack.id for pack in self.packs if pack.silent_with and any(word.startswith(pack.silent_with) for word in words)}
        return tuple(term for term in self.terms if term.pack not in off)

    def _situation(self, name: str | None) -> Situation | None:
        if not name:
            return self.situations.get(EVERYDAY)
        found = {known.lower(): situation for known, situation in self.situations.items()}.get(name.strip().lower())
        if found is None and name.strip().lower() != EVERYDAY:
            raise ValueError(f"the guide has no situation {name!r}; its situations are {', '.join(self.situations) or 'none'}")
        return found


def make_term(avoid: str, prefer: str | Iterable[str] = ()) -> Term:
    """A term from plain words.

    Examples
    --------
    >>> make_term("hyödyntää", "käyttää").prefer
    ('käyttää',)
    """
    said = [prefer] if isinstance(prefer, str) else list(prefer)
    if not all(isinstance(word, str) for word in (avoid, *said)) or not avoid.strip():
        raise CallError(f"a term is a word and what is said instead: {avoid!r}: {prefer!r}")
    return Term(" ".join(avoid.split()), tuple(" ".join(word.split()) for word in said if word.strip()))


def make_targets(bands: Mapping[str, Mapping[str, float]]) -> Targets:
    """Bands of one channel from plain numbers.

    Examples
    --------
    >>> make_targets({"warmth": {"min": 40}}).warmth
    Band(low=40.0, high=100.0)
    """
    unknown = next((name for name in bands if name not in ("corporate", "warmth", "alignment")), None)
    if unknown is not None:
        raise CallError(f"no score {unknown!r} to set a target for: choose corporate, warmth or alignment")
    return Targets(**{name: _make_band(name, ends) for name, ends in bands.items()})


def _make_band(name: str, ends: Mapping[str, float]) -> Band:
    known = isinstance(ends, Mapping) and set(ends) <= {"min", "max"} and bool(ends)
    if not known or not all(isinstance(end, int | float) and not isinstance(end, bool) and math.isfinite(end) for end in ends.values()):
        raise CallError(f'a target of {name} is {{"min": 40}}, {{"max": 60}} or both, in points from 0 to 100, not {ends!r}')
    band = Band(float(ends.get("min", 0)), float(ends.get("max", 100)))
    if not 0 <= band.low <= band.high <= 100:
        raise CallError(f"the target of {name} goes from {band.low:g} to {band.high:g}: it is to lie between 0 and 100, min below max")
    return band
