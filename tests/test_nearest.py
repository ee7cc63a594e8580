"""The nearest posts on tone."""

from __future__ import annotations

from toneguide.suggest.nearest import nearest_examples


def test_posts_on_the_same_subject_come_first(analyse):
    found = nearest_examples(analyse("An old driver took his last train out of Joensuu this morning.", "en"))
    assert len(found) == 2
    assert "train" in found[0].text.lower()
    assert found[0].nearness >= found[1].nearness > 0


def test_the_language_is_that_of_the_post(analyse):
    for example in nearest_examples(analyse("Yöjuna Kolarista myöhästyi, ja matkustajat odottivat laiturilla.", "fi")):
        assert any(letter in example.text for letter in "äö")


def test_the_guides_own_examples_are_among_them(analyse):
    own = ["Meidän yöjuna myöhästyi, ja keitettiin kaikille laiturilla kahvit.", "Leivottiin pullaa."]
    found = nearest_examples(analyse("Yöjuna myöhästyi laiturilla.", "fi"), own=own)
    assert (found[0].text, found[0].source) == (own[0], "guide")


def test_a_post_is_not_its_own_example(analyse):
    own = ["Meidän yöjuna myöhästyi."]
    assert all(e.text != own[0] for e in nearest_examples(analyse(own[0], "fi"), own=own))


def test_nothing_in_common_gives_nothing(analyse):
    assert nearest_examples(analyse("Qwrt zxcv plmk.", "en")) == []
