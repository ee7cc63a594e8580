"""A guide's decisions as the plain data that ``guide.yaml`` holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from toneguide.decided import Band, Decisions, Targets
from toneguide.values.value import Value

__all__ = ["KEYS", "data_of"]

KEYS: Final = (
    "company",
    "voice",
    "values",
    "terms",
    "packs",
    "targets",
    "situations",
    "hands_off",
    "topics",
    "pipeline",
    "tolerance",
    "privacy",
)


def data_of(values: tuple[Value, ...], pipeline: str, decisions: Decisions) -> dict[str, Any]:
    """Every key with its data, in the file's order; an empty list, mapping or text where nothing was decided.

    Examples
    --------
    >>> data_of((Value("Rohkeus"),), "fast", Decisions(hands_off=("Kaamos Oy",)))["hands_off"]
    {'phrases': ['Kaamos Oy']}
    """
    made: dict[str, Callable[[], Any]] = {
        "company": lambda: decisions.company,
        "voice": lambda: list(decisions.voice),
        "values": lambda: [value.record() for value in values],
        "terms": lambda: [_filled(t, "avoid", "prefer", "note", "language") for t in decisions.terms if not t.pack],
        "packs": lambda: list(dict.fromkeys(pack.id for pack in decisions.packs)),
        "targets": lambda: {channel or "default": _targets(t) for channel, t in decisions.targets.items()},
        "situations": lambda: {
            name: ({"targets": t} if (t := _targets(s.targets)) else {}) | _filled(s, "packs_off", "note") for name, s in decisions.situations.items()
        },
        "hands_off": lambda: ({"phrases": list(decisions.hands_off)} if decisions.hands_off else {}) | ({"quotes": True} if decisions.quotes_off else {}),
        "topics": lambda: [_filled(topic, "name", "words", "notice", "ask", "silent") for topic in decisions.topics],
        "pipeline": lambda: pipeline,
        "tolerance": lambda: decisions.tolerance,
        "privacy": lambda: {"raters": decisions.privacy.raters, "quotes": decisions.privacy.quotes} if decisions.privacy != Decisions().privacy else {},
    }  # fmt: skip
    return {key: made[key]() for key in KEYS}


def _filled(record: object, *names: str) -> dict[str, Any]:
    pairs = ((name, getattr(record, name)) for name in names)
    return {name: list(found) if isinstance(found, tuple) else found for name, found in pairs if found}


def _targets(targets: Targets) -> Mapping[str, Any]:
    bands = {"corporate": targets.corporate, "warmth": targets.warmth, "alignment": targets.alignment}
    return {name: _band(band) for name, band in bands.items() if band is not None}


def _band(band: Band) -> dict[str, float]:
    ends = {"min": band.low, "max": band.high}
    return {
        name: int(end) if float(end).is_integer() else end
        for name, end in ends.items()
        if end != getattr(Band(), {"min": "low", "max": "high"}[name])
    }
