"""The schema of ``guide.yaml``: every key, what it may hold, and the records it becomes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from toneguide.decided import Band, Decisions, Pack, Privacy, Situation, Targets, Term, Topic
from toneguide.errors import GuideError
from toneguide.guide_folder.packs import load_packs, pack_ids
from toneguide.values.library import find_by_name, library_ids
from toneguide.values.value import Values, read_values

__all__ = ["Guide", "ProblemError", "check_guide", "read_guide"]

DEFAULT: Final = "default"


def _one_or_more(found: object) -> object:
    return [found] if isinstance(found, str) else found


def _no_empty(found: str) -> str:
    if not found.strip():
        raise ValueError("there is an empty word here; take it out")
    return " ".join(found.split())


def _by_name(found: object) -> object:
    return {"name": found} if isinstance(found, str) else found


Phrase = Annotated[str, AfterValidator(_no_empty)]
Phrases = list[Phrase]
OneOrMore = Annotated[Phrases, BeforeValidator(_one_or_more)]
Name = Annotated[str, AfterValidator(_no_empty)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class _Wording(_Part):
    words: Phrases = []
    shown_by: Phrases = []
    against: Phrases = []
    exceptions: Phrases = Field(default=[], alias="not")


class _Value(_Wording):
    name: Name
    use: Phrase | None = None
    meaning: str = ""
    weight: float = Field(default=1.0, gt=0, le=100)
    rejected: Phrases = []
    fi: _Wording | None = None
    en: _Wording | None = None

    @model_validator(mode="after")
    def _is_in_library(self) -> _Value:
        if self.use and not (self.use in library_ids("fi") or self.use in library_ids("en") or find_by_name(self.use)):
            raise ValueError(f"the value library has no {self.use!r}{_hint(self.use, library_ids('en'))}; `toneguide values` lists them")
        return self


class _Band(_Part):
    low: float = Field(default=0.0, ge=0, le=100, alias="min")
    high: float = Field(default=100.0, ge=0, le=100, alias="max")

    @model_validator(mode="after")
    def _is_ordered(self) -> _Band:
        if self.low > self.high:
            raise ValueError(f"min {self.low:g} is above max {self.high:g}")
        return self


class _Targets(_Part):
    corporate: _Band | None = None
    warmth: _Band | None = None
    alignment: _Band | None = None

    def record(self) -> Targets:
        bands = (self.corporate, self.warmth, self.alignment)
        return Targets(*(Band(band.low, band.high) if band is not None else None for band in bands))


class _Term(_Part):
    avoid: Phrase
    prefer: OneOrMore = []
    note: str = ""
    language: Literal["fi", "en", ""] = ""


class _Situation(_Part):
    targets: _Targets = _Targets()
    packs_off: list[str] = []
    note: str = ""


class _Topic(_Part):
    name: Name
    words: Annotated[Phrases, Field(min_length=1)]
    notice: str = ""
    ask: str = ""
    silent: str = ""


class _HandsOff(_Part):
    phrases: Phrases = []
    quotes: bool = False


class _Privacy(_Part):
    raters: Literal["pseudonyms", "names"] = "pseudonyms"
    quotes: bool = False


def _phrases_alone(found: object) -> object:
    return {"phrases": found} if isinstance(found, list) else found


class Guide(_Part):
    """All of ``guide.yaml``; a key that is not here is an error."""

    company: str = ""
    voice: OneOrMore = []
    values: list[Annotated[_Value, BeforeValidator(_by_name)]] = []
    terms: list[_Term] = []
    packs: list[str] = []
    targets: dict[str, _Targets] = {}
    situations: dict[str, _Situation] = {}
    hands_off: Annotated[_HandsOff, BeforeValidator(_phrases_alone)] = _HandsOff()
    topics: list[_Topic] = []
    pipeline: Literal["accurate", "fast"] | None = None
    tolerance: float = Field(default=3.0, ge=0, le=100)
    privacy: _Privacy = _Privacy()

    def records(self) -> tuple[Values, Decisions]:
        """Values and decisions as the rest of the house reads them."""
        values = read_values(value.model_dump(by_alias=True, exclude_unset=True) for value in self.values)
        packs = load_packs(self.packs)
        own = tuple(Term(t.avoid, tuple(t.prefer), t.note, t.language) for t in self.terms)
        decisions = Decisions(
            terms=own + _not_going_back(own, packs),
            targets={"" if channel.strip().lower() == DEFAULT else channel.strip().lower(): t.record() for channel, t in self.targets.items()},
            situations={name: Situation(s.targets.record(), tuple(s.packs_off), s.note) for name, s in self.situations.items()},
            hands_off=tuple(self.hands_off.phrases), quotes_off=self.hands_off.quotes,
            topics=tuple(Topic(t.name, tuple(t.words), t.notice, t.ask, t.silent) for t in self.topics),
            tolerance=self.tolerance, packs=packs, privacy=Privacy(self.privacy.raters, self.privacy.quotes), company=self.company,
            voice=tuple(self.voice),
        )  # fmt: skip
        return values, decisions


def _not_going_back(own: Sequence[Term], packs: Sequence[Pack]) -> tuple[Term, ...]:
    """Terms of the packs, without those that the company decided otherwise: the guide wins, and nothing goes in a circle."""
    kept: list[Term] = []
    avoided = {term.avoid.lower(): term for term in own}
    preferred = {word.lower() for term in own for word in term.prefer}
    for term in (term for pack in packs for term in pack.terms):
        back = any(word.lower() in avoided for word in term.prefer)
        if term.avoid.lower() not in avoided and term.avoid.lower() not in preferred and not back:
            avoided[term.avoid.lower()] = term
            kept.append(term)
    return tuple(kept)


class ProblemError(ValueError):
    """What is wrong at a place of the file."""

    def __init__(self, keys: Sequence[object], told: str) -> None:
        super().__init__(told)
        self.keys = tuple(keys)


def read_guide(data: dict[str, Any], path: Path, line_of: Callable[[Sequence[object]], int]) -> Guide:
    """The guide in plain data.

    Raises
    ------
    GuideError
        For the first problem, naming file and line.
    """
    problems = check_guide(data)
    if problems:
        line = line_of(problems[0].keys)
        more = f" ({len(problems) - 1} more; `toneguide check` lists them)" if len(problems) > 1 else ""
        raise GuideError(f"{path}{f', line {line}' if line else ''}: {problems[0]}{more}")
    return Guide.model_validate(_without_nothing(data))


def check_guide(data: dict[str, Any]) -> list[ProblemError]:
    """All that is wrong with a guide's data."""
    try:
        guide = Guide.model_validate(_without_nothing(data))
    except ValidationError as e:
        return [ProblemError(error["loc"], _told(error)) for error in e.errors(include_url=False)]
    problems = []
    seen: set[str] = set()
    for i, value in enumerate(guide.values):
        if value.name.casefold() in seen:
            problems.append(ProblemError(("values", i), f"the value {value.name!r} is there twice; keep one"))
        seen.add(value.name.casefold())
    named = [("packs", i, name) for i, name in enumerate(guide.packs)]
    problems += [ProblemError((key, i), _unknown("rule pack", name, pack_ids())) for key, i, name in named if name not in pack_ids()]
    for name, situation in guide.situations.items():
        for i, pack in enumerate(situation.packs_off):
            if pack not in pack_ids():
                problems.append(ProblemError(("situations", name, "packs_off", i), _unknown("rule pack", pack, pack_ids())))
    return problems


def _without_nothing(data: Any) -> Any:
    """A key with nothing after it means the same as no key."""
    return {key: found for key, found in data.items() if found is not None}


def _hint(wanted: object, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(str(wanted).lower(), known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def _unknown(what: str, wanted: object, known: Sequence[str]) -> str:
    return f"unknown {what} {wanted!r}{_hint(wanted, known)}; the {what}s are {', '.join(known)}"


_SHAPES: Final = {
    "list_type": "write a list: each item on a line of its own after a dash", "string_type": "expected a word or a text in quotes",
    "dict_type": "expected keys here, each with what it holds", "model_type": "expected keys here, each with what it holds",
    "bool_type": "write true or false", "float_type": "expected a number",
}  # fmt: skip


def _told(error: Any) -> str:
    keys, kind, found = error["loc"], error["type"], error.get("input")
    where = ".".join(str(key + 1) if isinstance(key, int) else str(key) for key in keys[:-1])
    last = keys[-1] if keys else ""
    if kind == "extra_forbidden":
        known = _keys_at(keys[:-1])
        return _unknown("key", last, known).replace("the keys", f"the keys of {where}" if where else "the keys")
    place = f"{where}.{last + 1 if isinstance(last, int) else last}" if where else f"{last}"
    if kind == "missing":
        what = "a value needs a name" if keys[0] == "values" and last == "name" else f"{last} is missing"
        return f"{what} ({where})"
    if keys[:1] == ("values",) and len(keys) == 2 and kind != "value_error":
        return f"a value needs a name: {found!r}"
    if kind in _SHAPES:
        extra = f"; {found!r} is read as a number, put it in quotes" if kind == "string_type" and isinstance(found, int | float) else ""
        words = " (a list of words)" if kind == "list_type" and last in ("words", "shown_by", "against", "not", "rejected") else ""
        return f"{place}: {_SHAPES[kind]}{words}{extra}"
    if kind == "literal_error":
        choices = [choice.strip("'") for choice in error["ctx"]["expected"].replace(" or ", ", ").split(", ") if choice != "''"]
        return f"{place} is {found!r}; choose one of {', '.join(choices)}{_hint(found, choices)}"
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"


def _keys_at(keys: Sequence[object]) -> list[str]:
    """Keys that the schema knows at a place."""
    model: Any = Guide
    is_free = False
    for key in keys:
        # In a mapping of channels or situations the next key is the guide's own word.
        if isinstance(key, int) or is_free:
            is_free = False
            continue
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()} if model else {}
        is_free = get_origin(fields.get(key)) is dict
        model = _model_in(fields.get(key))
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    """The model inside list[...], dict[...], Annotated[...] or a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _model_in(inner)) is not None), None)
