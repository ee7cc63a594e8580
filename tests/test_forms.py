"""Form table: the longest known ending decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language.forms import Analysis, FormTable, form_table

TABLE = FormTable(["ssa\t3,,NOUN,sg+ine", "lossa\t3,,NOUN,sg+ine+x", "^yössä\t3,,NOUN,sg+ine|5,kesä,NOUN,sg", "^ei\t0,,AUX,"])


def test_the_longest_ending_decides():
    assert TABLE.analyse("talossa") == (Analysis("talo", "NOUN", ("sg", "ine", "x")),)
    assert TABLE.analyse("mussa") == (Analysis("mu", "NOUN", ("sg", "ine")),)


def test_a_form_listed_whole_comes_before_any_ending():
    assert [reading.lemma for reading in TABLE.analyse("yössä")] == ["yö", "kesä"]
    assert TABLE.knows("yössä")
    assert not TABLE.knows("talossa")


def test_an_unknown_ending_is_a_noun_in_its_base_form():
    assert TABLE.analyse("xyz") == (Analysis("xyz", "NOUN", ()),)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_shipped_table_has_no_broken_rule(language):
    table = form_table(language)
    for ending in table._rules:
        for reading in table.analyse(ending.removeprefix("^")):
            assert reading.pos.isupper()


@given(st.text(max_size=60), st.sampled_from(["fi", "en"]))
def test_any_form_has_a_reading(form, language):
    assert form_table(language).analyse(form)
