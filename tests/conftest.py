"""Guides and analysed texts that many tests share; one of each per worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from toneguide.guide import ToneGuide
from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.tokens import tokenize

# Word types met for the first time are slow, and the machine is shared: no deadline, and the same examples every time.
settings.register_profile("toneguide", deadline=None, derandomize=True, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("toneguide")

VALUES = (
    {"name": "Rohkeus", "words": ["courage"]},
    {"name": "Yhdessä", "words": ["together"]},
    "Be bold",
)


@pytest.fixture(scope="session")
def fast() -> ToneGuide:
    return ToneGuide.default("fast")


@pytest.fixture(scope="session")
def accurate() -> ToneGuide:
    return ToneGuide.default("accurate")


@pytest.fixture(scope="session")
def valued(fast: ToneGuide) -> ToneGuide:
    """The fast guide with three values: two with further words, one by name only."""
    return fast.with_values(VALUES)


@pytest.fixture(scope="session")
def analyse() -> Callable[..., Analysed]:
    """One text as the pipelines hand it on."""

    def one(text: str, language: str, pipeline: str = "fast") -> Analysed:
        return next(iter(load_pipeline(pipeline).analyse([tokenize(text)], language)))

    return one


@pytest.fixture
def run():
    from typer.testing import CliRunner

    from toneguide.cli import app

    def invoke(*words, stdin=None):
        return CliRunner().invoke(app, [*map(str, words)], input=stdin)

    return invoke
