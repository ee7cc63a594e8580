"""Tokens of a post: words, and what posts hold besides them, with true offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

__all__ = ["ENDS", "LONGEST", "OPENS", "Kind", "Tokens", "normalise", "tokenize"]


class Kind(IntEnum):
    """What a token is. Words of a hashtag are kept apart: a tagger would misread them."""

    WORD = 0
    HASHTAG = 1
    NUMBER = 2
    PUNCT = 3
    EMOJI = 4
    LINK = 5
    MENTION = 6


_L: Final = r"[^\W\d_]"
_PICTURE: Final = (
    "[\U0001f000-\U0001faff\u231a\u231b\u23e9-\u23fa\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299]"
)
_SHADE: Final = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*+"


def _kinds(pattern: re.Pattern[str]) -> dict[int | None, int]:
    # The same digits are a number wherever they stand: a word's type must not depend on where it was met first.
    kinds = {"DIGITS": Kind.NUMBER} | Kind.__members__
    return {number: int(kinds[name]) for name, number in pattern.groupindex.items() if name in kinds}


# Every repetition is bounded, possessive or atomic: a post of 2 MB of one character must stay linear. Groups are atomic rather than
# possessive because Python before 3.11.5 matches possessive groups wrongly.
_ADDRESSES: Final = rf"""
      (?P<LINK>(?:https?://|www\.)\S++ | [\w.+-]{{1,64}}@[\w-]{{1,63}}\.[\w.-]{{2,63}}
        | \b[\w-]{{1,63}}+(?:\.[\w-]{{1,63}}+){{0,3}}\.(?:fi|com|org|net|eu|io|se)(?:/\S*+)?(?![\w@]))
    | (?P<MENTION>(?<!\w)@\w(?>(?:[\w.]{{0,60}}\w)?)(?::{_L}{{1,10}})?)
    | """
_ORDINARY: Final = rf"""
      (?P<HASHTAG>(?<!\w)\#(?=[\d_]{{0,20}}{_L})\w++(?>(?:-\w++)*))
    | (?P<EMOJI>(?<!\w)(?:[:;=][-']?[)(DPpO/\\|\]\[*]{{1,3}}|<3|[xX]D+)(?!\w)
        | {_PICTURE}{_SHADE}(?>(?:\u200d{_PICTURE}{_SHADE})*))
    | (?P<NUMBER>\d++(?>(?:[.,:/–-]\d++)*)(?>(?::{_L}{{1,4}}(?!\w))?)(?!{_L}))
    | (?P<WORD>(?<!\w){_L}(?>(?:\.{_L}(?!\w))+) | (?=[\d_]{{0,20}}{_L})\w++(?>(?:[-'’:](?={_L})\w++)*))
    | (?P<PUNCT>\.{{2,}}+ | (?P<MARK>[^\w\s])(?P=MARK)*+ | _++)
    | (?P<DIGITS>\d++)
    """
_PLAIN_TOKEN: Final = re.compile(_ORDINARY, re.VERBOSE)
_ANY_TOKEN: Final = re.compile(_ADDRESSES + _ORDINARY, re.VERBOSE)
# A post without these has neither links nor mentions, and need not be searched for them at every word.
_ADDRESS: Final = re.compile(r"@|://|www\.|\.(?:fi|com|org|net|eu|io|se)\b")
_KINDS: Final = {pattern: _kinds(pattern) for pattern in (_PLAIN_TOKEN, _ANY_TOKEN)}
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
ENDS: Final = ".!?…"
OPENS: Final = "([{\"“„»«'‘-–—•#*"
# An analysed form is cut here, so that one endless word costs no more than a long one.
LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, as parallel lists.

    Attributes
    ----------
    text : str
        The text as it was given.
    words : list of str
        Normalised surface forms: styled letters plain, invisible characters gone, letter case kept.
    starts, ends : list of int
        Offsets into `text`; ``text[starts[i]:ends[i]]`` is token ``i`` as written.
    kinds : list of int
        What each token is, a `Kind`.
    sentences : list of int
        Index of the first token of every sentence, rising.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    sentences: list[int]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def n_words(self) -> int:
        """Tokens that hold a letter; no links, mentions or emoji."""
        return self.kinds.count(0) + self.kinds.count(1)

    def sentence_ranges(self) -> list[tuple[int, int]]:
        """Token ranges ``(first, past the last)`` of the sentences."""
        return list(zip(self.sentences, [*self.sentences[1:], len(self.words)] if self.sentences else (), strict=True))

    def of_sentences(self, chosen: list[int]) -> Tokens:
        """Some of the sentences, offsets unchanged.

        Parameters
        ----------
        chosen : list of int
            Numbers of the sentences to keep, rising.
        """
        ranges = self.sentence_ranges()
        kept = [i for number in chosen for i in range(*ranges[number])]
        firsts, at = [], 0
        for number in chosen:
            firsts.append(at)
            at += ranges[number][1] - ranges[number][0]
        return Tokens(
            self.text, [self.words[i] for i in kept], [self.starts[i] for i in kept], [self.ends[i] for i in kept],
            [self.kinds[i] for i in kept], firsts,
        )  # fmt: skip


def tokenize(text: str) -> Tokens:
    """Cut a post into tokens, the same way for every language and pipeline.

    Parameters
    ----------
    text : str
        Any string; nothing in it raises.

    Returns
    -------
    Tokens
        Hashtags stay one token here; `toneguide.language.expand` splits them, knowing the language.

    Examples
    --------
    >>> tokenize("Jes! 𝗡𝘆𝘁 mennään: https://esim.fi #hyvätyö").words
    ['Jes', '!', 'Nyt', 'mennään', ':', 'https://esim.fi', '#hyvätyö']
    """
    clean, offsets = normalise(text)
    pattern = _ANY_TOKEN if _ADDRESS.search(clean) else _PLAIN_TOKEN
    kind_of = _KINDS[pattern]
    found = list(pattern.finditer(clean))
    words = [match[0] for match in found]
    kinds = [kind_of[match.lastindex] for match in found]
    starts = [match.start() for match in found]
    ends = [match.end() for match in found]
    sentences = _sentence_starts(clean, words, kinds, starts, ends)
    if offsets is not None:
        starts = [offsets[i][0] for i in starts]
        ends = [offsets[i - 1][1] + 1 for i in ends]
    return Tokens(text, words, starts, ends, kinds, sentences)


def _sentence_starts(clean: str, words: list[str], kinds: list[int], starts: list[int], ends: list[int]) -> list[int]:
    """Tokens that begin a sentence: after an end mark and a space, or on a new line that does not go on in small letters."""
    if not words:
        return []
    begins = {0}
    for i, word in enumerate(words):
        if word[0] in ENDS and kinds[i] == Kind.PUNCT:
            j = i + 1
            while j < len(words) and kinds[j] in (Kind.EMOJI, Kind.PUNCT) and words[j][0] not in OPENS:
                j += 1
            if j < len(words) and starts[j] > ends[j - 1] and not words[j][0].islower():
                begins.add(j)
    if "\n" in clean:
        for j in range(1, len(words)):
            gap = clean[ends[j - 1] : starts[j]] if starts[j] > ends[j - 1] else ""
            ended = kinds[j - 1] == Kind.PUNCT and words[j - 1][0] in ENDS
            if "\n" in gap and (ended or gap.count("\n") > 1 or not words[j][0].islower()):
                begins.add(j)
    return sorted(begins)


def normalise(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """Plain letters for styled ones and no invisible ones; where each letter stood, only where the length changes."""
    if text.isascii():
        return text, None
    styled = text.translate(_PLAIN)
    if unicodedata.is_normalized("NFC", styled) and not _INVISIBLE.search(styled):
        return styled, None
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    i = 0
    while i < len(styled):
        j = i + 1
        while j < len(styled) and unicodedata.combining(styled[j]):
            j += 1
        piece = unicodedata.normalize("NFC", styled[i:j])
        if not _INVISIBLE.match(piece):
            pieces.append(piece)
            offsets.extend([(i, j - 1)] * len(piece))
        i = j
    return "".join(pieces), offsets


def _plain_letters() -> dict[int, str]:
    """Mathematical bold and italic, full-width and circled letters, each to its plain letter."""
    ranges = ((0x1D400, 0x1D7FF), (0xFF01, 0xFF5E), (0x24B6, 0x24E9))
    pairs = ((code, unicodedata.normalize("NFKC", chr(code))) for low, high in ranges for code in range(low, high + 1))
    return {code: plain for code, plain in pairs if len(plain) == 1}


_PLAIN: Final = _plain_letters()
