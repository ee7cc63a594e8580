"""Conduct against values: posts that tell of it, posts that do not, and what the numbers are made of."""

import csv
from importlib import resources

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from toneguide.language.identify import SUPPORTED
from toneguide.model.evaluate_values import held_out
from toneguide.model.train_conduct import VALUE_POSTS, conduct_weights, read_value_posts
from toneguide.values.conduct import Conduct, load_conduct, unit_keys
from toneguide.values.library import library_ids
from toneguide.values.row import row_of_all

AGAINST = [
    ("Huonekortissa lukee, että potilas ensin. Hoitaja ei kuulemma ehtinyt edes katsomaan, kun soitin kelloa kolmesti.", "fi"),
    ("Lupasivat korjata putken perjantaina. Nyt on kolmas perjantai, eikä kukaan ole edes vastannut viestiin.", "fi"),
    ("The poster says customers come first. I have called four times and nobody has even picked up the phone.", "en"),
    ("We knew the brakes were worn. The manager told us to keep quiet and sign the sheet anyway.", "en"),
]
NOT_AGAINST = [
    ("Hitsari huomasi särön perjantaina ja pysäytti linjan. Vaihdettiin osa yöllä, ja maanantaina ajettiin taas.", "fi"),
    ("Haemme asiakaspalveluun uutta kollegaa Tampereelle. Arvostamme rohkeutta ja halua oppia. Hae 12.3. mennessä!", "fi"),
    ("Kahvihuoneen hana vaihdetaan tiistaina, joten vettä ei tule klo 9-11.", "fi"),
    ("Our apprentice spotted the crack and stopped the line. We replaced the part overnight.", "en"),
    ("Join our webinar on courage in leadership this Thursday at 10. Register by Tuesday!", "en"),
    ("The car park is closed on Friday because the lines are painted.", "en"),
]


def against(fast, text: str, language: str) -> float:
    (score,) = fast.with_values(["Rohkeus"]).score(text, language=language, min_words=0).values.values()
    return score.against


@pytest.mark.parametrize(("text", "language"), AGAINST)
def test_a_post_that_tells_of_conduct_against_values_says_so(fast, text, language):
    assert against(fast, text, language) >= 20


@pytest.mark.parametrize(("text", "language"), NOT_AGAINST)
def test_a_deed_done_well_talk_or_a_notice_goes_against_nothing(fast, text, language):
    assert against(fast, text, language) < 10


@pytest.mark.parametrize("language", SUPPORTED)
def test_posts_held_out_are_told_apart(language):
    found = held_out(language)
    kinds = np.array([row["kind"] for row, _ in found])
    assert roc_auc_score(kinds == "against", [score.against for _, score in found]) >= 0.89
    told = np.isin(kinds, ("named", "shown", "both"))
    assert roc_auc_score(kinds[told] != "named", np.array([score.shown for _, score in found])[told]) >= 0.85


@pytest.mark.parametrize("language", SUPPORTED)
def test_the_posts_it_is_taught_with_are_what_the_data_card_says(language):
    posts = read_value_posts(language)
    assert len({post.id for post in posts}) == len({post.text for post in posts}) == len(posts)
    assert {post.value for post in posts} == set(library_ids(language))
    assert {post.kind for post in posts} == {"against", "shown", "named", "both", "neither"}


@pytest.mark.parametrize("language", SUPPORTED)
def test_no_post_held_out_is_among_those_it_is_taught_with(language):
    with (VALUE_POSTS / f"held_out_{language}.csv").open(encoding="utf-8", newline="") as file:
        held = {row["text"] for row in csv.DictReader(file)}
    assert held.isdisjoint(post.text for post in read_value_posts(language))


def test_a_name_weighs_what_any_name_weighs(fast):
    one, other = (fast.analyse([f"Eilen {name} ei vastannut kenellekään, eikä se haitannut ketään."], "fi") for name in ("Leena", "Mikko"))
    assert load_conduct("fi").margins(row_of_all(one)) == load_conduct("fi").margins(row_of_all(other))


@pytest.mark.parametrize("language", SUPPORTED)
def test_no_name_has_a_weight_of_its_own(language):
    text = (resources.files("toneguide.values") / "data" / f"conduct_{language}.tsv").read_text(encoding="utf-8")
    words = {element.removeprefix("=") for line in text.splitlines() for element in line.partition("\t")[0].split()}
    assert words.isdisjoint({"pekka", "leena", "mikko", "aino", "leila", "derek", "steve", "fatima"})


def test_a_post_has_the_same_margin_alone_and_in_a_row(fast):
    texts = fast.analyse([text for text, language in AGAINST + NOT_AGAINST if language == "fi"], "fi")
    alone = [load_conduct("fi").margins(row_of_all([text]))[0] for text in texts]
    assert load_conduct("fi").margins(row_of_all(texts)).tolist() == alone


def test_the_margin_is_the_sum_of_the_weights_of_its_words_and_pairs(fast):
    (text,) = fast.analyse(["Kukaan ei vastannut, ja kukaan ei kysynyt."], "fi")
    keys = [key for key, _ in unit_keys([text.type_at(i) for i in range(len(text.ids))], "fi")]
    weights = {key: (number % 7 - 3) / 10 for number, key in enumerate(sorted(set(keys)))}
    expected = 0.5 + sum(weights[key] for key in keys) / np.sqrt(text.n_words + 4)
    assert Conduct({"": 0.5, **weights}, "fi").margins(row_of_all([text]))[0] == pytest.approx(expected)


@pytest.mark.parametrize(("text", "language"), [("🎉 xyzzy", "fi"), ("@joku #tagi", "fi"), ("Qwerty zxcvb", "en")])
def test_words_that_nobody_knows_go_against_nothing(fast, text, language):
    assert against(fast, text, language) == 0


def test_what_is_learnt_tells_what_it_was_taught_from_the_rest(fast):
    bad = ["Kukaan ei vastannut minulle.", "Kukaan ei kysynyt mitään.", "Ei vastannut edes kukaan."]
    good = ["Naapuri vastasi heti.", "Pekka kysyi ja auttoi.", "Vastasi heti ja auttoi."]
    texts = fast.analyse(bad + good, "fi")
    margins = Conduct(conduct_weights(texts, [True] * 3 + [False] * 3), "fi").margins(row_of_all(texts))
    assert min(margins[:3]) > 0 > max(margins[3:])
