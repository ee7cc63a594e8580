"""Analysed texts as spaCy documents, the same attributes filled by both pipelines; made only when somebody asks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["to_doc"]

_NOT_UNIVERSAL: Final = {"LINK": "X", "MENTION": "X"}


def to_doc(text: Analysed) -> Doc:
    """A spaCy document of an analysed text.

    Parameters
    ----------
    text : Analysed
        From either pipeline.

    Returns
    -------
    spacy.tokens.Doc
        Words as normalised, with `lemma_`, `pos_`, `morph` and sentence starts set; links and mentions are ``X``. Where a hashtag or a
        contraction was split, each part is a token.

    Examples
    --------
    >>> from toneguide.language.analysis import load_pipeline
    >>> from toneguide.language.tokens import tokenize
    >>> [text] = load_pipeline("fast").analyse([tokenize("Tulehan käymään!")], "fi")
    >>> [(token.text, token.lemma_, token.pos_) for token in to_doc(text)]
    [('Tulehan', 'tulla', 'VERB'), ('käymään', 'käydä', 'VERB'), ('!', '!', 'PUNCT')]
    """
    from spacy.tokens import Doc

    tokens = text.tokens
    types = [text.type_at(i) for i in range(len(tokens))]
    firsts = set(tokens.sentences)
    following = [*tokens.starts[1:], len(tokens.text)]
    return Doc(
        _vocab(text.language),
        words=[word.encode("utf-8", "replace").decode("utf-8") for word in tokens.words],
        spaces=[after > end for after, end in zip(following, tokens.ends, strict=True)] if types else [],
        lemmas=[word.lemma.encode("utf-8", "replace").decode("utf-8") for word in types],
        pos=[_NOT_UNIVERSAL.get(word.pos, word.pos) for word in types],
        morphs=[_morph(word) for word in types],
        sent_starts=[i in firsts for i in range(len(types))],
    )


@lru_cache(maxsize=None)
def _vocab(language: str) -> Any:
    import spacy

    return spacy.blank(language).vocab


def _morph(word: WordType) -> str:
    known = {
        "Case": word.case,
        "Mood": word.mood,
        "Number": word.number,
        "Number[psor]": word.possessor_number,
        "Person": str(word.person or ""),
        "Person[psor]": str(word.possessor or ""),
        "Tense": word.tense,
        "VerbForm": word.verb_form,
        "Voice": word.voice,
    }
    return "|".join(f"{name}={value}" for name, value in known.items() if value)
