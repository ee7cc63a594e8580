"""English short forms: we're, don't, it's; the quickest way from officialese to a voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.suggest.records import Edit

__all__ = ["short_forms"]

_SUBJECTS: Final = {
    "am": frozenset(("i",)),
    "are": frozenset("we you they".split()),
    "is": frozenset("it he she that there here what who".split()),
    "will": frozenset("i we you they it he she that there".split()),
    "have": frozenset("i we you they".split()),
    "has": frozenset("it he she there".split()),
}
_ENDINGS: Final = {"am": "m", "are": "re", "is": "s", "will": "ll", "have": "ve", "has": "s"}
_WITH_NOT: Final = frozenset("is are was were do does did have has had could should would".split())


def short_forms(text: Analysed, blocked: Iterable[int] = ()) -> tuple[Edit, ...]:
    """Edits that put short forms for long ones, where that is how people would say it.

    Parameters
    ----------
    text : Analysed
        English; other languages have none.
    blocked : iterable of int
        Tokens to leave alone.

    Examples
    --------
    >>> from toneguide.language.analysis import load_pipeline
    >>> from toneguide.language.tokens import tokenize
    >>> [text] = load_pipeline("fast").analyse([tokenize("We will not be late. Yes, we are.")], "en")
    >>> short_forms(text)
    (Edit(start=3, end=11, text="won't"),)
    """
    return tuple(_found(text, frozenset(blocked))) if text.language == "en" else ()


def _found(text: Analysed, blocked: frozenset[int]) -> Iterator[Edit]:
    tokens = text.tokens
    words = [word.lower() for word in tokens.words]
    past = -1
    for i in range(len(words) - 2):
        apart = tokens.text[tokens.ends[i] : tokens.starts[i + 1]] == " "
        follows = tokens.kinds[i + 2] == Kind.WORD
        if i <= past or i in blocked or i + 1 in blocked or not follows or not apart or tokens.words[i + 1].isupper():
            continue
        ending = _ending(words[i], words[i + 1], words[i + 2], text, i)
        if ending:
            yield ending
            past = i + 1


def _ending(one: str, other: str, third: str, text: Analysed, i: int) -> Edit | None:
    tokens = text.tokens
    first, last = tokens.starts[i], tokens.ends[i + 1]
    if other == "not":
        made = {"will": "won't", "can": "can't", "cannot": "can't"}.get(one) or (f"{one}n't" if one in _WITH_NOT else "")
        written = tokens.text[first]
        return Edit(first, last, (made[0].upper() + made[1:]) if written.isupper() else made) if made else None
    # "We will not" and "it is not" are shortened at the not.
    if one in _SUBJECTS.get(other, ()) and third != "not":
        spoken = third == "been" or text.type_at(i + 2).tense == "Past" or third.endswith(("ed", "en"))
        if other in ("have", "has") and not spoken:
            return None
        return Edit(tokens.ends[i], last, "'" + _ENDINGS[other])
    return None
