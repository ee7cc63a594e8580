"""From the words found to suggestions that can be put in as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from toneguide.decided import Term
from toneguide.language.analysis import Analysed
from toneguide.suggest import inflect_en, inflect_fi
from toneguide.suggest.analyser import readings_of
from toneguide.suggest.government import complement_edits, find_complement
from toneguide.suggest.matching import Match, PairFinder
from toneguide.suggest.necessity import find_duties
from toneguide.suggest.pairs import HEAD, PairWord, load_pairs, pairs_of_terms, with_terms
from toneguide.suggest.paradigms import Reading, load_paradigms
from toneguide.suggest.protect import left_alone
from toneguide.suggest.records import Choice, Edit, Suggestion

__all__ = ["MOST_CHOICES", "find_suggestions"]

MOST_CHOICES: Final = 3
_HALVES: Final = {"sekä": "että"}
_INFLECT: Final[dict[str, Callable[[Sequence[PairWord], Match, Analysed], list[str]]]] = {
    "fi": inflect_fi.inflected,
    "en": inflect_en.inflected,
}


def find_suggestions(text: Analysed, *, terms: Iterable[Term] = (), hands_off: Iterable[str] = ()) -> list[Suggestion]:
    """What could be said more plainly, in text order.

    Parameters
    ----------
    text : Analysed
        From either pipeline.
    terms : iterable of Term
        The guide's own, which win over our lists.
    hands_off : iterable of str
        Phrases to leave alone, beside names, titles and quotations.

    Examples
    --------
    >>> from toneguide.language.analysis import load_pipeline
    >>> from toneguide.language.tokens import tokenize
    >>> [text] = load_pipeline("fast").analyse([tokenize("Hyödynnämmekö tätä?")], "fi")
    >>> [(s.found, s.choices[0].text) for s in find_suggestions(text)]
    [('Hyödynnämmekö', 'Käytämmekö')]
    """
    finder = _finder(text.language, tuple(terms))
    blocked = left_alone(text, hands_off)
    listed = [found for match in finder.find(text, blocked) if (found := _suggestion(match, text)) is not None]
    if text.language != "fi":
        return listed
    taken = [span for suggestion in listed for span in suggestion.spans]
    duties = [d for d in find_duties(text, blocked) if not any(a < d.spans[-1][1] and d.spans[0][0] < b for a, b in taken)]
    return sorted([*listed, *duties], key=lambda s: s.spans)


@lru_cache(maxsize=16)
def _finder(language: str, terms: tuple[Term, ...]) -> PairFinder:
    ours = pairs_of_terms(terms, language)
    table = load_paradigms(language)
    heads = {(word.text, pair.pos) for pair in ours for word in pair.words if word.mark == HEAD}
    unknown = {(lemma, pos) for lemma, pos in heads if not table.knows(lemma, pos)}
    starts = {lemma[:3] for lemma, _ in unknown}

    def read(form: str) -> list[Reading]:
        found = table.readings(form) if language == "fi" else inflect_en.read(form)
        # A guide's own terms are in no table.
        if form[:3] in starts:
            more = readings_of(form) if language == "fi" else inflect_en.read_unlisted(form, unknown)
            found = [*found, *(r for r in more if (r.lemma, r.pos) in unknown)]
        return found

    return PairFinder(with_terms(load_pairs(language), ours), read, language)


def _suggestion(match: Match, text: Analysed) -> Suggestion | None:
    pair = match.pair
    if _is_half(match, text):
        return None
    if text.language == "en" and not inflect_en.fits_class(text, match):
        return None
    choices = [choice for words in pair.choices for choice in _choices(words, match, text)]
    ordered = [*(c for c in choices if c.ready), *(c for c in choices if not c.ready)]
    unique = list({choice.text.lower(): choice for choice in reversed(ordered)}.values())[::-1]
    spans = _joined(match, text)
    found = " … ".join(text.tokens.text[a:b] for a, b in spans)
    if pair.choices and not unique:
        return None
    return Suggestion(spans, found, tuple(unique[:MOST_CHOICES]), pair.note, pair.origin)


def _is_half(match: Match, text: Analysed) -> bool:
    """One half of "sekä ... että"."""
    other = _HALVES.get(match.pair.words[0].text)
    if other is None:
        return False
    last = next(b for a, b in text.tokens.sentence_ranges() if a <= match.head < b)
    return other in (word.lower() for word in text.tokens.words[match.head + 1 : last])


def _choices(words: Sequence[PairWord], match: Match, text: Analysed) -> Iterator[Choice]:
    phrases = _INFLECT[text.language](words, match, text) if match.pair.ready else []
    made = [(phrase, _edits(phrase, match, text)) for phrase in phrases]
    ready = [Choice(_shown(phrase, edits, match, text), edits) for phrase, edits in made if edits]
    yield from ready or [Choice(inflect_fi.base_form(words))]


def _shown(phrase: str, edits: tuple[Edit, ...], match: Match, text: Analysed) -> str:
    """The plain words as they will stand; with their complement where they change places with it."""
    if match.pair.pos == "X" and match.pair.government and not edits[0].text:
        return " ".join(edit.text for edit in edits[1:])
    if len(edits) == 1 and text.language == "en":
        return _without_article(edits[0].text, phrase)
    return _cased(phrase, match.places[0], text)


def _without_article(words: str, phrase: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("a", "an") and not phrase.lower().startswith(f"{first.lower()} ") else words


def _edits(phrase: str, match: Match, text: Analysed) -> tuple[Edit, ...]:
    """What puts the phrase in; empty where that cannot be said for certain."""
    if match.pair.government is None:
        return _placed(phrase, match, text)
    old, new = match.pair.government
    if match.pair.pos == "X":
        return _postposition(phrase, match, text, old, new)
    noun_first = old == "gen" and len(match.places) > 1
    places = find_complement(text, match.places, old, before=noun_first, after=not noun_first)
    if places and any(j in match.places for j in places):
        return ()
    complement = complement_edits(text, places, old, new)
    return (*_placed(phrase, match, text), *complement) if complement else ()


def _placed(phrase: str, match: Match, text: Analysed) -> tuple[Edit, ...]:
    tokens, places = text.tokens, sorted(match.places)
    if places == list(range(places[0], places[-1] + 1)):
        start, words = inflect_en.mended_start(text, places[0], phrase) if text.language == "en" else (tokens.starts[places[0]], phrase)
        moved = start != tokens.starts[places[0]]
        return (Edit(start, tokens.ends[places[-1]], words if moved else _cased(words, places[0], text)),)
    # The phrase is around other words: its first word goes to the head, the rest to the rest.
    first, _, rest = phrase.partition(" ")
    others = [j for j in places if j != match.head]
    a, b = tokens.starts[others[0]], tokens.ends[others[-1]]
    a = a if rest else tokens.ends[others[0] - 1]
    return (Edit(tokens.starts[match.head], tokens.ends[match.head], _cased(first, match.head, text)), Edit(a, b, rest))


def _postposition(phrase: str, match: Match, text: Analysed, old: str, new: str) -> tuple[Edit, ...]:
    """Liikenteestä johtuen, johtuen liikenteestä: liikenteen vuoksi."""
    tokens = text.tokens
    first, last = min(match.places), max(match.places)
    before = find_complement(text, (first,), old, before=True, after=False)
    if before:
        complement = complement_edits(text, before, old, new)
        return (*complement, *_placed(phrase, match, text)) if complement else ()
    after = find_complement(text, match.places, old)
    if not after or after[0] != last + 1:
        return ()
    complement = complement_edits(text, after, old, new)
    if not complement:
        return ()
    opening = complement[0]._replace(text=_cased(complement[0].text, first, text))
    closing = complement[-1]._replace(text=f"{complement[-1].text} {phrase}") if len(complement) > 1 else None
    if closing is None:
        opening = opening._replace(text=f"{opening.text} {phrase}")
    return (Edit(tokens.starts[first], tokens.starts[after[0]], ""), opening, *complement[1:-1], *([closing] if closing else []))


def _cased(phrase: str, i: int, text: Analysed) -> str:
    """In capitals where the word was, with a capital where it had one."""
    word = text.tokens.words[i]
    if word.isupper() and len(word) > 1 and any(w.islower() for w in phrase):
        near = [w for w in text.tokens.words[max(0, i - 1) : i + 2] if w.isalpha()]
        return phrase.upper() if all(w.isupper() for w in near) else phrase
    return phrase[:1].upper() + phrase[1:] if word[:1].isupper() else phrase


def _joined(match: Match, text: Analysed) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for i in sorted(match.places):
        start, end = text.tokens.starts[i], text.tokens.ends[i]
        if spans and not text.tokens.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)
