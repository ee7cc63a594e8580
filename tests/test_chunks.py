"""Posts cut by look-up: the same tokens, sentences and types as one post at a time."""

from __future__ import annotations

import numpy as np
import pytest
from archives import make_posts, odd_posts
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language.analysis import Pipeline
from toneguide.language.chunks import ChunkTable, gather
from toneguide.language.flat import PieceTable, join_texts
from toneguide.language.tokens import tokenize

TEXTS = [text for text in odd_posts() if text is not None] + make_posts(60)
PIECES = st.sampled_from(
    ["kiitos", "Will", "Onni", ",", ".", "!", "?!", "…", " ", "  ", "\n", "\n\n", "\t", "(", '"', "#hyväTyö", "@nimi", "a.fi/x", "3.11.", ":)",
     "😀", "don't", "å", "e\u0301", "\u200b", "\x00", "\x1c", "𝗡𝘆𝘁", "_", "²", "ja", "me", "olemme", "teetetään", "A"]
)  # fmt: skip
ANY_TEXT = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40))


def as_cut(table: ChunkTable, texts: list[str]) -> list[tuple[list[str], list[int], list[int]] | None]:
    cut = table.cut(texts)
    found = []
    for i in range(len(texts)):
        a, b = cut.bounds[i], cut.bounds[i + 1]
        sentences = [at - int(a) for at in cut.sentences.tolist() if a <= at < b]
        surfaces = cut.surfaces[a:b].tolist()
        found.append(([table.words[s] for s in surfaces], [table.kinds[s] for s in surfaces], sentences) if cut.plain[i] else None)
    return found


def as_tokens(text: str) -> tuple[list[str], list[int], list[int]]:
    tokens = tokenize(text)
    return tokens.words, list(map(int, tokens.kinds)), tokens.sentences


@given(st.lists(ANY_TEXT, max_size=5))
def test_plain_posts_are_cut_as_tokenize_cuts_them(texts):
    for text, found in zip(texts, as_cut(ChunkTable(), texts), strict=True):
        assert found is None or found == as_tokens(text)


def test_most_posts_are_plain_and_odd_ones_are_left_alone():
    posts = make_posts(60)
    assert None not in as_cut(ChunkTable(), posts)
    assert as_cut(ChunkTable(), ["a\x00b", "𝗡𝘆𝘁", "a\u0308", "kiitos \x1c", "\u200bmoi"]) == [None] * 5


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_a_sentence_starts_and_ends_where_its_chunks_do(texts):
    cut = ChunkTable().cut(texts)
    for i, text in enumerate(texts):
        tokens = tokenize(text)
        for at, (first, last) in zip(
            [at for at in cut.sentences.tolist() if cut.bounds[i] <= at < cut.bounds[i + 1]],
            tokens.sentence_ranges(),
            strict=bool(cut.plain[i]),
        ):
            assert cut.starts[at] == tokens.starts[first]
            assert cut.ends[cut.bounds[i] + last - 1] == tokens.ends[last - 1]


def test_what_a_chunk_holds_is_the_same_the_second_time():
    table = ChunkTable()
    assert as_cut(table, TEXTS) == as_cut(table, TEXTS) == as_cut(table, TEXTS[::-1])[::-1]


@pytest.mark.parametrize("language", ["fi", "en"])
def test_flattened_posts_have_the_types_and_lengths_of_analysed_ones(language):
    pipeline, chunks = Pipeline("fast"), ChunkTable()
    cut = chunks.cut(TEXTS)
    posts = np.array([i for i in range(len(TEXTS)) if cut.plain[i] and cut.bounds[i] < cut.bounds[i + 1]])
    analysed = list(pipeline.analyse([tokenize(TEXTS[i]) for i in posts], language))
    flat, joined = PieceTable(chunks, pipeline.tables[language]).flatten(cut, posts), join_texts(analysed)
    for name in ("bounds", "sentence_bounds", "n_words", "word_length", "sentence_words"):
        assert getattr(flat, name).tolist() == getattr(joined, name).tolist(), name
    assert flat.whole.ids.tolist() == joined.whole.ids.tolist()
    for i, text in enumerate(analysed):
        one = flat.text(i)
        assert (list(one.tokens.words), one.tokens.kinds, one.tokens.sentences) == (
            text.tokens.words,
            text.tokens.kinds,
            text.tokens.sentences,
        )
        assert (one.n_words, one.word_length, one.sentence_words) == (text.n_words, text.word_length, text.sentence_words)


def test_gather_finds_the_items_of_groups():
    places, sizes = gather(np.array([0, 2, 2, 5]), np.array([2, 1, 0]))
    assert places.tolist() == [2, 3, 4, 0, 1]
    assert sizes.tolist() == [3, 0, 2]
