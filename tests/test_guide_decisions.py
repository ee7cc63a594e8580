"""What a guide decides beside values: terms, packs, targets, situations, hands off, topics; and the template that explains it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from toneguide import GuideError, ToneGuide
from toneguide.decided import Band, Decisions, Situation, Targets, Term, Topic
from toneguide.guide_folder.checks import check_folder, guide_problems
from toneguide.guide_folder.packs import load_packs, pack_ids
from toneguide.guide_folder.page import guide_to_html
from toneguide.guide_folder.start import TEMPLATES, start_guide
from toneguide.interface import use_language
from toneguide.values.value import Values

WARM = "Kiitos kaikille eilisestä, oli tosi kivaa olla mukana."
FULL = """\
company: Kaamos Huolto # us
voice: [Puhumme suoraan.]
values:
  - name: Rohkeus
    use: courage
    weight: 2
    fi: {words: [hurjapäisyys], not: [hurja hinta]}
terms:
  - {avoid: ongelma, prefer: haaste, note: toivo, language: fi}
packs: [positive_framing, plain_language]
targets:
  default: {warmth: {min: 40}}
  LinkedIn: {corporate: {max: 10}, warmth: {min: 90}}
situations:
  suru:
    targets: {warmth: {max: 20}}
    packs_off: [positive_framing]
hands_off: {phrases: [Kaamos Plus], quotes: true}
topics:
  - {name: Tapaturma, words: [työtapaturma], notice: Kysy ensin., ask: viestintä, silent: Ennen omaisia.}
pipeline: fast
tolerance: 2
privacy: {raters: names, quotes: true}
"""


@pytest.fixture
def write(tmp_path):
    def guide_yaml(text: str):
        (tmp_path / "guide.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return guide_yaml


@pytest.fixture
def full(write):
    return ToneGuide.load(write(FULL))


def test_everything_decided_comes_back_from_another_folder(full, tmp_path):
    full.save(tmp_path / "copy")
    other = ToneGuide.load(tmp_path / "copy")
    assert (other.values, other.decisions, other.pipeline) == (full.values, full.decisions, full.pipeline)


def test_saving_into_its_own_folder_changes_no_byte(write):
    folder = write(FULL)
    ToneGuide.load(folder).save(folder)
    assert (folder / "guide.yaml").read_text(encoding="utf-8") == FULL


@pytest.mark.parametrize(
    ("channel", "situation", "in_tone"),
    [(None, None, True), ("linkedin", None, False), ("LINKEDIN ", None, False), ("blog", None, True), (None, "Suru", False)],
)
def test_targets_follow_channel_and_situation(full, channel, situation, in_tone):
    assert full.score(WARM, channel=channel, situation=situation).in_tone is in_tone


def test_without_targets_there_is_no_in_tone(fast):
    assert fast.score(WARM).in_tone is None
    assert fast.score(WARM).targets is None


def test_without_a_score_there_is_no_in_tone(full):
    assert full.score("").in_tone is None


def test_an_unknown_situation_says_so_at_the_call(full):
    with pytest.raises(ValueError, match="its situations are suru"):
        full.score_many([], situation="juhla")


def test_channels_go_with_their_texts_and_may_end_early(full):
    scores = full.score_many([WARM, WARM, WARM], channels=["linkedin", None])
    assert [score.in_tone for score in scores] == [False, True, True]


def test_a_frame_has_its_channels_in_a_column(full):
    frame = full.score_frame(pd.DataFrame({"text": [WARM, WARM], "kanava": ["linkedin", "x"]}), channel="kanava")
    assert frame["in_tone"].tolist() == [False, True]


def test_a_sensitive_topic_gives_a_notice_instead_of_a_score(full):
    score = full.score("Eilen sattui ikävä työtapaturma varastolla.")
    assert (score.status, score.warmth, score.alignment) == ("sensitive", None, None)
    for words in ("Tapaturma", "Kysy ensin.", "viestintä", "Ennen omaisia."):
        assert words in score.reason
    assert [topic.name for topic in score.topics] == ["Tapaturma"]
    assert list(score.values) == ["Rohkeus"]


@pytest.mark.parametrize("text", ["Kaamos Plussassa", "kaamos plus", "“synergiaa ja lisäarvoa”"])
def test_what_is_left_alone_moves_no_score(full, text):
    bare, more = full.score(f"{WARM} Nähdään taas."), full.score(f"{WARM} Nähdään {text} taas.")
    assert more.margin == pytest.approx(bare.margin, abs=1e-9)
    assert more.n_words == bare.n_words
    assert [more.text[a:b] for a, b in full.hands_off_spans(more.text)] == [text]


def test_a_compound_that_begins_like_a_name_is_not_left_alone(fast):
    guide = fast.with_decisions(Decisions(hands_off=("Kone",)))
    assert guide.hands_off_spans("Koneoppiminen ja Koneen hissi") == [(17, 23)]


def test_a_post_of_nothing_else_is_empty_and_says_why(full):
    score = full.score("Kaamos Plus!")
    assert (score.status, score.alignment) == ("empty", None)
    assert "leaves alone" in score.reason


def test_the_guides_own_term_wins_over_a_pack(full):
    (term,) = (term for term in full.decisions.terms if term.avoid == "ongelma")
    assert (term.prefer, term.pack) == (("haaste",), "")


def test_a_pack_term_that_leads_back_is_left_out(write):
    guide = ToneGuide.load(write("terms: [{avoid: haaste, prefer: [ongelma]}]\npacks: [positive_framing]\n"))
    assert [term.avoid for term in guide.decisions.terms if "haaste" in term.prefer] == []


@pytest.mark.parametrize(
    ("text", "situation", "is_on"),
    [("Meillä on ongelma.", None, True), ("Pahoittelemme tapaturmaa.", None, False), ("Meillä on ongelma.", "suru", False)],
)
def test_positive_framing_is_silent_in_apologies_accidents_and_grief(full, text, situation, is_on):
    assert any(term.pack == "positive_framing" for term in full.decisions.terms_for(text, situation)) is is_on


def test_every_pack_has_terms_in_both_languages():
    for pack in load_packs(pack_ids()):
        assert len(pack.terms) >= 10, pack.id
        assert len({term.avoid for term in pack.terms}) == len(pack.terms), pack.id
        assert pack.meaning


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("targets:\n  linkedin:\n    warmht: {min: 1}\n", 3, "did you mean 'warmth'"),
        ("targets: {x: {warmth: {min: 60, max: 50}}}\n", 1, "min 60 is above max 50"),
        ("targets: {x: {warmth: {min: 160}}}\n", 1, "less than or equal to 100"),
        ("values:\n  - name: A\n    word: [b]\n", 3, "did you mean 'words'"),
        ("values:\n  - A\n  - a\n", 3, "is there twice"),
        ("values:\n  - name: A\n    words:\n      - b\n      - ''\n", 5, "empty word"),
        ("values:\n  - name: A\n    words: [12]\n", 3, "quotes"),
        ("values: [{name: A, use: couragee}]\n", 1, "did you mean 'courage'"),
        ("packs:\n  - plain_languge\n", 2, "did you mean 'plain_language'"),
        ("terms:\n  - prefer: [a]\n", 2, "avoid is missing"),
        ("hands_off: {quotes: perhaps}\n", 1, "true or false"),
        ("a: &x [1]\nb: [*x, *x]\n", 1, "anchors and aliases"),
        ("values:\n\t- a\n", 2, "tab"),
        ("values: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: " + "[" * 50 + "]" * 50, 1, "nested too deep"),
    ],
)
def test_errors_name_the_line_and_the_likely_key(write, text, line, told):
    folder = write(text)
    with pytest.raises(GuideError) as raised:
        ToneGuide.load(folder)
    assert f"line {line}:" in str(raised.value)
    assert told in str(raised.value)
    assert (folder / "guide.yaml").read_text(encoding="utf-8") == text


def test_a_bomb_of_aliases_is_refused_at_once(write):
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    with pytest.raises(GuideError, match="anchors and aliases"):
        ToneGuide.load(write("\n".join(lines)))


def test_a_broken_guide_is_not_overwritten(fast, write):
    folder = write("values: [\n")
    with pytest.raises(GuideError):
        fast.with_values(["A"]).save(folder)
    assert (folder / "guide.yaml").read_text(encoding="utf-8") == "values: [\n"


def test_all_problems_are_listed_at_once(write):
    folder = write("valuess: []\npipeline: slow\n")
    assert [str(problem).split(": ", 1)[0].rsplit(", ", 1)[1] for problem in guide_problems(folder)] == ["line 2", "line 1"]


# The template


@pytest.mark.parametrize("language", TEMPLATES)
def test_a_new_guide_loads_scores_and_has_nothing_to_look_at(tmp_path, language):
    start_guide(tmp_path / "g", language)
    guide = ToneGuide.load(tmp_path / "g")
    assert len(guide.values) == 2
    assert guide.score(WARM).in_tone is not None
    assert check_folder(tmp_path / "g", guide.values, guide.decisions) == []


@pytest.mark.parametrize("language", TEMPLATES)
def test_every_example_in_a_template_works_once_its_mark_is_gone(tmp_path, language):
    path = start_guide(tmp_path, language)
    lines = path.read_text(encoding="utf-8").splitlines()
    # Explanations have one space or three after their mark, examples none, two or four.
    shown = [line[1:] if re.match(r"#(  )*[^\s#]", line) else line for line in lines]
    found: dict[str, int] = {}
    kept = []
    for line in shown:
        key = line.split(":")[0]
        if line[:1].isalpha() and key in found:
            del kept[found[key] :]
        if line[:1].isalpha():
            found[key] = len(kept)
        kept.append(line)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    guide = ToneGuide.load(tmp_path)
    assert len(guide.values) == 3
    assert guide.decisions.topics


def test_a_guide_that_is_there_stays(tmp_path):
    start_guide(tmp_path)
    (tmp_path / "guide.yaml").write_text("values: [A]\n", encoding="utf-8")
    with pytest.raises(GuideError, match="there already"):
        start_guide(tmp_path)
    assert (tmp_path / "guide.yaml").read_text(encoding="utf-8") == "values: [A]\n"


# What will not work


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("values:\n  - name: Me\n    words: [olla]\n", 2, "stands in"),
        ("values:\n  - {name: Rohkeus, use: courage}\n  - {name: Uskallus, use: courage}\n", 3, "share most of their words"),
        ("values: ['🎉']\n", 1, "no word to look for"),
        ("terms:\n  - avoid: hyödynnämme\n    prefer: [käyttää]\n", 2, "matches nothing it should"),
        ("terms:\n  - {avoid: a, prefer: [b]}\n  - {avoid: b, prefer: [a]}\n", 2, "circle"),
        ("hands_off: [ja]\n", 1, "everyday word"),
        ("targets: {linkedn: {warmth: {min: 1}}}\n", 1, "meant to be 'linkedin'"),
    ],
)
def test_what_will_not_work_is_found(write, text, line, told):
    folder = write(text)
    guide = ToneGuide.load(folder)
    findings = [finding for finding in check_folder(folder, guide.values, guide.decisions) if told in finding.told]
    assert [f"line {line}" in finding.where for finding in findings][:1] == [True]
    assert not findings[0].is_note


def test_a_preferred_word_that_our_lists_call_corporate_is_worth_knowing(write):
    folder = write("terms: [{avoid: apu, prefer: [synergia], language: fi}]\n")
    guide = ToneGuide.load(folder)
    (finding,) = check_folder(folder, guide.values, guide.decisions)
    assert finding.is_note
    assert "the guide wins" in finding.told


def test_a_sound_guide_has_nothing_to_look_at(write):
    folder = write("values: [Rohkeus]\nterms: [{avoid: hyödyntää, prefer: [käyttää]}]\n")
    guide = ToneGuide.load(folder)
    assert check_folder(folder, guide.values, guide.decisions) == []


# The page


@pytest.mark.parametrize(("language", "heading"), [("fi", "Arvomme"), ("en", "Our values")])
def test_the_page_comes_in_both_languages_with_all_that_was_decided(full, language, heading):
    use_language(language)
    try:
        page = guide_to_html(full.values, full.decisions)
    finally:
        use_language(None)
    for words in (
        heading,
        "Kaamos Huolto",
        "Puhumme suoraan.",
        "Rohkeus",
        "ongelma",
        "linkedin",
        "suru",
        "Kaamos Plus",
        "Tapaturma",
        f'lang="{language}"',
    ):
        assert words in page
    assert "<script" not in page
    assert "http" not in page


def test_the_page_escapes_what_people_wrote():
    nasty = "<script>alert(1)</script>"
    decisions = Decisions(
        terms=(Term(nasty, (nasty,), nasty),), targets={nasty: Targets(warmth=Band(low=1))}, situations={nasty: Situation(note=nasty)},
        hands_off=(nasty,), topics=(Topic(nasty, (nasty,), nasty, nasty, nasty),), company=nasty, voice=(nasty,),
    )  # fmt: skip
    assert "<script" not in guide_to_html(Values(), decisions)
