"""Signals: what a post does, besides the words it uses; a file per family, each signal declared once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from toneguide.signals import address, rhythm, surface, syntax
from toneguide.signals.signal import Signal, TextSignal, TokenSignal

__all__ = ["SIGNALS", "Signal", "TextSignal", "TokenSignal", "measures", "placing", "signal_names", "text_signals", "token_signals"]

SIGNALS: tuple[Signal, ...] = (*address.SIGNALS, *syntax.SIGNALS, *rhythm.SIGNALS, *surface.SIGNALS)


@lru_cache(maxsize=None)
def token_signals(language: str) -> tuple[TokenSignal, ...]:
    """Signals of a language that ask the word type."""
    return tuple(s for s in SIGNALS if isinstance(s, TokenSignal) and language in s.languages)


@lru_cache(maxsize=None)
def text_signals(language: str) -> tuple[TextSignal, ...]:
    """Signals of a language that look at the whole post."""
    return tuple(s for s in SIGNALS if isinstance(s, TextSignal) and language in s.languages)


def signal_names(language: str) -> list[str]:
    """Names of a language's signals, token signals first."""
    return [s.name for s in (*token_signals(language), *text_signals(language))]


@lru_cache(maxsize=None)
def measures(language: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Typical values and spreads of all signals of a language, token signals first."""
    signals = (*token_signals(language), *text_signals(language))
    return np.array([s.typical.get(language, 0.0) for s in signals]), np.array([s.spread for s in signals])


@lru_cache(maxsize=None)
def placing(language: str) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which signals count at sentence starts only, which inside sentences only, and which per sentence."""
    signals = (*token_signals(language), *text_signals(language))
    where = [getattr(s, "where", "anywhere") for s in signals]
    return (
        np.array([w == "first" for w in where]),
        np.array([w == "inside" for w in where]),
        np.array([s.per == "sentence" for s in signals]),
    )
