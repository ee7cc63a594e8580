"""What would change a score: each edit scored on the edited text, none touching another."""

from __future__ import annotations

import csv
import statistics
from pathlib import Path

import pytest

from toneguide.decided import Band, Targets
from toneguide.suggest.contractions import short_forms
from toneguide.suggest.omissions import idle_phrases, idle_sentences, omissions
from toneguide.suggest.records import apply_edits

CORPORA = Path(__file__).parents[1] / "corpora"
POST = (
    "Hyödynnämme innovatiivisia ratkaisuja asiakaskokemuksen kehittämisessä. Toimintamallit implementoidaan kokonaisvaltaisesti. "
    "Kiitos kaikille, jotka olivat mukana! #synergia #innovaatio"
)


def together(score, n=3):
    return apply_edits(score.text, [edit for change in score.changes(n) for edit in change.edits])


def test_the_numbers_are_those_of_the_edited_text(fast):
    score = fast.score(POST, language="fi")
    changes = score.changes(3)
    assert changes
    for change in changes:
        alone = fast.score(apply_edits(POST, change.edits), language="fi", min_words=0)
        assert change.before["corporate"] == pytest.approx(score.corporate, abs=1e-9)
        assert change.after["corporate"] == pytest.approx(alone.corporate, abs=1e-9)
        assert change.after["warmth"] == pytest.approx(alone.warmth, abs=1e-9)


def test_edits_can_all_be_made_together_and_the_first_brings_most(fast):
    score = fast.score(POST, language="fi")
    assert fast.score(together(score), language="fi").corporate < score.corporate
    margins = [fast.score(apply_edits(POST, c.edits), language="fi", min_words=0).margin["corporate"] for c in score.changes(5)]
    assert margins[0] == min(margins)


def test_targets_decide_which_way_is_better(fast):
    score = fast.score(POST, language="fi")
    score.targets = Targets(corporate=Band(0, 100))
    assert score.changes() == []


def test_a_text_without_a_score_has_nothing_to_change(fast):
    score = fast.score("")
    assert (score.changes(), score.suggestions, score.advice, score.nearest()) == ([], [], [], [])


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("We will not wait.", "We won't wait."),
        ("It is raining and we are late.", "It's raining and we're late."),
        ("They have been here.", "They've been here."),
        ("We have a car. Yes, we are.", "We have a car. Yes, we are."),
        ("I do not know.", "I don't know."),
        ("What we ARE doing is new.", "What we ARE doing is new."),
    ],
)
def test_short_forms_are_those_that_people_say(analyse, text, short):
    assert apply_edits(text, short_forms(analyse(text, "en"))) == short


def test_finnish_has_no_short_forms(analyse):
    assert short_forms(analyse("We are late", "fi")) == ()


@pytest.mark.parametrize(
    ("text", "word", "without"),
    [
        ("Teimme innovatiivisen ratkaisun eilen.", "innovatiivisen", "Teimme ratkaisun eilen."),
        ("It was an innovative plan for us.", "innovative", "It was a plan for us."),
    ],
)
def test_an_adjective_can_go_and_the_article_is_mended(fast, analyse, text, word, without):
    language = "fi" if "ratkaisun" in text else "en"
    edits = omissions(analyse(text, language), fast.score(text, language=language, min_words=0).evidence)
    assert without in {apply_edits(text, [edit]) for edit in edits}, word


def test_only_sentences_of_big_words_that_tell_nothing_can_go(fast):
    empty = "Innovatiiviset ratkaisut luovat saumattomia synergioita. "
    text = f"Kävin siellä. {empty}Innovatiivisia ratkaisuja ei saa käyttää. Hinta on 5 euroa. Anna tulee."
    score = fast.score(text, language="fi")
    edits = idle_sentences(score._help._segments[0], score.evidence)
    assert [text[e.start : e.end] for e in edits] == [empty]


@pytest.mark.parametrize(
    ("text", "language", "without"),
    [
        ("Työ tehdään sopimuksen mukaisesti keväällä.", "fi", "Työ tehdään keväällä."),
        ("Remontin johdosta ovi on kiinni.", "fi", "Ovi on kiinni."),
        ("The work is done in accordance with the agreement.", "en", "The work is done."),
        ("Työ tehdään Nokian osalta keväällä.", "fi", None),
        ("Se on sopimuksen mukaisesti.", "fi", None),
    ],
)
def test_a_phrase_of_officialese_can_go_where_the_sentence_stands_without(analyse, text, language, without):
    edits = idle_phrases(analyse(text, language))
    assert [apply_edits(text, [edit]) for edit in edits] == ([without] if without else [])


@pytest.mark.parametrize("language", ["fi", "en"])
def test_three_edits_move_corporate_posts_down_and_not_their_warmth(fast, language):
    with (CORPORA / language / "writer_e.csv").open(encoding="utf-8", newline="") as file:
        posts = [row["text"] for row in csv.DictReader(file) if row["corporate"] == "1"]
    moved, warmed = [], []
    for post in posts:
        score = fast.score(post, language=language, min_words=0)
        after = fast.score(together(score), language=language, min_words=0)
        moved.append(score.corporate - after.corporate)
        warmed.append(after.warmth - score.warmth)
    assert statistics.median(moved) > 3
    assert statistics.median(warmed) >= 0
