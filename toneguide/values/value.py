"""A company value: its name, what names it, what shows it, and what goes against it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, SupportsIndex, overload

if TYPE_CHECKING:
    from toneguide.values.growth import SuggestedWord

__all__ = ["LANGUAGES", "Value", "Values", "Wording", "read_value", "read_values"]

LANGUAGES: Final = ("fi", "en")
_LISTS: Final = {"words": "words", "shown_by": "shown_by", "against": "against", "not": "exceptions"}
_KEYS: Final = ("name", "use", "meaning", "weight", "rejected", *_LISTS, *LANGUAGES)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a value, as a guide or the library writes them (notation of the word lists: a bare word is any inflected form).

    Attributes
    ----------
    words : tuple of str
        Name the value.
    shown_by : tuple of str
        Deeds that show it.
    against : tuple of str
        Contradict it.
    exceptions : tuple of str
        Other senses, in which its words do not name it.
    """

    words: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    def __add__(self, other: Wording) -> Wording:
        pairs = ((getattr(self, name), getattr(other, name)) for name in _LISTS.values())
        return Wording(*(tuple(dict.fromkeys((*one, *two))) for one, two in pairs))


@dataclass(frozen=True, slots=True)
class Value:
    """A company value.

    Attributes
    ----------
    name : str
        As the company writes it.
    words : tuple of str
        Further words that name it; the name's own words always do.
    shown_by, against, exceptions : tuple of str
        As in `Wording`, whatever the language.
    by_language : mapping of str to Wording
        The same for one language only.
    use : str
        A value of the library whose words count as this one's own; ``""`` for none.
    meaning : str
        One sentence.
    weight : float
        What it weighs in the overall alignment, beside the others.
    rejected : tuple of str
        Words that were suggested and turned down.
    """

    name: str
    words: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    by_language: Mapping[str, Wording] = field(default_factory=dict)
    use: str = ""
    meaning: str = ""
    weight: float = 1.0
    rejected: tuple[str, ...] = ()

    def wording(self, language: str) -> Wording:
        """The guide's own words for a language, those for any language first."""
        return Wording(self.words, self.shown_by, self.against, self.exceptions) + self.by_language.get(language, Wording())

    def record(self) -> str | dict[str, object]:
        """The value as ``guide.yaml`` holds it: the bare name where there is nothing else."""
        out: dict[str, object] = {"name": self.name}
        out |= {key: text for key, text in (("use", self.use), ("meaning", self.meaning)) if text}
        out |= _lists(Wording(self.words, self.shown_by, self.against, self.exceptions))
        if self.weight != 1.0:
            out["weight"] = self.weight
        if self.rejected:
            out["rejected"] = list(self.rejected)
        out |= {language: _lists(words) for language, words in self.by_language.items()}
        return out if len(out) > 1 else self.name

    def suggest_words(self, n: int = 10, archive: Iterable[str] | None = None, *, language: str = "fi") -> list[SuggestedWord]:
        """Words that may name or show the value too, for a person to accept or reject.

        Parameters
        ----------
        n : int
            How many at most.
        archive : iterable of str, optional
            The team's own posts; words that keep company with the value's words there are proposed, with a sentence each.
        language : {"fi", "en"}
            Of the words.

        See Also
        --------
        ToneGuide.with_words : takes the answers.
        """
        from toneguide.values.growth import suggest_words

        return suggest_words(self, n, archive, language=language)


class Values(tuple[Value, ...]):
    """The values of a guide, in its order; by number or by name.

    Examples
    --------
    >>> Values([Value("Rohkeus")])["Rohkeus"].name
    'Rohkeus'
    """

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Value: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> Value | tuple[Value, ...]:
        if not isinstance(key, str):
            return tuple.__getitem__(self, key)
        found = next((value for value in self if value.name == key), None)
        if found is None:
            raise KeyError(f"no value {key!r}; the values are {', '.join(value.name for value in self) or 'none'}")
        return found


def _lists(words: Wording) -> dict[str, object]:
    return {key: list(found) for key, name in _LISTS.items() if (found := getattr(words, name))}


def read_value(record: str | Mapping[str, object] | Value) -> Value:
    """A value from its name or from a record as in ``guide.yaml``.

    Raises
    ------
    ValueError
        Where there is no name, a list is no list, or a key is unknown.

    Examples
    --------
    >>> read_value({"name": "Rohkeus", "words": ["uskallus"]}).words
    ('uskallus',)
    """
    if isinstance(record, Value):
        return record
    if not isinstance(record, str | Mapping):
        raise ValueError(f"a value needs a name: {record!r}")
    name = record if isinstance(record, str) else record.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"a value needs a name: {record!r}")
    name = name.strip()
    if isinstance(record, str):
        return Value(name)
    unknown = next((key for key in record if key not in _KEYS), None)
    if unknown is not None:
        raise ValueError(f"value {name!r} has an unknown key {unknown!r}; the keys are {', '.join(_KEYS)}")
    lists = {attribute: _phrases(record.get(key), key, name) for key, attribute in _LISTS.items()}
    return Value(
        name, **lists, by_language={language: _wording(record[language], name) for language in LANGUAGES if record.get(language)},
        use=str(record.get("use") or "").strip(), meaning=str(record.get("meaning") or "").strip(), weight=_weight(record.get("weight", 1.0), name),
        rejected=_phrases(record.get("rejected"), "rejected", name),
    )  # fmt: skip


def _wording(record: object, name: str) -> Wording:
    if not isinstance(record, Mapping):
        raise ValueError(f"value {name!r}: a language holds words:, shown_by:, against: and not:")
    unknown = next((key for key in record if key not in _LISTS), None)
    if unknown is not None:
        raise ValueError(f"value {name!r} has an unknown key {unknown!r}; the keys there are {', '.join(_LISTS)}")
    return Wording(*(_phrases(record.get(key), key, name) for key in _LISTS))


def _phrases(found: object, key: str, name: str) -> tuple[str, ...]:
    if found is None:
        return ()
    if isinstance(found, str) or not isinstance(found, Iterable):
        raise ValueError(f"the {key} of value {name!r} are a list of words")
    phrases = tuple(found)
    if not all(isinstance(phrase, str) for phrase in phrases):
        raise ValueError(f"the {key} of value {name!r} are a list of words")
    if not all(phrase.strip() for phrase in phrases):
        raise ValueError(f"the {key} of value {name!r} hold an empty word; take it out")
    return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases))


def _weight(found: object, name: str) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not (math.isfinite(found) and 0 < found <= 100):
        raise ValueError(f"the weight of value {name!r} is a number above 0, at most 100: 1 is the ordinary weight")
    return float(found)


def read_values(records: Iterable[str | Mapping[str, object] | Value]) -> Values:
    """Values from names and records, in order.

    Raises
    ------
    ValueError
        For a value without a name, or one named twice.
    """
    values = Values(read_value(record) for record in records)
    names = [value.name.casefold() for value in values]
    twice = next((value.name for value in values if names.count(value.name.casefold()) > 1), None)
    if twice is not None:
        raise ValueError(f"the value {twice!r} is there twice; keep one")
    return values
