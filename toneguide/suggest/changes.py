"""What would change a score: edits, each scored on the edited text, never estimated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from toneguide.decided import Band, Targets
from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.language.words import WordType
from toneguide.model.tone_model import Part
from toneguide.suggest.inflect_en import article_for
from toneguide.suggest.records import Change, Edit, Suggestion, apply_edits

__all__ = ["GOOD", "find_changes", "idle_sentences", "omissions"]

# Where a guide sets no targets: away from corporate-speak, towards warmth.
GOOD: Final = Targets(corporate=Band(high=30.0), warmth=Band(low=60.0))
_MOST_TRIED: Final = 24
_SENTENCES: Final = 3
_LOUD: Final = frozenset(
    "jargon marketing business_positive press_release inflated_verbs officialese ai_polish intensifiers subwords".split()
)
_JOINS: Final = frozenset("ja sekä tai eli and or & , yhtä as than kuin".split())
_COPULA: Final = frozenset("olla be feel seem tuntua vaikuttaa become".split())

Margins = Mapping[str, float]
Rescore = Callable[[str], "tuple[Margins, Margins] | None"]


def find_changes(
    text: str,
    *,
    suggestions: Iterable[Suggestion],
    omitted: Iterable[Edit],
    rescore: Rescore,
    together: Iterable[tuple[Edit, ...]] = (),
    targets: Targets | None = None,
    n: int = 3,
) -> list[Change]:
    """The `n` edits that move a text most towards its target, the one that brings most first.

    Parameters
    ----------
    text : str
        The text.
    suggestions : iterable of Suggestion
        Each of their ready choices is tried.
    omitted : iterable of Edit
        Words that may be left out.
    together : iterable of tuple of Edit
        Edits to be made all at once, such as all short forms.
    rescore : callable
        Scores and margins of a text by dimension, or None where it has no score.
    targets : Targets, optional
        Bands to move towards; `GOOD` where None.
    n : int
        At most so many; none overlap, and each brings the text nearer by itself.
    """
    start = rescore(text)
    if start is None:
        return []
    before, margins = start
    wanted = targets or GOOD
    tried: list[tuple[float, Change]] = []
    for edits, found, new in _candidates(text, suggestions, omitted, together):
        scored = rescore(apply_edits(text, edits))
        if scored is None:
            continue
        after, moved = scored
        worth = _towards(before, margins, moved, wanted)
        if worth > 0:
            tried.append((worth, Change(edits, found, new, before, after, _distance(before, wanted) - _distance(after, wanted))))
    return _best(tried, n)


def _candidates(
    text: str, suggestions: Iterable[Suggestion], omitted: Iterable[Edit], together: Iterable[tuple[Edit, ...]]
) -> Iterator[tuple[tuple[Edit, ...], str, str]]:
    for edits in together:
        words = [apply_edits(text[_word_start(text, e.start) : e.end], [e._replace(start=e.start - s, end=e.end - s)])
                 for e in edits for s in [_word_start(text, e.start)]]  # fmt: skip
        yield edits, ", ".join(text[_word_start(text, e.start) : e.end] for e in edits), ", ".join(words)
    for suggestion in suggestions:
        for choice in suggestion.choices:
            if choice.ready:
                yield choice.edits, suggestion.found, choice.text
    for number, edit in enumerate(omitted):
        if number >= _MOST_TRIED:
            return
        yield (edit,), text[edit.start : edit.end].strip(), edit.text.strip()


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _best(tried: list[tuple[float, Change]], n: int) -> list[Change]:
    """The best ones that do not touch each other."""
    kept: list[Change] = []
    for _, change in sorted(tried, key=lambda pair: (-pair[0], pair[1].edits)):
        if len(kept) < n and not any(_touch(change.edits, other.edits) for other in kept):
            kept.append(change)
    return kept


def _touch(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    return any(a.start <= b.end and b.start <= a.end for a in some for b in others)


def _distance(scores: Margins, targets: Targets) -> float:
    """Points outside the bands."""
    return sum(max(0.0, band.low - scores[d], scores[d] - band.high) for d, band in _bands(targets))


def _bands(targets: Targets) -> Iterator[tuple[str, Band]]:
    for dimension in ("corporate", "warmth"):
        band = getattr(targets, dimension)
        if band is not None:
            yield dimension, band


def _towards(scores: Margins, before: Margins, after: Margins, targets: Targets) -> float:
    """How far the margins move the wanted way: points hardly move at the ends of the scale, margins do."""
    worth = 0.0
    for dimension, band in _bands(targets):
        move = after[dimension] - before[dimension]
        outside = (scores[dimension] < band.low) - (scores[dimension] > band.high)
        # Inside its band a score may move, but what takes it away from the far side of the band counts a little against it.
        worth += outside * move if outside else 0.5 * min(0.0, move if band.low > 0 else -move)
    return worth


def omissions(text: Analysed, parts: Sequence[Part], blocked: Iterable[int] = ()) -> list[Edit]:
    """Words that can be left out and the sentence still stands, those that sound most corporate first.

    Parameters
    ----------
    text : Analysed
        The text.
    parts : sequence of Part
        Of its score.
    blocked : iterable of int
        Tokens to leave alone.
    """
    loud = {p.spans[0]: p.amount for p in parts if p.dimension == "corporate" and p.amount > 0 and len(p.spans) == 1 and p.name in _LOUD}
    left = frozenset(blocked)
    found = []
    for i in range(len(text.tokens)):
        amount = loud.get((text.tokens.starts[i], text.tokens.ends[i]))
        if amount and i not in left and _can_go(text, i):
            found.append((amount, _without(text, i)))
    tags = _last_hashtags(text)
    if tags:
        found.append((1.0, tags))
    return [edit for _, edit in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def _can_go(text: Analysed, i: int) -> bool:
    """An adjective before its noun, or an adverb between other words."""
    tokens = text.tokens
    if tokens.kinds[i] != Kind.WORD or not 0 < i < len(tokens) - 1 or i in tokens.sentences:
        return False
    before, after = tokens.words[i - 1].lower(), tokens.words[i + 1].lower()
    word, following = text.type_at(i), text.type_at(i + 1)
    if before in _JOINS or after in _JOINS or tokens.kinds[i + 1] != Kind.WORD:
        return False
    if word.pos == "ADJ":
        agrees = text.language == "en" or (following.case == word.case and following.number == word.number)
        led = text.type_at(i - 1).lemma in _COPULA and text.language == "fi"
        return following.pos == "NOUN" and agrees and not led and not word.form.endswith(("er", "est", "mpi"))
    return word.pos == "ADV" and word.form.endswith(("ly", "sti")) and text.type_at(i - 1).lemma not in _COPULA


def _without(text: Analysed, i: int) -> Edit:
    tokens = text.tokens
    article = tokens.words[i - 1]
    following = tokens.text[tokens.starts[i + 1] : tokens.ends[i + 1]]
    if text.language == "en" and article.lower() in ("a", "an") and article.lower() != article_for(following):
        made = article_for(following)
        made = made.capitalize() if article[0].isupper() else made
        return Edit(tokens.starts[i - 1], tokens.starts[i + 1], made + " ")
    return Edit(tokens.starts[i], tokens.starts[i + 1], "")


def idle_sentences(text: Analysed, blocked: Iterable[int] = ()) -> list[Edit]:
    """Sentences that a post could do without: no name, number, link, question or person stands in them, and others stay."""
    tokens = text.tokens
    left = frozenset(blocked)
    ranges = tokens.sentence_ranges()
    if len(ranges) < _SENTENCES:
        return []
    found = []
    for number, (first, last) in enumerate(ranges):
        places = range(first, last)
        facts = any(tokens.kinds[i] in (Kind.NUMBER, Kind.LINK, Kind.MENTION, Kind.HASHTAG) or tokens.words[i] == "?" for i in places)
        if (
            facts
            or not left.isdisjoint(i for i in places if tokens.kinds[i] == Kind.WORD)
            or any(map(_is_somebody, map(text.type_at, places)))
        ):
            continue
        end = tokens.starts[ranges[number + 1][0]] if number + 1 < len(ranges) else tokens.ends[last - 1]
        start = tokens.starts[first] if number + 1 < len(ranges) else tokens.ends[first - 1]
        found.append(Edit(start, end, ""))
    return found


def _is_somebody(word: WordType) -> bool:
    return word.person in (1, 2) or word.possessor in (1, 2) or word.pos in ("PROPN", "SYM") or word.mood == "Imp"


def _last_hashtags(text: Analysed) -> Edit | None:
    """The row of hashtags that ends a post, where a text is left without it."""
    tokens = text.tokens
    last = len(tokens) - 1
    if last < 0 or tokens.kinds[last] != Kind.HASHTAG:
        return None
    first = last
    while first > 0 and tokens.kinds[first - 1] == Kind.HASHTAG:
        first -= 1
    if first == 0:
        return None
    return Edit(tokens.ends[first - 1], tokens.ends[last], "")
