"""Every signal and every word list fires on a text that has it, and stays silent on a near miss."""

from __future__ import annotations

from importlib import resources

import pytest
from examples import LISTS, SIGNALS, Example

from toneguide import signals
from toneguide.language.analysis import PIPELINES
from toneguide.language.identify import SUPPORTED

DECLARED = {signal.name: signal for signal in signals.SIGNALS}


def list_languages() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for language in SUPPORTED:
        for path in (resources.files("toneguide.lexicons") / language).iterdir():
            found.setdefault(path.name.removesuffix(".txt"), set()).add(language)
    return found


def cases(examples: dict[str, Example], side: str) -> list:
    return [
        pytest.param(name, language, text, id=f"{name}-{language}")
        for name, example in examples.items()
        for language, text in getattr(example, side).items()
    ]


@pytest.fixture(scope="module", params=PIPELINES)
def guide(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def level(guide, analyse):
    """How far a signal lies above the typical post, in spreads."""

    def measured(name: str, language: str, text: str) -> float:
        model = guide._models[language]
        names = [s.name for s in (*signals.token_signals(language), *signals.text_signals(language))]
        return float(model.signal_values(analyse(text, language, guide.pipeline))[names.index(name)])

    return measured


@pytest.fixture
def signal_spans(guide):
    def found(name: str, language: str, text: str) -> list[str]:
        parts = guide.score(text, language=language, min_words=0).evidence
        return [text[a:b] for part in parts if part.kind == "signal" and part.name == name for a, b in part.spans]

    return found


@pytest.fixture
def listed(guide):
    def found(name: str, language: str, text: str) -> list[str]:
        parts = guide.score(text, language=language, min_words=0).evidence
        return [part.text for part in parts if part.kind != "signal" and part.name == name]

    return found


def is_measure(name: str) -> bool:
    return getattr(DECLARED[name], "measure", None) is not None


def test_every_signal_has_examples_in_each_of_its_languages():
    assert set(SIGNALS) == set(DECLARED)
    for name, example in SIGNALS.items():
        assert set(example.fires) == set(example.silent) == set(DECLARED[name].languages), name


def test_every_list_has_examples_in_each_of_its_languages():
    languages = list_languages()
    assert set(LISTS) == set(languages)
    for name, example in LISTS.items():
        assert set(example.fires) == set(example.silent) == languages[name], name


@pytest.mark.parametrize(("name", "language", "text"), cases(SIGNALS, "fires"))
def test_signal_fires(name, language, text, signal_spans, level):
    assert level(name, language, text) > 0
    assert is_measure(name) or signal_spans(name, language, text)


@pytest.mark.parametrize(("name", "language", "text"), cases(SIGNALS, "silent"))
def test_signal_stays_silent(name, language, text, signal_spans, level):
    assert level(name, language, text) <= 0
    assert signal_spans(name, language, text) == []


@pytest.mark.parametrize(("name", "language", "text"), cases(LISTS, "fires"))
def test_list_fires(name, language, text, listed):
    assert listed(name, language, text)


@pytest.mark.parametrize(("name", "language", "text"), cases(LISTS, "silent"))
def test_list_stays_silent(name, language, text, listed):
    assert listed(name, language, text) == []


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_signal_says_what_it_finds_and_which_way_it_points(name):
    signal = DECLARED[name]
    assert signal.meaning
    assert signal.spread > 0
    assert set(signal.towards) <= {"corporate", "warmth"}
    assert all(0 < abs(size) <= 3 for size in signal.towards.values())
    assert signal.towards


def test_signal_names_are_given_once():
    assert len(DECLARED) == len(signals.SIGNALS)


@pytest.mark.parametrize(("language", "name"), sorted((code, name) for name, codes in list_languages().items() for code in codes))
def test_list_says_what_it_is_where_it_must_not_fire_and_who_rated_it(language, name):
    lines = (resources.files("toneguide.lexicons") / language / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    note = " ".join(line for line in lines[:6] if line.startswith("# "))
    assert "Must not fire:" in note
    assert "Rated by" in note
