"""Finnish: plain words in the form that the sentence asks for.

The form found is read back to its tags, the plain word is put into the same tags; where a form can be several things the clause decides,
and where that is not certain either, the plain word is offered as advice, in its base form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.suggest.analyser import generate
from toneguide.suggest.clauses import Clause, clause_around, tense_of
from toneguide.suggest.matching import Match
from toneguide.suggest.pairs import FIXED, HEAD, MODIFIER, PairWord
from toneguide.suggest.paradigms import Reading, load_paradigms

__all__ = ["base_form", "chosen_tags", "inflected", "with_clitic"]

_BACK: Final = "aou"
_VOWELS: Final = "aouäöy"
_DEGREES: Final = ("comparative", "superlative")
# Forms of a verb in which the rest of its phrase comes first: käyttöön otettu malli, mallin käyttöön ottaminen.
_REST_FIRST: Final = ("+inf4", "+inf2", "+part_", "+pass+part_", "+pass+inf2")
_THIRD: Final = 3
_PREDICATES: Final = ("+sg+nom", "+pl+nom")


def chosen_tags(readings: Sequence[Reading], text: Analysed, i: int) -> list[str]:
    """Tags that the form at token ``i`` can have in its clause, the likeliest first."""
    # An instructive in running text is nearly always another word: visioin is I envisioned.
    tags = [r.tags for r in readings if "+ins" not in r.tags or r.pos == "V"]
    if readings and readings[0].pos == "V" and len(tags) > 1:
        clause = clause_around(text, i)
        tags = _by_negation(tags, clause)
        tags = _by_mood(tags, clause)
        tags = _by_infinitive(tags, clause)
        tags = _by_participle(tags, clause, text, i)
        tags = _by_tense(tags, text, i)
    return tags


def _by_negation(tags: list[str], clause: Clause) -> list[str]:
    # A passive is negated by ei alone: ei implementoida, but emme halua implementoida.
    conneg = [t for t in tags if "conneg" in t and (clause.negator in ("ei", "eikä") or not t.startswith("+pass"))]
    return conneg if conneg and clause.negator else [t for t in tags if "conneg" not in t]


def _by_mood(tags: list[str], clause: Clause) -> list[str]:
    orders = [t for t in tags if t.startswith("+imper+2sg")]
    if not orders:
        return tags
    if len(orders) == len(tags):
        return orders if clause.opens else []
    if clause.starts_sentence and not clause.verb_after:
        return orders
    return tags if clause.opens else [t for t in tags if t not in orders]


def _by_infinitive(tags: list[str], clause: Clause) -> list[str]:
    """Mahdollistaa: to make possible, or makes possible."""
    if "+inf1" not in tags or len(tags) == 1:
        return tags
    finite = [t for t in tags if t != "+inf1"]
    if clause.takes_infinitive or (clause.verb_before and not clause.joined):
        return ["+inf1"]
    if clause.opens and clause.joined:
        return finite if clause.parallel_person == _THIRD else ["+inf1"]
    if clause.verb_after or clause.opens or clause.verb_before:
        return tags
    return finite


def _by_participle(tags: list[str], clause: Clause, text: Analysed, i: int) -> list[str]:
    """Implementoivat is what they do where the clause has no other verb; implementoimassa is where they are, not whose."""
    finite = [t for t in tags if t.endswith("+3pl")]
    if finite and not clause.verb_before and not clause.verb_after:
        return finite
    infinitives = [t for t in tags if t.startswith("+inf3")]
    following = text.type_at(i + 1) if i + 1 < len(text.tokens) else None
    if infinitives and (following is None or following.case.lower() not in infinitives[0]):
        return infinitives
    return tags


def _by_tense(tags: list[str], text: Analysed, i: int) -> list[str]:
    """Implementoimme is now or then: what the sentence says of time comes first."""
    now = [t for t in tags if t.startswith("+pres+")]
    then = [t for t in tags if t.startswith("+past+") and "conneg" not in t]
    if not (now and then):
        return tags
    tense = tense_of(text, i)
    others = [t for t in tags if t not in (*now, *then)]
    return [*(then if tense == "past" else now), *others] if tense else [*now, *then, *others]


def inflected(choice: Sequence[PairWord], match: Match, text: Analysed) -> list[str]:
    """The choice in the form that fits, the likeliest of several first; empty where no form is certain."""
    if match.pair.pos == "X":
        return [" ".join(word.text for word in choice)]
    tags = chosen_tags(match.readings, text, match.head)
    found = [_phrase(choice, match, one, text) for one in tags]
    if not found or None in found:
        return []
    forms = list(dict.fromkeys(form for form in found if form))
    both_tenses = {t.split("+")[1] for t in tags} <= {"pres", "past"}
    return forms if len(forms) == 1 or both_tenses else []


def _phrase(choice: Sequence[PairWord], match: Match, tags: str, text: Analysed) -> str | None:
    pos = match.pair.pos
    if len(choice) > 1 and any(degree in tags for degree in _DEGREES):
        return None
    if len(choice) > 1 and _changes_object(choice, tags):
        return None
    words: list[str] = []
    for word in choice:
        form = word.text
        if word.mark == HEAD:
            form = _form(word.text, pos, tags)
        elif word.mark == MODIFIER:
            form = _form(word.text, "A", "+".join(t for t in tags.split("+") if not t.startswith("poss")))
        if not form:
            return None
        words.append(form)
    if pos == "V" and len(words) > 1 and choice[0].mark == HEAD and _rest_first(match, tags, text):
        words = [*words[1:], words[0]]
        if match.clitic:
            return None
        return " ".join(words)
    head = next(i for i, word in enumerate(choice) if word.mark == HEAD)
    # A clitic hangs on the first word of a phrase.
    place = 0 if pos != "V" else head
    if match.clitic and place != head:
        return None
    words[head] = with_clitic(words[head], match.clitic)
    return " ".join(words)


def _form(lemma: str, pos: str, tags: str) -> str:
    found = load_paradigms("fi").forms(lemma, pos).get(tags, ()) if load_paradigms("fi").knows(lemma, pos) else generate(lemma, pos, tags)
    return found[0] if found else ""


def with_clitic(form: str, clitic: str) -> str:
    """A form with a clitic, in the harmony of its vowels.

    Examples
    --------
    >>> with_clitic("käytämme", "ko"), with_clitic("luomme", "kö")
    ('käytämmekö', 'luommeko')
    """
    if not clitic:
        return form
    back = next((c in _BACK for c in reversed(form) if c in _VOWELS), False)
    pairs = (("ö", "o"), ("ä", "a")) if back else (("o", "ö"), ("a", "ä"))
    for old, new in pairs:
        clitic = clitic.replace(old, new)
    return form + clitic


def _rest_first(match: Match, tags: str, text: Analysed) -> bool:
    if not tags.startswith(_REST_FIRST):
        return False
    if tags.startswith(("+inf2", "+pass+inf2")):
        return not clause_around(text, match.head).opens
    if tags.startswith(("+part_past", "+pass+part_past")) and tags.endswith(_PREDICATES):
        # Olemme ottaneet käyttöön, on otettu käyttöön.
        near = range(max(0, match.head - 4), match.head)
        return not any(text.type_at(j).lemma in ("olla", "ei") for j in near)
    return True


@lru_cache(maxsize=None)
def _object_like(form: str) -> bool:
    """A noun that could be an object: it would change with a negation or a passive."""
    from toneguide.language.forms import form_table

    reading = form_table("fi").analyse(form)[0]
    return reading.pos == "NOUN" and ("gen" in reading.tags or "nom" in reading.tags)


def _changes_object(choice: Sequence[PairWord], tags: str) -> bool:
    objects = any(word.mark == FIXED and _object_like(word.text) for word in choice)
    return choice[0].mark == HEAD and objects and ("conneg" in tags or "pass" in tags or "imper" in tags or "inf4" in tags)


def base_form(choice: Sequence[PairWord]) -> str:
    """The choice as it stands in a dictionary."""
    return " ".join(word.text for word in choice)
