"""What a writer is offered: edits, suggestions, advice, and what a change would bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["Advice", "Change", "Choice", "Edit", "Example", "Span", "Suggestion", "apply_edits"]

Span = tuple[int, int]


class Edit(NamedTuple):
    """Letters `start` to `end` of a text, and what stands there instead."""

    start: int
    end: int
    text: str


class Choice(NamedTuple):
    """One thing that could be said instead.

    Attributes
    ----------
    text : str
        In the form that fits the sentence, or the base form where that is not certain.
    edits : tuple of Edit
        What puts it there; empty where it is advice only.
    """

    text: str
    edits: tuple[Edit, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be put in as it stands."""
        return bool(self.edits)


class Suggestion(NamedTuple):
    """A word or phrase that could be said more plainly.

    Attributes
    ----------
    spans : tuple of (int, int)
        Where it stands; several where other words are between.
    found : str
        The words as written.
    choices : tuple of Choice
        Best first; ready ones before advice.
    note : str
        Where it does not hold, in the language of the text.
    origin : {"list", "guide"}
        Our list, or the company's own terms.
    """

    spans: tuple[Span, ...]
    found: str
    choices: tuple[Choice, ...]
    note: str = ""
    origin: str = "list"

    @property
    def ready(self) -> bool:
        """Whether the best choice can be put in as it stands."""
        return bool(self.choices) and self.choices[0].ready


class Advice(NamedTuple):
    """Something about how a text is built, without a ready answer.

    Attributes
    ----------
    name : str
        Which kind: ``"no_doer"``, ``"long_sentence"``, ``"noun_stack"``, ``"no_reader"``, ``"buzz_row"``, ``"only_hashtags"``,
        ``"even_sentences"``.
    spans : tuple of (int, int)
        Where; empty where the whole text is meant.
    found : str
        The words as written, shortened.
    """

    name: str
    spans: tuple[Span, ...]
    found: str = ""


class Change(NamedTuple):
    """An edit and what it brings, scored on the edited text.

    Attributes
    ----------
    edits : tuple of Edit
        To be made together.
    found, text : str
        What stands there now, and what would; empty where it is left out.
    before, after : mapping of str to float
        Scores 0-100 of the text alone and with this edit alone, by dimension.
    gain : float
        Points towards the target.
    """

    edits: tuple[Edit, ...]
    found: str
    text: str
    before: Mapping[str, float]
    after: Mapping[str, float]
    gain: float


class Example(NamedTuple):
    """A post worth a look: its text, how near it is (0-1), and where it is from."""

    text: str
    nearness: float
    source: str = ""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made.

    Parameters
    ----------
    text : str
        The text that the edits were found in.
    edits : iterable of Edit
        In any order.

    Raises
    ------
    ValueError
        Where two of them overlap.

    Examples
    --------
    >>> apply_edits("Hyödynnämme sitä.", [Edit(0, 11, "Käytämme")])
    'Käytämme sitä.'
    """
    at, pieces = 0, []
    for start, end, new in sorted(set(edits)):
        if start < at:
            raise ValueError(f"edits overlap at character {start}: choose one of them")
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])
