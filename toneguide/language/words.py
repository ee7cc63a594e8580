"""The analysed word type: all that is known of a word without its sentence."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["WordType"]


@dataclass(frozen=True, slots=True)
class WordType:
    """A word form as analysed, in Universal Dependencies terms; empty where nothing is known.

    Attributes
    ----------
    form : str
        Lower case, normalised; a name that is also a common word keeps its capital.
    lemma : str
        Base form, without compound borders.
    pos : str
        Universal part of speech; ``""`` for what is not a word.
    parts : tuple of str
        Compound parts, the last one as its lemma; one part for a simple word.
    person : int
        1, 2 or 3 of a pronoun or a finite verb; 0 where there is none.
    number, case, voice, mood, tense, verb_form : str
        ``"Sing"``, ``"Gen"``, ``"Pass"``, ``"Imp"``, ``"Past"``, ``"Part"`` and so on.
    possessor : int
        1, 2 or 3 of a Finnish possessive suffix; 0 where there is none.
    possessor_number : str
        ``"Sing"`` or ``"Plur"``, of the possessor.
    shape : str
        How it is written: ``"Lower"``, ``"Title"``, ``"Upper"``; ``"Tag"`` and ``"Tagged"`` for the first and further words of a
        hashtag; ``""`` for what is not a word.
    clitic : str
        Finnish clitics without harmony, joined by ``+``: ``"han"``, ``"ko+han"``.
    """

    form: str
    lemma: str = ""
    pos: str = ""
    parts: tuple[str, ...] = ()
    person: int = 0
    number: str = ""
    case: str = ""
    voice: str = ""
    mood: str = ""
    tense: str = ""
    verb_form: str = ""
    possessor: int = 0
    possessor_number: str = ""
    clitic: str = ""
    shape: str = ""

    @property
    def is_word(self) -> bool:
        """Whether the token holds a letter and is neither link, mention nor emoji."""
        return bool(self.shape)
