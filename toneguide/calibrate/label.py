"""One label: what a rater says of a post, and how the cells of a table become one."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["COLUMNS", "HIGHEST", "LOWEST", "Label", "label_from", "text_key"]

COLUMNS: Final = ("text", "language", "channel", "corporate", "warmth", "values", "rater", "date")
LOWEST: Final = 1.0
HIGHEST: Final = 5.0
_LANGUAGES: Final = {"finnish": "fi", "suomi": "fi", "fin": "fi", "english": "en", "englanti": "en", "eng": "en"}
_UNSAID: Final = frozenset(("", "-", "–", "?", "n/a", "na", "nan", "none", "null", "eos", "en osaa sanoa"))


@dataclass(frozen=True, slots=True)
class Label:
    """One rater's opinion of one post.

    Attributes
    ----------
    text : str
        The post.
    language : str
        ``"fi"`` or ``"en"``; ``""`` where nobody has said.
    channel : str
        ``"linkedin"``, ``"blog"`` and so on; ``""`` where unknown.
    corporate, warmth : float or None
        1 (not at all) to 5 (very); None where the rater did not say.
    values : tuple of str
        Names of the values the post carries.
    rater : str
        Who rated; a pseudonym is enough.
    date : str
        When, in ISO 8601.
    """

    text: str
    language: str = ""
    channel: str = ""
    corporate: float | None = None
    warmth: float | None = None
    values: tuple[str, ...] = ()
    rater: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        for name in ("corporate", "warmth"):
            rating = getattr(self, name)
            if rating is not None and not (LOWEST <= rating <= HIGHEST):
                raise ValueError(f"{name} is {rating!r}; ratings go from 1 to 5, None where the rater did not say")

    @property
    def ratings(self) -> dict[str, float]:
        """Those that the rater gave, by dimension."""
        return {name: rating for name, rating in (("corporate", self.corporate), ("warmth", self.warmth)) if rating is not None}

    @property
    def says_something(self) -> bool:
        """Whether there is a rating or a value in it."""
        return bool(self.ratings or self.values)


def text_key(text: str) -> str:
    """What makes two texts the same post: white space and the way letters are composed do not matter.

    Examples
    --------
    >>> text_key("Hei  kaikki ") == text_key("Hei kaikki")
    True
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def label_from(text: str, fields: Mapping[str, object]) -> Label:
    """A label from the cells of a table, as people fill them in.

    Parameters
    ----------
    text : str
        The post.
    fields : mapping of str to object
        Any of `COLUMNS`; ``"4"``, ``"4,5"``, ``4.0`` are ratings, ``""``, ``"-"`` and ``"?"`` say nothing.

    Raises
    ------
    ValueError
        For a rating that is none.
    """
    from toneguide.posts.cells import plain_text
    from toneguide.posts.dates import iso_date

    told = {name: plain_text(fields.get(name)).strip() for name in COLUMNS}
    language = told["language"].casefold()
    values = [part.strip() for part in told["values"].split(";")]
    return Label(
        text=text,
        language=_LANGUAGES.get(language, language.split("-")[0].split("_")[0]),
        channel=told["channel"].casefold(),
        corporate=_rating(told["corporate"], "corporate"),
        warmth=_rating(told["warmth"], "warmth"),
        values=tuple(dict.fromkeys(part for part in values if part.casefold() not in _UNSAID)),
        rater=told["rater"],
        date=iso_date(told["date"]).removesuffix("T00:00:00"),
    )


def _rating(cell: str, name: str) -> float | None:
    if cell.casefold() in _UNSAID:
        return None
    try:
        rating = float(cell.replace(",", "."))
    except ValueError:
        rating = math.nan
    if not LOWEST <= rating <= HIGHEST:
        raise ValueError(f"{name} is {cell!r}; ratings go from 1 to 5, or leave it empty")
    return rating
