"""What each signal is called, and what is said where there is more or less of it than usual."""

from __future__ import annotations

from functools import lru_cache

from toneguide.interface import interface_language, tr
from toneguide.signals import SIGNALS

__all__ = ["signal_words"]


def signal_words(name: str, dimension: str, *, up: bool) -> str:
    """One signal in words that stay kind.

    Parameters
    ----------
    name : str
        Of a signal; an unknown name is shown as it is.
    dimension : {"corporate", "warmth"}
        Which score it moves.
    up : bool
        Whether it adds to the score.

    Examples
    --------
    >>> from toneguide.interface import use_language
    >>> use_language("en")
    >>> signal_words("passive_forms", "corporate", up=True)
    'It does not show who does it. Could you say who?'
    """
    names, questions = _names(interface_language()), _questions(interface_language())
    signal = next((s for s in SIGNALS if s.name == name), None)
    if signal is None:
        return name
    # The weight has the sign of the known direction; so the value has that of the part's, turned by it.
    more = up == (signal.towards.get(dimension, 0.0) > 0)
    if more and (name, dimension) in questions:
        return questions[name, dimension]
    what = names.get(name, name)
    if not more:
        return tr("less than usual: {what}", what=what)
    return what[:1].upper() + what[1:]


@lru_cache(maxsize=2)
def _questions(_language: str) -> dict[tuple[str, str], str]:
    """What is said of signals that have a way forward."""
    doer = tr("It does not show who does it. Could you say who?")
    return {
        ("passive_forms", "corporate"): doer,
        ("passives", "corporate"): doer,
        ("nominalisations", "corporate"): tr("Doings stand here as nouns. Would a verb do?"),
        ("abstract_nouns", "corporate"): tr("Qualities stand here as nouns. What do they look like in practice?"),
        ("sentence_length", "corporate"): tr("The sentences are long. Could one be split?"),
        ("word_length", "corporate"): tr("The words are long. Is there a shorter one?"),
        ("long_words", "corporate"): tr("There are very long words. Is there a shorter one?"),
        ("noun_chains", "corporate"): tr("Nouns stand in a row. Could one be a verb?"),
        ("genitive_chains", "corporate"): tr("Genitives follow each other. Could the sentence be opened up?"),
        ("lists_of_three", "corporate"): tr("There is a list of three. Which of them matters most?"),
        ("hashtags", "corporate"): tr("There are many hashtags. Would fewer do?"),
        ("first_singular", "warmth"): tr("The warmth comes from telling what you saw yourself."),
        ("reader", "warmth"): tr("The text speaks to its reader."),
        ("duty", "warmth"): tr("Duties are heard here. Could one be a wish?"),
        ("negations", "warmth"): tr("There are many negations. Could one be said the other way round?"),
        ("blunt_questions", "warmth"): tr("The question comes bluntly. Could it be softer?"),
    }


@lru_cache(maxsize=2)
def _names(_language: str) -> dict[str, str]:
    """Every signal as something there is more or less of."""
    return {
        "first_singular": tr("speaking as I"),
        "first_plural": tr("speaking as we"),
        "reader": tr("speaking to the reader"),
        "people": tr("speaking of people"),
        "imperative": tr("requests and orders"),
        "conditional": tr("soft asking (would, could)"),
        "question_ending": tr("questions with -ko"),
        "soft_ending": tr("talking endings (-han, -pa)"),
        "hedging": tr("room left for others (maybe, I think)"),
        "insisting": tr("insisting (actually, obviously)"),
        "blunt_questions": tr("blunt questions (why, what)"),
        "direct_starts": tr("sentences that begin with so, and, but"),
        "reader_starts": tr("sentences that begin with you"),
        "spoken_we": tr("spoken we (me mennään)"),
        "sentence_length": tr("long sentences"),
        "sentence_variation": tr("sentences of uneven length"),
        "word_length": tr("long words"),
        "long_words": tr("very long words"),
        "compounds": tr("words made of three or more"),
        "short_sentences": tr("sentences of a few words"),
        "lists_of_three": tr("lists of three"),
        "questions": tr("questions"),
        "exclamations": tr("exclamation marks"),
        "repeated_marks": tr("repeated marks (!!, ...)"),
        "emoji": tr("emoji"),
        "hashtags": tr("hashtags"),
        "links": tr("links"),
        "mentions": tr("mentions of accounts"),
        "numbers": tr("numbers"),
        "brackets": tr("brackets"),
        "colons": tr("colons and semicolons"),
        "capitals": tr("words in capitals"),
        "names": tr("capital letters inside a sentence"),
        "lower_starts": tr("sentences that begin small"),
        "quoted": tr("quoted words"),
        "stretched": tr("stretched words (soooo)"),
        "nouns": tr("nouns"),
        "verbs": tr("verbs"),
        "adjectives": tr("adjectives"),
        "adverbs": tr("adverbs"),
        "pronouns": tr("pronouns"),
        "interjections": tr("small words such as hey, oh, wow"),
        "prepositions": tr("prepositions and postpositions"),
        "articles": tr("articles"),
        "nominalisations": tr("doings as nouns"),
        "abstract_nouns": tr("qualities as nouns"),
        "passive_forms": tr("passives"),
        "passives": tr("passives"),
        "genitives": tr("genitives"),
        "participles": tr("participles"),
        "role_cases": tr("endings -na and -ksi (as something)"),
        "negations": tr("negations"),
        "past": tr("telling what happened"),
        "duty": tr("must and shall"),
        "contractions": tr("short forms (don't, we're)"),
        "noun_chains": tr("nouns in a row"),
        "genitive_chains": tr("genitives in a chain"),
    }
