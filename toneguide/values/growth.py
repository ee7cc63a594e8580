"""Growing a value's words with a person in the loop: words are proposed, each with a sentence; people take or reject them."""

from __future__ import annotations

import importlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.tokens import tokenize
from toneguide.values.library import wording_of
from toneguide.values.value import LANGUAGES, Value, Wording
from toneguide.values.words import OWN, WordIndex, content_words, is_base_form, lemmas_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["SuggestedWord", "suggest_words", "with_answers"]

_CONTENT: Final = ("NOUN", "ADJ", "VERB", "ADV")
_COMMON_WORDS: Final = 20_000
_LEAST_LETTERS: Final = 4
_LEAST_POSTS: Final = 3
_CLOSE: Final = 0.35
_LEAST_TOLD: Final = 4
_MADE: Final = {
    "fi": {"NOUN": "Meillä {word} näkyi eilen.", "ADJ": "Se oli {word} teko.", "VERB": "Haluamme {word} yhdessä.", "ADV": "Teimme sen {word}."},
    "en": {"NOUN": "You could feel the {word} yesterday.", "ADJ": "It was a {word} thing to do.", "VERB": "We want to {word}.", "ADV": "We did it {word}."},
}  # fmt: skip


class SuggestedWord(NamedTuple):
    """A word that may belong to a value.

    Attributes
    ----------
    word : str
        Base form.
    source : str
        ``"library"``, ``"archive"`` or ``"vectors"``.
    closeness : float
        0-1 within its source.
    example : str
        A sentence with it.
    is_made : bool
        Whether the sentence was made up, for want of a real one.
    """

    word: str
    source: str
    closeness: float
    example: str
    is_made: bool


def suggest_words(value: Value, n: int = 10, archive: Iterable[str] | None = None, *, language: str = "fi") -> list[SuggestedWord]:
    """Words that may name or show a value, from the library, the archive and the Finnish vectors in turn.

    Parameters
    ----------
    value : Value
        Its name and words are the seed.
    n : int
        How many at most.
    archive : iterable of str, optional
        The team's own posts.
    language : {"fi", "en"}
        Of the words and of the posts looked at.

    Raises
    ------
    TypeError
        For an archive that is a bare string.
    ValueError
        For another language, or `n` below 1.

    Examples
    --------
    >>> [found.word for found in suggest_words(Value("Rohkeus"), 2, ["Rohkeus on kova sana."])][:1]
    ['rohkea']
    """
    if isinstance(archive, str):
        raise TypeError("an archive is a list of posts, not one text")
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}: choose one of {', '.join(LANGUAGES)}")
    if n < 1:
        raise ValueError("n is 1 or more")
    own, lent = wording_of(value, language)
    seeds = [word for name in (value.name, *own.words) for word in content_words(name) if " " not in name.strip() or name == value.name]
    texts = list(
        load_pipeline("fast").analyse([tokenize(text) for text in (() if archive is None else archive) if isinstance(text, str)], language)
    )
    known = {word.lower().lstrip("=") for word in (*own.words, *value.rejected)} | set(seeds)
    sources: list[Iterator[tuple[str, str, float]]] = [
        ((word, "library", 1.0) for word in lent.words if " " not in word and not word.startswith("=")),
        ((word, "archive", close) for word, close in _company(seeds, texts, language)),
        ((word, "vectors", close) for word, close in (_neighbours(tuple(seeds)) if language == "fi" else ())),
    ]
    found: dict[str, tuple[str, float]] = {}
    while sources and len(found) < n:
        for source in list(sources):
            word, name, close = next(((w, s, c) for w, s, c in source if w.lower() not in known and w.lower() not in found), ("", "", 0.0))
            if not word:
                sources.remove(source)
            elif len(found) < n:
                found[word.lower()] = name, close
    sentences = _sentences(found, texts, language)
    return [
        SuggestedWord(word, source, round(close, 3), sentences.get(word) or _made(word, language), word not in sentences)
        for word, (source, close) in found.items()
    ]


def with_answers(value: Value, accepted: Iterable[str], rejected: Iterable[str], language: str = "") -> Value:
    """The value with the words that a person took, and a memory of those turned down.

    Raises
    ------
    TypeError
        For a bare string where a list belongs.
    ValueError
        For an empty word, or a word both taken and turned down.
    """
    if isinstance(accepted, str) or isinstance(rejected, str):
        raise TypeError('words come as a list: ["uskallus"]')
    taken, refused = [" ".join(w.split()) for w in accepted], [" ".join(w.split()) for w in rejected]
    if "" in taken or "" in refused:
        raise ValueError("there is an empty word")
    both = set(taken) & set(refused)
    if both:
        raise ValueError(f"{sorted(both)[0]!r} is both accepted and rejected; choose")
    turned = tuple(dict.fromkeys(word for word in (*value.rejected, *refused) if word not in taken))
    if not language:
        return replace(value, words=tuple(dict.fromkeys((*value.words, *taken))), rejected=turned)
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}: choose one of {', '.join(LANGUAGES)}")
    by_language: Mapping[str, Wording] = {**value.by_language, language: value.by_language.get(language, Wording()) + Wording(tuple(taken))}
    return replace(value, by_language=by_language, rejected=turned)


def _company(seeds: list[str], texts: list[Analysed], language: str) -> list[tuple[str, float]]:
    """Words that keep company with the seeds in posts, by how much oftener than chance (log-likelihood)."""
    index = WordIndex(seeds, language, seeds)
    near: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    n_near = 0
    for text in texts:
        types = [text.table.types[i] for i in set(text.ids.tolist())]
        words = {t.lemma for t in types if t.pos in _CONTENT and len(t.lemma) >= _LEAST_LETTERS and is_base_form(t.lemma, language)}
        everywhere.update(words)
        if any(OWN in index.hits(t).values() for t in types):
            near.update(words)
            n_near += 1
    if not n_near or n_near == len(texts):
        return []
    found = []
    for word, count in near.items():
        expected = everywhere[word] * n_near / len(texts)
        if count >= _LEAST_POSTS and count > expected:
            found.append((word, 2 * count * math.log(count / expected)))
    best = max((strength for _, strength in found), default=1.0)
    return sorted(((word, strength / best) for word, strength in found), key=lambda pair: (-pair[1], pair[0]))


@lru_cache(maxsize=1)
def _vocab() -> Any:
    """The Finnish pipeline's vectors; None where its package is missing."""
    try:
        package = importlib.import_module("spacy_fi_experimental_web_md")
    except ImportError:
        return None
    return package.load(exclude=["tagger", "morphologizer", "lemmatizer", "parser", "ner", "senter", "tok2vec", "lookups"]).vocab


@lru_cache(maxsize=1)
def _vectors() -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """Common Finnish base forms and their vectors, each of length one."""
    import numpy as np

    listed = (resources.files("toneguide.language") / "data" / "fi_words.txt").read_text(encoding="utf-8").split()[:_COMMON_WORDS]
    words = tuple(word for word in listed if len(word) >= _LEAST_LETTERS and word in _bases(word))
    rows = np.array([_vocab()[word].vector for word in words], dtype=np.float32)
    return words, rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _bases(word: str) -> tuple[str, ...]:
    from toneguide.language.finnish import analyse

    found = analyse(word)
    return (found.lemma,) if found.pos in _CONTENT else ()


@lru_cache(maxsize=64)
def _neighbours(seeds: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Common words whose vectors lie close to the seeds'."""
    import numpy as np

    if _vocab() is None or not seeds:
        return ()
    words, rows = _vectors()
    own = [vector / float(np.linalg.norm(vector)) for seed in seeds if (vector := _vocab()[seed].vector).any()]
    if not own:
        return ()
    middle = np.mean(own, axis=0)
    close = rows @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    order = np.argsort(-close)[:200].tolist()
    return tuple((words[i], float(close[i])) for i in order if close[i] >= _CLOSE)


def _sentences(wanted: Mapping[str, object], texts: list[Analysed], language: str) -> dict[str, str]:
    """A real sentence for each word, the shortest there is."""
    found: dict[str, str] = {}
    for text in texts:
        for first, last in text.tokens.sentence_ranges():
            for i in range(first, last):
                for word in lemmas_of(text.type_at(i).form, language) & wanted.keys():
                    sentence = text.tokens.text[text.tokens.starts[first] : text.tokens.ends[last - 1]]
                    if last - first >= _LEAST_TOLD and (word not in found or len(sentence) < len(found[word])):
                        found[word] = sentence
    return found


def _made(word: str, language: str) -> str:
    from toneguide.language import english, finnish

    pos = (finnish.analyse(word) if language == "fi" else english.analyse(word)).pos
    return _MADE[language].get(pos, _MADE[language]["NOUN"]).format(word=word)
