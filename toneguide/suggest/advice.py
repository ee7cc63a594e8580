"""Advice on how a text is built: where nobody seems to do anything, where a sentence runs long. It rewrites nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.language.words import WordType
from toneguide.model.tone_model import Part
from toneguide.suggest.records import Advice, Span

__all__ = ["ADVICE", "find_advice"]

ADVICE: Final = ("buzz_row", "no_doer", "long_sentence", "noun_stack", "no_reader", "even_sentences", "only_hashtags")
_LONG: Final = 25
_STACK: Final = {"fi": 3, "en": 4}
_READERLESS: Final = 25
_EVEN_SENTENCES: Final = 4
_EVEN: Final = 0.15
_BUZZ: Final = frozenset("jargon marketing business_positive press_release inflated_verbs officialese ai_polish".split())
_ROW, _ROW_GAP = 3, 12
_ENDS: Final = ".!?\n"
_MANY_TAGS: Final = 3
_SHOWN: Final = 60
_SPOKEN_WE: Final = 4
# What a participle says of a person's state leaves out no doer: we are thrilled.
_NOT_DOERLESS: Final = frozenset(
    (
        "sanotaan ollaan kuulua married located born based done called named supposed used interested excited thrilled pleased delighted "
        "honoured honored humbled surprised amazed disappointed worried concerned scared ashamed embarrassed tired bored confused convinced "
        "committed dedicated determined stuck gone"
    ).split()
)


def find_advice(texts: Sequence[Analysed], parts: Iterable[Part] = ()) -> list[Advice]:
    """What could be built otherwise, the weightiest kind first, each kind in text order.

    Parameters
    ----------
    texts : sequence of Analysed
        The text, by language.
    parts : iterable of Part
        Of its score; three corporate ones in a row make advice of their own.
    """
    whole = texts[0].tokens.text if texts else ""
    found = [Advice("buzz_row", (span,)) for span in _buzz_rows(parts, whole)]
    for text in texts:
        found += [
            *_no_doer(text),
            *_long_sentences(text),
            *_noun_stacks(text),
            *_no_reader(text),
            *_even_sentences(text),
            *_only_hashtags(text),
        ]
    shown = [advice._replace(found=_shown(whole, advice.spans)) for advice in found]
    return sorted(shown, key=lambda advice: (ADVICE.index(advice.name), advice.spans))


def _shown(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return ""
    words = " ".join(text[spans[0][0] : spans[-1][1]].split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"


def _span(text: Analysed, first: int, last: int) -> Span:
    return text.tokens.starts[first], text.tokens.ends[last]


def _buzz_rows(parts: Iterable[Part], whole: str) -> Iterator[Span]:
    loud = sorted(
        {(p.spans[0][0], p.spans[-1][1]) for p in parts if p.spans and p.dimension == "corporate" and p.amount > 0 and p.name in _BUZZ}
    )
    row: list[Span] = []
    for one, other in pairwise([*loud, (10**9, 10**9)]):
        row.append(one)
        if other[0] - one[1] > _ROW_GAP or any(mark in whole[one[1] : other[0]] for mark in _ENDS):
            if len(row) >= _ROW:
                yield row[0][0], row[-1][1]
            row = []


def _no_doer(text: Analysed) -> Iterator[Advice]:
    """Passives without a doer, one piece of advice a sentence."""
    for first, last in text.tokens.sentence_ranges():
        spans = tuple(_fi_passives(text, first, last) if text.language == "fi" else _en_passives(text, first, last))
        if spans:
            yield Advice("no_doer", spans[:1])


def _fi_passives(text: Analysed, first: int, last: int) -> Iterator[Span]:
    for i in range(first, last):
        word = text.type_at(i)
        # Me mennään: spoken we is a doer.
        ours = any(text.type_at(j).form == "me" for j in range(max(first, i - _SPOKEN_WE), i))
        if word.voice == "Pass" and word.pos == "VERB" and word.verb_form == "Fin" and not ours and word.form not in _NOT_DOERLESS:
            yield _span(text, i, i)


def _en_passives(text: Analysed, first: int, last: int) -> Iterator[Span]:
    for i in range(first, last):
        if text.type_at(i).lemma != "be":
            continue
        for j in range(i + 1, min(i + 4, last)):
            word = text.type_at(j)
            if word.tense == "Past" and word.pos == "VERB" and word.form not in _NOT_DOERLESS:
                if not any(text.tokens.words[k].lower() == "by" for k in range(j + 1, min(j + 6, last))):
                    yield _span(text, i, j)
                break
            if word.pos not in ("ADV", "AUX", "PART"):
                break


def _long_sentences(text: Analysed) -> Iterator[Advice]:
    for first, last in text.tokens.sentence_ranges():
        if sum(text.tokens.kinds[i] == Kind.WORD for i in range(first, last)) > _LONG:
            yield Advice("long_sentence", (_span(text, first, last - 1),))


def _noun_stacks(text: Analysed) -> Iterator[Advice]:
    """Nouns in a row: in Finnish genitives and what they lead to."""
    for first, last in text.tokens.sentence_ranges():
        for is_noun, run in groupby(range(first, last), key=lambda i: _in_stack(text, i)):
            places = list(run)
            if not is_noun:
                continue
            if text.language == "fi":
                genitives = [i for i in places if text.type_at(i).case == "Gen"]
                if len(places) < _STACK["fi"] or len(genitives) < _STACK["fi"] - 1 or genitives[0] > places[0] + 1:
                    continue
            elif len(places) < _STACK["en"]:
                continue
            yield Advice("noun_stack", (_span(text, places[0], places[-1]),))


def _in_stack(text: Analysed, i: int) -> bool:
    word = text.type_at(i)
    return word.pos == "NOUN" and word.shape in ("Lower", "Title") and text.tokens.kinds[i] == Kind.WORD


def _no_reader(text: Analysed) -> Iterator[Advice]:
    if text.n_words >= _READERLESS and "?" not in text.tokens.text and not any(map(_meets_reader, _types(text))):
        yield Advice("no_reader", ())


def _meets_reader(word: WordType) -> bool:
    return word.person == 2 or word.possessor == 2 or word.mood == "Imp"


def _types(text: Analysed) -> Iterator[WordType]:
    return (text.type_at(i) for i in range(len(text.tokens)))


def _even_sentences(text: Analysed) -> Iterator[Advice]:
    lengths = text.sentence_words
    if len(lengths) < _EVEN_SENTENCES:
        return
    mean = sum(lengths) / len(lengths)
    spread = (sum((n - mean) ** 2 for n in lengths) / len(lengths)) ** 0.5
    if mean > _EVEN_SENTENCES and spread <= _EVEN * mean:
        yield Advice("even_sentences", ())


def _only_hashtags(text: Analysed) -> Iterator[Advice]:
    tags = [i for i, kind in enumerate(text.tokens.kinds) if kind == Kind.HASHTAG]
    first_words = [i for i in tags if text.type_at(i).shape == "Tag"]
    if len(first_words) >= _MANY_TAGS and Kind.WORD not in text.tokens.kinds:
        yield Advice("only_hashtags", (_span(text, tags[0], tags[-1]),))
