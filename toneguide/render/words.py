"""The words of an explanation: kind, true, about the text and never about the person.

Glossary: corporate - korporaatiokieli, warmth - lämpö, alignment - arvojen näkyvyys, named / shown - sanottu / näytetty, guide - sävyopas,
tone card - sävykortti, rater - arvioija, target - tavoite.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from toneguide.decided import Band
from toneguide.interface import interface_language, tr
from toneguide.model.tone_model import Part
from toneguide.render.signal_words import signal_words
from toneguide.values.matching import ValueScore

__all__ = ["band_words", "describe", "describe_value", "dimension_name", "quoted"]

_NAMED, _SHOWN, _AGAINST = 50.0, 30.0, 35.0
_LONGEST: Final = 60


def dimension_name(dimension: str) -> str:
    """A dimension in the words of the interface."""
    return {"corporate": tr("corporate"), "warmth": tr("warmth"), "alignment": tr("alignment")}[dimension]


def quoted(words: str) -> str:
    """Words of a text in the quotation marks of the interface, shortened."""
    short = " ".join(words.split())
    short = short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"
    return f"”{short}”" if interface_language() == "fi" else f"“{short}”"


def band_words(band: Band) -> str:
    """A target band: "at most 40", "50-100"."""
    if band.low <= 0:
        return tr("at most {high}", high=f"{band.high:.0f}")
    if band.high >= 100:
        return tr("at least {low}", low=f"{band.low:.0f}")
    return tr("{low} to {high}", low=f"{band.low:.0f}", high=f"{band.high:.0f}")


def describe(part: Part) -> str:
    """What stands behind a part, and where it can, a way forward.

    Parameters
    ----------
    part : Part
        Of a score's evidence.

    Examples
    --------
    >>> from toneguide.interface import use_language
    >>> use_language("en")
    >>> describe(Part("warmth", 0.4, "word", "thanks_praise", ((0, 6),), "Kiitos"))
    '“Kiitos”: thanks and praise warm a text.'
    """
    up = part.amount > 0
    if part.kind == "signal":
        return signal_words(part.name, part.dimension, up=up)
    if part.kind == "negated":
        return tr("{words}: a negation turns its meaning.", words=quoted(part.text))
    return f"{quoted(part.text)}: {_reason(part.name, part.dimension, up=up)}"


def _reason(name: str, dimension: str, *, up: bool) -> str:
    reasons = _reasons(interface_language())
    return reasons.get((name, dimension, up)) or reasons["", dimension, up]


@lru_cache(maxsize=2)
def _reasons(_language: str) -> dict[tuple[str, str, bool], str]:
    """Reasons by list, dimension and direction; an empty name for all other lists."""
    corporate = {
        "jargon": tr("trade talk. How would you say it over coffee?"),
        "inflated_verbs": tr("a grand word. A smaller one may do."),
        "marketing": tr("this is how advertisements talk. What would you tell a friend?"),
        "officialese": tr("official wording. An everyday word would sound more like a person."),
        "press_release": tr("this is how press releases talk. What did you see yourself?"),
        "business_positive": tr("it sounds good, but what happened in practice?"),
        "ai_polish": tr("a polished phrase that many texts share. Your own words say more."),
        "intensifiers": tr("a strengthening word. The matter may speak for itself."),
        "hedges": tr("it keeps the matter at a distance."),
        "cold": tr("it sounds like a regulation. Could it be said to somebody?"),
        "emoji": tr("an emoji that companies use a lot."),
        "subwords": tr("the word has an official ring."),
        "": tr("it gives the text an official ring."),
    }
    plain = {
        "spoken": tr("this is how people talk."),
        "everyday": tr("an everyday word."),
        "first_person": tr("somebody speaks here as themselves."),
        "subwords": tr("the word has an everyday ring."),
        "": tr("it makes the text plainer."),
    }
    warm = {
        "thanks_praise": tr("thanks and praise warm a text."),
        "affection": tr("it tells that somebody matters."),
        "empathy": tr("it comforts or encourages."),
        "joy": tr("joy can be heard here."),
        "greetings_wishes": tr("a greeting or a good wish."),
        "community": tr("it tells of being together."),
        "sorrow": tr("it shares a sorrow."),
        "politeness": tr("it makes the reader welcome."),
        "emoji": tr("an emoji brings a feeling."),
        "spoken": tr("the warmth comes from your own way of saying it."),
        "everyday": tr("the warmth comes from everyday words."),
        "first_person": tr("the warmth comes from telling it yourself."),
        "hedges": tr("it leaves room for others."),
        "subwords": tr("the word has a warm ring."),
        "": tr("it brings warmth."),
    }
    cold = {
        "cold": tr("it sounds like an order or a refusal. Could it be an invitation?"),
        "hostile": tr("a hard word. Is there a gentler one that is as true?"),
        "officialese": tr("official wording keeps the reader at a distance."),
        "jargon": tr("trade talk keeps the reader at a distance."),
        "valence": tr("the word has a heavy ring."),
        "subwords": tr("the word has a cool ring."),
        "": tr("it takes some of the warmth."),
    }
    tables = (("corporate", True, corporate), ("corporate", False, plain), ("warmth", True, warm), ("warmth", False, cold))
    return {(name, d, up): words for d, up, table in tables for name, words in table.items()}


def describe_value(name: str, score: ValueScore) -> str:
    """Whether a value is named and shown, with a question where that helps.

    Examples
    --------
    >>> from toneguide.interface import use_language
    >>> use_language("en")
    >>> describe_value("Courage", ValueScore(30.0, 60.0, 0.0))
    'Courage is named, but does not show as a deed yet. What did you do?'
    >>> describe_value("Courage", ValueScore(30.0, 60.0, 0.0, 50.0))
    'Something here goes against Courage. Is that what is meant?'
    """
    named, shown = score.named >= _NAMED, score.shown >= _SHOWN
    if score.named and score.against >= _AGAINST:
        return tr("Something here goes against {value}. Is that what is meant?", value=name)
    if named and shown:
        return tr("{value} is named, and a deed shows it.", value=name)
    if named:
        return tr("{value} is named, but does not show as a deed yet. What did you do?", value=name)
    if shown or score.alignment >= _SHOWN:
        return tr("{value} shows without being named.", value=name)
    return tr("{value} is not in this text. It need not be.", value=name)
