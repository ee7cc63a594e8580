"""House terms, targets and examples set from Python: the same as in ``guide.yaml``, and back."""

from __future__ import annotations

import pytest

from toneguide import ToneGuide
from toneguide.lab import sample_guide

STIFF = "Panostamme asiakaslähtöisten palveluprosessien kehittämiseen strategiamme mukaisesti."


@pytest.fixture
def guide():
    return ToneGuide.default("fast")


def test_terms_and_targets_survive_saving(guide, tmp_path):
    made = guide.with_terms({"hyödyntää": "käyttää", "turha": ""}).with_targets(
        {"default": {"corporate": {"max": 60}}, "X": {"warmth": {"min": 30, "max": 90}}}
    )
    made.save(tmp_path)
    assert ToneGuide.load(tmp_path).decisions == made.decisions


def test_a_term_set_again_replaces_the_former(guide):
    twice = guide.with_terms({"hyödyntää": "käyttää"}).with_terms({"hyödyntää": ["ottaa käyttöön", "käyttää"]})
    assert [term.prefer for term in twice.decisions.terms] == [("ottaa käyttöön", "käyttää")]


def test_a_channel_that_is_not_named_keeps_its_targets(guide):
    both = guide.with_targets({"x": {"corporate": {"max": 10}}}).with_targets({"default": {"corporate": {"max": 90}}})
    assert both.score(STIFF, channel="x").in_tone is False
    assert set(both.decisions.targets) == {"", "x"}


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        ({"x": {"lämpö": {"min": 40}}}, "no score 'lämpö'"),
        ({"x": {"warmth": {"low": 40}}}, "a target of warmth is"),
        ({"x": {"warmth": {"min": "40"}}}, "a target of warmth is"),
        ({"x": {"warmth": {"min": 60, "max": 40}}}, "min below max"),
        ({"x": {"warmth": {"max": 400}}}, "between 0 and 100"),
    ],
)
def test_a_target_that_is_none_is_told(guide, targets, told):
    with pytest.raises(ValueError, match=told):
        guide.with_targets(targets)


def test_an_empty_term_is_told(guide):
    with pytest.raises(ValueError, match="a term is a word"):
        guide.with_terms({" ": "x"})


def test_the_guide_is_left_as_it_was(guide):
    guide.with_terms({"hyödyntää": "käyttää"}).with_targets({"x": {"corporate": {"max": 10}}}).with_examples([STIFF])
    assert (guide.decisions.terms, dict(guide.decisions.targets)) == ((), {})


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_sample_guide_is_a_guide_that_passes_its_own_check(language):
    from pathlib import Path

    import toneguide
    from toneguide.guide_folder.checks import check_folder

    guide = sample_guide(language)
    folder = Path(toneguide.__file__).parent / "data" / "sample_guide" / language
    assert check_folder(folder, guide.values, guide.decisions) == []


def test_the_page_of_a_guide_is_written(tmp_path):
    sample_guide("fi").write_page(tmp_path / "guide.html")
    assert "Kaamos Huolto" in (tmp_path / "guide.html").read_text(encoding="utf-8")
