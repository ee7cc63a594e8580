"""Values named, shown and contradicted: what counts, and what it is made of."""

from __future__ import annotations

import math

import pytest

from toneguide.guide import ToneGuide
from toneguide.model.type_weights import _NEGATORS
from toneguide.values.deeds import DENIERS
from toneguide.values.library import find_by_name, library_ids, library_value
from toneguide.values.parts import ALIGNING
from toneguide.values.phrases import parse_phrase
from toneguide.values.value import LANGUAGES

OWN = {"name": "Laatu", "shown_by": ["tarkistaa ... hitsi"], "against": ["jättää ... =kesken"], "not": ["laatuaika"]}


def value_in(guide: ToneGuide, value, text: str, language: str = "fi"):
    (score,) = guide.with_values([value]).score(text, language=language, min_words=0).values.values()
    return score


def test_what_is_denied_is_against_the_value(fast):
    score = value_in(fast, "Rohkeus", "Emme olleet rohkeita.")
    assert score.against > 0
    assert score.alignment == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_denies_is_looked_for_beside_values(language):
    assert _NEGATORS[language] <= DENIERS[language]


def test_what_is_regretted_is_neither(fast):
    score = value_in(fast, "Rohkeus", "Emme olleet rohkeita, ja se harmittaa.")
    assert score.against == 0
    assert score.alignment == 0


@pytest.mark.parametrize(
    ("value", "text", "language"),
    [("Turvallisuus", "Emme tingi turvallisuudesta.", "fi"), ("Safety", "We never compromise on safety.", "en")],
)
def test_refusing_to_give_a_value_up_shows_it(fast, value, text, language):
    score = value_in(fast, value, text, language)
    assert score.shown >= 50
    assert score.against == 0
    assert score.alignment > score.named


@pytest.mark.parametrize(
    ("value", "text", "language"),
    [("Be bold", "Not only bold but kind.", "en"), ("Rohkeus", "Se ei ollut vain rohkeutta vaan taitoa.", "fi")],
)
def test_not_only_takes_nothing_away(fast, value, text, language):
    assert value_in(fast, value, text, language).alignment >= 50


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ilo", "Ilotulitus alkaa kahdeksalta."),
        ("Luottamus", "Luottamusmies vaihtuu vuoden alussa."),
        ("Avoimuus", "Avoimet vuorot jaetaan tiistaina."),
        ("Reiluus", "Reilut sata kävijää tuli."),
        ("Oppiminen", "Koneoppiminen muuttaa alaa."),
        ("Toivo", "Eilen Toivo ja Onni korjasivat hissin."),
        ({"name": "Laatu", "not": ["laatuaika"]}, "Vietimme laatuaikaa."),
    ],
)
def test_other_senses_and_names_of_people_carry_no_value(fast, value, text):
    score = value_in(fast, value, text)
    assert score.named < 20
    assert score.alignment < 20


@pytest.mark.parametrize(("value", "text"), [("Vastuu", "Vastuullisuusraportti ilmestyi."), ("Luottamus", "Luottamuspääoma kasvaa.")])
def test_inside_a_compound_a_value_is_hinted_at(fast, value, text):
    assert 0 < value_in(fast, value, text).named < 50


def test_a_deed_of_the_value_shows_it_and_a_plan_hardly_does(fast):
    deed = value_in(fast, OWN, "Eilen tarkistin Porissa 40 hitsiä.")
    plan = value_in(fast, OWN, "Aiomme tarkistaa hitsit.")
    slogan = value_in(fast, OWN, "Laatu on meille kaikki kaikessa.")
    assert deed.shown > 50 > 25 > plan.shown
    assert slogan.shown < 25
    assert deed.named == 0
    assert (slogan.named_not_shown, deed.named_not_shown) == (True, False)


def test_a_deed_against_the_value_lowers_alignment(fast):
    plain = value_in(fast, OWN, "Laatu ratkaisee.")
    other = value_in(fast, OWN, "Laatu ratkaisee. Hommat jätettiin kesken.")
    assert other.against > 0
    assert other.alignment < plain.alignment
    assert other.named == plain.named


def test_a_deed_denied_does_not_show_the_value(fast):
    told, denied = (value_in(fast, OWN, text) for text in ("Tarkistin eilen hitsit.", "En tarkistanut eilen hitsejä."))
    assert denied.shown < told.shown
    assert denied.against > 0


def test_saying_a_value_often_does_not_raise_it_without_end(fast):
    few, many = (value_in(fast, "Rohkeus", "Rohkeus kantaa. " * n) for n in (4, 40))
    assert many.named == few.named < 100


TEXTS = [
    ("Rohkeus", "Keräsin rohkeuteni ja soitin 12 asiakkaalle. Emme silti olleet rohkeita.", "fi"),
    ("Turvallisuus", "Emme tingi turvallisuudesta. Eilen Minna pysäytti linjan, ja kypärät jäi kaappiin.", "fi"),
    ("Courage", "So much for courage. I said nothing, and the banner says we are brave.", "en"),
    ("Yhdessä", "#yhdessä 🎉 Hyppäsin eilen työkaverin avuksi, ja kannettiin kaappi kahdestaan.", "fi"),
    ({"name": "Caring", "use": "caring"}, "Blessing moved her own break and sat holding her hand.", "en"),
]


@pytest.mark.parametrize(("value", "text", "language"), TEXTS)
def test_the_parts_add_up_to_every_number(fast, value, text, language):
    score = value_in(fast, value, text, language)
    sums = {dimension: sum(p.amount for p in score.parts if p.dimension == dimension) for dimension in ALIGNING}
    margins = (
        sum(ALIGNING[d] * amount for d, amount in sums.items()),
        sums["named"],
        sums["shown"] + sums["told"],
        sums["against"] + sums["contrary"],
    )
    assert score.parts
    for points, margin in zip(score[:4], margins, strict=True):
        assert points == pytest.approx(100 * (1 - math.exp(-max(0.0, margin))), abs=1e-9)


@pytest.mark.parametrize(("value", "text", "language"), TEXTS)
def test_every_span_of_a_part_slices_the_text(fast, value, text, language):
    for part in value_in(fast, value, text, language).parts:
        assert part.text == " … ".join(text[a:b] for a, b in part.spans)
        assert part.text.strip()


def test_a_name_alone_is_lent_deeds_but_no_words_by_the_library(fast):
    assert value_in(fast, "Rohkeus", "Uskallusta tarvitaan.").named == 0
    assert value_in(fast, "Rohkeus", "Uskallusta tarvitaan.").alignment > 0
    assert value_in(fast, {"name": "Rohkeus", "use": "courage"}, "Uskallusta tarvitaan.").named >= 50


def test_what_a_guide_uses_may_have_another_name(fast):
    assert value_in(fast, {"name": "Sydän", "use": "rohkeus"}, "Uskallusta tarvitaan.").named >= 50


def test_heavier_values_move_the_overall_alignment_more(fast):
    heavy, light = {"name": "Rohkeus", "weight": 3}, {"name": "Yhdessä", "weight": 1}
    guide = fast.with_values([heavy, light])
    assert guide.score("Rohkeus kantaa pitkälle, sen tietää.").alignment > guide.score("Yhdessä mennään pitkälle, sen tietää.").alignment


def test_values_are_found_by_number_and_by_name(valued):
    assert valued.values["Be bold"] == valued.values[2]
    with pytest.raises(KeyError, match="the values are Rohkeus, Yhdessä, Be bold"):
        valued.values["nope"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_is_large_enough_and_every_record_is_full(language):
    assert len(library_ids(language)) >= 40
    assert library_ids(language) == library_ids("fi")
    for wanted in library_ids(language):
        record = library_value(wanted, language)
        assert len(set(record.wording.words)) >= 12, wanted
        assert len(set(record.wording.shown_by)) >= 8, wanted
        assert len(set(record.wording.against)) >= 5, wanted
        assert record.meaning.strip(), wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_the_library_has_something_to_look_for(language):
    for wanted in library_ids(language):
        wording = library_value(wanted, language).wording
        for phrase in (*wording.words, *wording.shown_by, *wording.against, *wording.exceptions):
            assert parse_phrase(phrase, language)[0], (wanted, phrase)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Olemme rohkeita", "courage"),
        ("Be bold", "courage"),
        ("Asiakas ensin", "customer"),
        ("Act with integrity", "integrity"),
        ("Kahvihuone", ""),
    ],
)
def test_a_value_is_found_in_the_library_in_any_guise(name, wanted):
    assert find_by_name(name) == wanted


def test_an_unknown_library_value_says_which_may_be_meant(fast):
    with pytest.raises(ValueError, match="did you mean 'courage'"):
        fast.with_values([{"name": "X", "use": "couragee"}])


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"name": "a", "word": []}, "unknown key 'word'"),
        ({"name": "a", "words": [" "]}, "empty word"),
        ({"name": "a", "weight": 0}, "above 0"),
        ({"name": "a", "fi": {"shown": []}}, "unknown key 'shown'"),
    ],
)
def test_a_record_that_is_none_says_why(fast, record, message):
    with pytest.raises(ValueError, match=message):
        fast.with_values([record])


# Growing


def test_words_come_from_library_archive_and_vectors_each_with_a_sentence(fast):
    archive = [
        "Rohkeutta kysyttiin, kun hitsari sanoi ei.",
        "Hitsari näytti rohkeutta taas.",
        "Rohkeus: hitsari soitti.",
        "Kahvi on kuumaa.",
    ] * 3
    found = fast.with_values(["Rohkeus"]).values["Rohkeus"].suggest_words(12, archive)
    assert len(found) == 12
    assert {word.source for word in found} == {"library", "archive", "vectors"}
    assert all(word.word in word.example.lower() or not word.is_made for word in found)
    (welder,) = (word for word in found if word.word == "hitsari")
    assert (welder.source, welder.is_made) == ("archive", False)
    assert welder.example in " ".join(archive)


def test_answers_are_written_and_never_proposed_again(fast, tmp_path):
    guide = fast.with_values(["Rohkeus"])
    first, second, *_ = (word.word for word in guide.values["Rohkeus"].suggest_words(4))
    guide.save(tmp_path)
    path = tmp_path / "guide.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    guide.with_words("Rohkeus", accepted=[first], rejected=[second]).save(tmp_path)
    value = ToneGuide.load(tmp_path).values["Rohkeus"]
    assert (value.words, value.rejected) == ((first,), (second,))
    assert not {first, second} & {word.word for word in value.suggest_words(8)}
    assert "# ours" in path.read_text(encoding="utf-8")


def test_a_word_is_not_both_taken_and_turned_down(fast):
    with pytest.raises(ValueError, match="both accepted and rejected"):
        fast.with_values(["Rohkeus"]).with_words("Rohkeus", accepted=["a"], rejected=["a"])
