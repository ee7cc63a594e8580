"""Pages for training: what stands on them, in both languages, and that nothing in a post can act."""

from __future__ import annotations

import pytest

from toneguide import InputError, ToneGuide
from toneguide.interface import speaking
from toneguide.lab import sample_guide, sample_posts
from toneguide.report import choose_sheet_posts, write_report, write_sheet, write_workshop

HOSTILE = "<script>alert(1)</script> Kiitos kaikille, jotka jäivät eilen illalla auttamaan meitä!"


@pytest.fixture(scope="module")
def posts():
    return sample_posts("fi")["text"]


@pytest.fixture(scope="module")
def guide():
    return sample_guide("fi")


def test_dos_are_warmer_and_plainer_than_donts(guide, posts):
    chosen = choose_sheet_posts(guide, posts, 5)
    assert len(chosen.dos) == len(chosen.donts) == 5
    assert min(one.warmth for one in chosen.dos) > max(one.warmth for one in chosen.donts)
    assert max(one.corporate for one in chosen.dos) < min(one.corporate for one in chosen.donts)


def test_few_posts_are_on_one_side_only(guide, posts):
    chosen = choose_sheet_posts(guide, list(posts[:5]), 5)
    assert {one.text for one in chosen.dos}.isdisjoint(one.text for one in chosen.donts)


def test_near_copies_are_taken_once(guide):
    warm = "Kiitos ihanat, kun jäitte eilen illalla auttamaan meitä varastolle, olette aarteita kaikki!"
    stiff = "Panostamme asiakaslähtöisten palveluprosessien kokonaisvaltaiseen kehittämiseen strategiamme mukaisesti tänä vuonna kaikissa yksiköissä."
    assert len(choose_sheet_posts(guide, [warm, warm + "!", stiff, stiff], 2).dos) == 1


@pytest.mark.parametrize(("language", "words"), [("fi", "Lisää tällaista"), ("en", "More like this")])
def test_the_sheet_speaks_the_language_of_the_interface_and_offers_plainer_words(guide, posts, tmp_path, language, words):
    with speaking(language):
        write_sheet(guide, posts, tmp_path / "sheet.html", 3)
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert words in page
    assert "Kaamos Huolto" in page
    assert " → " in page


def test_nothing_in_a_post_can_act(guide, posts, tmp_path):
    write_sheet(guide, [HOSTILE, *posts], tmp_path / "sheet.html", 60)
    write_workshop([HOSTILE], tmp_path / "workshop.html")
    for name in ("sheet.html", "workshop.html"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert "<script" not in page
        assert "src=" not in page
    assert "&lt;script&gt;" in page


def test_the_workshop_has_both_scales_for_each_post(posts, tmp_path):
    with speaking("fi"):
        write_workshop(posts[:10], tmp_path / "workshop.html")
    page = (tmp_path / "workshop.html").read_text(encoding="utf-8")
    assert (page.count("<li>"), page.count("<i>5</i>")) == (10, 20)


@pytest.mark.parametrize(
    "wrong",
    [lambda g, p: choose_sheet_posts(g, "one text"), lambda g, p: choose_sheet_posts(g, p, 0), lambda g, p: write_workshop("x", "y")],
)
def test_a_wrong_call_is_told_in_one_line(guide, posts, wrong):
    with pytest.raises(ValueError, match="posts"):
        wrong(guide, posts)


def test_a_place_that_cannot_be_written_is_told(guide, posts, tmp_path):
    with pytest.raises(InputError, match="choose another place"):
        write_sheet(guide, posts, tmp_path / "nowhere" / "sheet.html")


@pytest.mark.parametrize("suffix", [".html", ".xlsx"])
def test_a_report_comes_straight_from_a_frame(tmp_path, suffix):
    write_report(sample_posts("en"), ToneGuide.default("fast"), tmp_path / f"report{suffix}", language="en")
    assert (tmp_path / f"report{suffix}").stat().st_size > 1000


@pytest.mark.parametrize(("options", "told"), [({"text": "Teksti"}, "no column 'Teksti'"), ({"path": "report.pdf"}, ".html or .xlsx")])
def test_a_report_that_cannot_be_made_says_why(tmp_path, options, told):
    path = tmp_path / options.pop("path", "report.html")
    with pytest.raises(ValueError, match=told):
        write_report(sample_posts("en"), ToneGuide.default("fast"), path, **options)
