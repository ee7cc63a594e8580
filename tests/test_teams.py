"""Simulated teams, twenty of them: what they are told is true (``tests/benchmarks/teams.py`` runs a hundred)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from toneguide.model.tone_model import DIMENSIONS
from toneguide.model.train import CORPORA

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are in the source checkout only")


@pytest.fixture(scope="module")
def teams():
    spec = importlib.util.spec_from_file_location("teams", Path(__file__).parent / "benchmarks" / "teams.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(n: int):
    return [(("fi", "en")[i % 2], DIMENSIONS[i // 2 % 2], i) for i in range(n)]


def test_reported_agreement_accuracy_and_coverage_hold_the_truth(teams):
    outcomes = [teams.run_team(*case, n=40, most=300) for case in cases(20)]
    # Nine of ten are promised; of twenty draws of that, sixteen and more come up in 96 of 100 samples.
    for name in ("alpha", "accuracy", "coverage"):
        assert sum(getattr(outcome, name) for outcome in outcomes) >= 16, name
    assert sum(outcome.gain for outcome in outcomes) > 0


@pytest.mark.parametrize("kind", ["shuffled", "all the same", "five", "one inverted"])
def test_bad_labels_do_no_harm_and_are_named(teams, kind):
    found = [teams.bad_labels(*case[:2], kind, case[2]) for case in cases(4)]
    assert max(worse for worse, _ in found) <= 0.01
    said = {"shuffled": {"contradictory", "rescaled"}, "all the same": {"all the same"}, "five": {"too few"}}
    if kind == "one inverted":
        assert all("a rater against the others left out" in s for _, s in found)
    else:
        assert {s for _, s in found} <= said[kind]
