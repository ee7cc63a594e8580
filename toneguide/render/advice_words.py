"""Advice, suggestions and changes as sentences, each with an example of our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from toneguide.interface import interface_language, tr
from toneguide.render.words import dimension_name, quoted
from toneguide.suggest.records import Advice, Change, Suggestion

__all__ = ["advice_lines", "advice_words", "change_words", "suggestion_words"]


def advice_lines(found: Iterable[Advice]) -> Iterator[str]:
    """Pieces of advice as lines, the example of each kind shown once."""
    seen: set[str] = set()
    for advice in found:
        yield advice_words(advice, example=advice.name not in seen)
        seen.add(advice.name)


def advice_words(advice: Advice, *, example: bool = True) -> str:
    """A piece of advice: where, why, and one example.

    Examples
    --------
    >>> from toneguide.interface import use_language
    >>> use_language("en")
    >>> advice_words(Advice("no_doer", ((0, 9),), "was moved"))
    '“was moved”: it does not show who does it. Could you say who? For example “A decision was made” → “Our shop stewards decided”.'
    """
    reason, shown = _advice(interface_language())[advice.name]
    start = f"{quoted(advice.found)}: {reason}" if advice.found else reason[:1].upper() + reason[1:]
    return start + " " + tr("For example {example}.", example=shown) if example else start


@lru_cache(maxsize=2)
def _advice(_language: str) -> dict[str, tuple[str, str]]:
    return {
        "no_doer": (
            tr("it does not show who does it. Could you say who?"),
            tr("“A decision was made” → “Our shop stewards decided”"),
        ),
        "long_sentence": (
            tr("the sentence has more than 25 words. Would it read more easily in two?"),
            tr("“We met on Monday, and because it rained …” → “We met on Monday. It rained.”"),
        ),
        "noun_stack": (
            tr("many nouns in a row. Could one of them be a verb?"),
            tr("“customer service process improvement plan” → “we plan to serve customers better”"),
        ),
        "no_reader": (
            tr("the text does not turn to its reader. Is there something you would like to ask or tell them?"),
            tr("“Registration is open” → “Will you join us?”"),
        ),
        "buzz_row": (
            tr("several big words one after the other. Which one of them would you keep?"),
            tr("“innovative, scalable solutions” → “a tool that also works on a phone”"),
        ),
        "only_hashtags": (
            tr("there are only hashtags. One sentence of your own would tell what this is about."),
            tr("“#team #autumn” → “We raked the yard together. #team”"),
        ),
        "even_sentences": (
            tr("the sentences are about the same length. A short one in between would bring rhythm."),
            tr("“We repaired the roof on Tuesday.” → “The roof holds.”"),
        ),
    }


def suggestion_words(suggestion: Suggestion) -> tuple[str, list[str], str]:
    """A suggestion: what is there, what could be, and a note.

    Returns
    -------
    found, choices, note : str, list of str, str
        A choice that is advice only is in its base form, and said to be.
    """
    choices = [c.text if c.ready else tr("{word} (base form)", word=c.text) for c in suggestion.choices]
    return suggestion.found, choices or [tr("could be left out")], suggestion.note


def change_words(change: Change) -> str:
    """An edit and what it brings, in points as scored on the edited text."""
    old = quoted(change.found)
    what = tr("{old} → {new}", old=old, new=quoted(change.text)) if change.text else tr("without {old}", old=old)
    moves = [f"{dimension_name(d)} {change.before[d]:.0f} → {change.after[d]:.0f}" for d in change.before if d in change.after]
    return f"{what}: {', '.join(moves)}"
