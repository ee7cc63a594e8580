"""Hands off: stretches of a post that a company leaves alone, such as titles, product names, slogans and quoted speech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from toneguide.language.forms import form_table
from toneguide.language.tokens import Kind, Tokens, tokenize

__all__ = ["hands_off_spans", "without_spans"]

# A quotation of one line; an apostrophe inside a word is none.
_QUOTED: Final = re.compile(
    r"""“[^“”\n]{1,600}[”“]|”[^“”\n]{1,600}”|„[^„“”\n]{1,600}[“”]|«[^«»\n]{1,600}»|»[^«»\n]{1,600}»|(?<!\w)"[^"\n]{1,600}"(?!\w)"""
)
_LONGEST_ENDING: Final = 6


def hands_off_spans(tokens: Tokens, phrases: Iterable[str], *, quotes: bool = False) -> list[tuple[int, int]]:
    """Where a post holds what is left alone.

    Parameters
    ----------
    tokens : Tokens
        The post, cut.
    phrases : iterable of str
        As the company writes them; letter case does not matter, and the last word may be inflected.
    quotes : bool
        Whether quoted speech counts.

    Returns
    -------
    list of (int, int)
        Offsets into the text, rising, none overlapping.

    Examples
    --------
    >>> text = "Kaamos Plussassa on uutta, sanoi hän."
    >>> [text[a:b] for a, b in hands_off_spans(tokenize(text), ["Kaamos Plus"])]
    ['Kaamos Plussassa']
    """
    found = [match.span() for match in _QUOTED.finditer(tokens.text)] if quotes else []
    words = [word.lower() for word in tokens.words]
    first = {cut[0]: [c for c in _cut_all(tuple(phrases)) if c[0] == cut[0]] for cut in _cut_all(tuple(phrases))}
    singles = [cut for cut in _cut_all(tuple(phrases)) if len(cut) == 1]
    for i, word in enumerate(words):
        for cut in (*first.get(word, ()), *(c for c in singles if c[0] != word)):
            if len(cut) <= len(words) - i and tuple(words[i : i + len(cut) - 1]) == cut[:-1] and _is_form(words[i + len(cut) - 1], cut[-1]):
                found.append((tokens.starts[i], tokens.ends[i + len(cut) - 1]))
    return _joined(sorted(found))


def without_spans(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> Tokens:
    """The tokens that no span touches; offsets stay true."""
    kept, at = [], 0
    for i, start in enumerate(tokens.starts):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at == len(spans) or tokens.ends[i] <= spans[at][0]:
            kept.append(i)
    number = {i: n for n, i in enumerate(kept)}
    firsts = []
    for first, last in tokens.sentence_ranges():
        left = next((number[i] for i in range(first, last) if i in number), None)
        if left is not None:
            firsts.append(left)
    return Tokens(
        tokens.text, [tokens.words[i] for i in kept], [tokens.starts[i] for i in kept], [tokens.ends[i] for i in kept],
        [tokens.kinds[i] for i in kept], firsts,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _cut_all(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    cuts = (tuple(word.lower() for word in tokenize(phrase).words) for phrase in phrases)
    return tuple(sorted({cut for cut in cuts if cut}, key=lambda cut: (-len(cut), cut)))


@lru_cache(maxsize=10_000)
def _is_form(word: str, base: str) -> bool:
    """Whether a word is a name in some case: Plus, Plussassa, HR:n; a compound that begins with it is not."""
    if word == base or word.split(":")[0] == base or re.split("['’]", word)[0] == base:
        return True
    if base[:1] in "#@" or tokenize(word).kinds[:1] != [Kind.WORD]:
        return False
    if any(reading.lemma == base for language in ("fi", "en") for reading in form_table(language).analyse(word)):
        return True
    return word.startswith(base) and len(word) - len(base) <= _LONGEST_ENDING and bool(_ENDING.fullmatch(word[len(base) :]))


# Cases on a foreign or invented name, with the last letter doubled or a joining i before them.
_ENDING: Final = re.compile(r"[a-zäö]{0,2}i?(?:n|a|ä|ta|tä|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|ksi|na|nä|t|hin|hen|een|iin|s)")


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in spans:
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out
