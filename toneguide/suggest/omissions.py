"""What a text could do without: loud adjectives, adverbs, phrases and sentences that tell nothing of anybody, rows of hashtags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.language.words import WordType
from toneguide.model.tone_model import Part
from toneguide.signals.syntax import is_duty, is_negation
from toneguide.suggest.inflect_en import article_for
from toneguide.suggest.records import Edit

__all__ = ["idle_phrases", "idle_sentences", "omissions"]

_LOUD: Final = frozenset(
    "jargon marketing business_positive press_release inflated_verbs officialese ai_polish intensifiers subwords".split()
)
_JOINS: Final = frozenset("ja sekä tai eli and or & , yhtä as than kuin".split())
_COPULA: Final = frozenset("olla be feel seem tuntua vaikuttaa become".split())
_SENTENCES: Final = 3
_EMPTY: Final = frozenset("jargon marketing business_positive press_release inflated_verbs ai_polish intensifiers".split())
_BIG_WORDS: Final = 2
_FACTS: Final = (Kind.NUMBER, Kind.LINK, Kind.MENTION, Kind.HASHTAG)
# Postpositions of officialese, with the genitives before them: sopimuksen mukaisesti, palvelun osalta.
_AFTER: Final = frozenset(
    "osalta johdosta toimesta puitteissa myötä mukaisesti nojalla perusteella näkökulmasta tiimoilta yhteydessä kohdalla vuoksi takia "
    "edellyttämällä".split()
)
# Beginnings of phrases that may end a clause.
_BEFORE: Final = (
    "in accordance with", "due to", "owing to", "with regard to", "in line with", "as part of", "on the basis of", "in relation to", "in respect of",
    "in connection with", "pursuant to", "for the purposes of", "as a result of", "in the context of", "in terms of", "by means of", "subject to",
    "with a view to", "in conjunction with", "under the terms of", "in response to", "through the use of", "for the purpose of", "as per",
)  # fmt: skip
_LONGEST_PHRASE: Final = 9


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


def idle_sentences(text: Analysed, parts: Sequence[Part], blocked: Iterable[int] = ()) -> list[Edit]:
    """Sentences that a post could do without: several big words, and no name, number, link, question, person, duty or negation.

    What is announced, asked or forbidden stays, however officially it is said.
    """
    tokens = text.tokens
    left = frozenset(blocked)
    ranges = tokens.sentence_ranges()
    if len(ranges) < _SENTENCES:
        return []
    found = []
    for number, (first, last) in enumerate(ranges):
        places = range(first, last)
        if _tells_something(text, places, left) or any(_binds(text.type_at(i)) for i in places):
            continue
        span = range(tokens.starts[first], tokens.ends[last - 1])
        if sum(p.spans[0][0] in span for p in parts if p.dimension == "corporate" and p.amount > 0 and p.name in _EMPTY) < _BIG_WORDS:
            continue
        end = tokens.starts[ranges[number + 1][0]] if number + 1 < len(ranges) else tokens.ends[last - 1]
        start = tokens.starts[first] if number + 1 < len(ranges) else tokens.ends[first - 1]
        found.append(Edit(start, end, ""))
    return found


def _tells_something(text: Analysed, places: Iterable[int], left: frozenset[int]) -> bool:
    """A number, a name, a question, somebody or something that happened."""
    tokens = text.tokens
    for i in places:
        word = text.type_at(i)
        if tokens.kinds[i] in _FACTS or tokens.words[i] == "?" or (tokens.kinds[i] == Kind.WORD and i in left) or _is_somebody(word):
            return True
    return False


def _binds(word: WordType) -> bool:
    return is_negation(word) or is_duty(word) or word.lemma in ("kieltää", "saada", "may", "cancel", "peruuttaa", "perua")


def _is_somebody(word: WordType) -> bool:
    """I, you, a name, a deed; we alone is the voice of companies."""
    one = (word.person == 1 and word.number != "Plur") or (word.possessor == 1 and word.possessor_number != "Plur")
    return one or word.person == 2 or word.possessor == 2 or word.pos in ("PROPN", "SYM") or word.mood == "Imp" or _is_deed(word)


def _is_deed(word: WordType) -> bool:
    return word.tense == "Past" and word.verb_form == "Fin" and word.person == 1


def idle_phrases(text: Analysed, blocked: Iterable[int] = ()) -> list[Edit]:
    """Phrases of officialese that a sentence stands without: in accordance with, sopimuksen mukaisesti."""
    left = frozenset(blocked)
    found = _finnish_phrases(text) if text.language == "fi" else _english_phrases(text)
    return [_cut(text, first, last) for first, last in found if not _tells_something(text, range(first, last + 1), left)]


def _finnish_phrases(text: Analysed) -> Iterator[tuple[int, int]]:
    words = [word.lower() for word in text.tokens.words]
    for i, word in enumerate(words):
        if word not in _AFTER:
            continue
        start = next(a for a, b in text.tokens.sentence_ranges() if a <= i < b)
        first = i
        while first > start and text.type_at(first - 1).case == "Gen" and i - first < _LONGEST_PHRASE:
            first -= 1
        before = text.type_at(first - 1) if first > start else None
        if first < i and not (before is not None and (before.lemma == "olla" or words[first - 1] in _JOINS)):
            yield first, i


def _english_phrases(text: Analysed) -> Iterator[tuple[int, int]]:
    words = [word.lower() for word in text.tokens.words]
    for start, end in text.tokens.sentence_ranges():
        for first in range(start + 2, end):
            begins = any(words[first : first + n.count(" ") + 1] == n.split(" ") for n in _BEFORE)
            if not begins or text.type_at(first - 1).lemma in _COPULA or words[first - 1] in _JOINS:
                continue
            last = first
            while last + 1 < end and text.tokens.kinds[last + 1] != Kind.PUNCT:
                last += 1
            verbs = any(text.type_at(j).pos in ("VERB", "AUX") and text.type_at(j).verb_form == "Fin" for j in range(first, last + 1))
            if last - first < _LONGEST_PHRASE and last + 1 < end and not verbs:
                yield first, last


def _cut(text: Analysed, first: int, last: int) -> Edit:
    """An edit that takes words out, with the space beside them; what then begins a sentence gets its capital."""
    tokens = text.tokens
    if first not in tokens.sentences:
        return Edit(tokens.ends[first - 1], tokens.ends[last], "")
    after = tokens.starts[last + 1] if last + 1 < len(tokens) else tokens.ends[last]
    return Edit(tokens.starts[first], after + 1, tokens.text[after : after + 1].upper())


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
