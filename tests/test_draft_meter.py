"""The draft meter: what it shows of a draft, and that it keeps nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.calibrate.labels import read_labels
from toneguide.decided import Band, Decisions, Situation, Targets
from toneguide.guide import ToneGuide
from toneguide.suggest.records import apply_edits
from toneguide.widgets import DraftMeter, Labeller
from toneguide.widgets.draft import browser_offsets, help_to_show, score_to_show

DRAFT = "🎉 Hyödynnämme osaamistamme rohkeasti, kiitos kaikille."


def in_browser(text: str) -> bytes:
    """The text as a browser counts it: two bytes a place."""
    return text.encode("utf-16-le", "surrogatepass")


def cut(text: str, start: int, end: int) -> str:
    return in_browser(text)[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


@pytest.fixture(scope="module")
def guide() -> ToneGuide:
    targets = {"": Targets(warmth=Band(low=90)), "blog": Targets(corporate=Band(high=0), warmth=Band(low=0, high=100))}
    situations = {"juhla": Situation(Targets(warmth=Band(low=99)))}
    return ToneGuide.default("fast").with_values(["Rohkeus"]).with_decisions(Decisions(targets=targets, situations=situations))


class Page:
    """Stands for the browser: what the meter sent it."""

    def __init__(self, meter: DraftMeter) -> None:
        self.meter = meter
        self.sent: list[dict] = []
        meter.send = self.sent.append

    def tell(self, do: str, text: object = "", turn: int = 1) -> dict:
        self.meter._handle_custom_msg({"do": do, "text": text, "turn": turn}, [])
        return self.sent[-1]


@pytest.fixture
def page(guide: ToneGuide, tmp_path: Path) -> Page:
    return Page(DraftMeter(guide, channel="blog", to_label=tmp_path / "to_label.csv", language="fi"))


class TestShown:
    @given(st.text(alphabet="aä 🎉👩\u200d🔧\n", max_size=20), st.data())
    def test_offsets_are_those_of_a_browser(self, text: str, data) -> None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        to_browser = browser_offsets(text)
        assert cut(text, to_browser(start), to_browser(end)) == text[start:end]

    def test_highlights_stand_where_their_words_are(self, guide: ToneGuide) -> None:
        shown = score_to_show(guide.score(DRAFT))
        assert {"Hyödynnämme", "rohkeasti"} <= {mark["found"] for mark in shown["marks"]}
        for mark in shown["marks"]:
            assert cut(DRAFT, mark["start"], mark["end"]) == mark["found"]

    def test_meters_show_the_scores_of_the_guide(self, page: Page, guide: ToneGuide) -> None:
        score = guide.score(DRAFT)
        meters = page.tell("score", DRAFT)["meters"]
        assert [meter["score"] for meter in meters] == [score.corporate, score.warmth, score.alignment, score.values["Rohkeus"].alignment]
        assert [meter["kind"] for meter in meters] == ["dimension"] * 3 + ["value"]

    def test_bands_are_those_of_the_channel_and_say_whether_they_are_met(self, page: Page) -> None:
        corporate, warmth, alignment, _ = page.tell("score", DRAFT)["meters"]
        assert (corporate["low"], corporate["high"], corporate["inside"]) == (0, 0, False)
        assert (warmth["low"], warmth["high"], warmth["inside"]) == (0, 100, True)
        assert (alignment["low"], alignment["inside"]) == (None, None)
        assert "tavoitteen ulkopuolella, enintään 0" in corporate["told"]

    def test_a_situation_comes_before_the_channel(self, guide: ToneGuide) -> None:
        meters = Page(DraftMeter(guide, channel="blog", situation="juhla")).tell("score", DRAFT)["meters"]
        assert (meters[0]["low"], meters[1]["low"]) == (None, 99)

    def test_a_situation_that_the_guide_does_not_name_is_refused_at_once(self, guide: ToneGuide) -> None:
        with pytest.raises(ValueError, match="its situations are juhla"):
            DraftMeter(guide, situation="kriisi")

    def test_ready_suggestions_make_the_text_they_promise(self, page: Page, guide: ToneGuide) -> None:
        suggestions = {one["found"]: one for one in page.tell("help", DRAFT)["suggestions"]}
        choice = suggestions["Hyödynnämme"]["choices"][0]
        text = in_browser(DRAFT)
        for start, end, new in reversed(choice["edits"]):
            text = text[: 2 * start] + in_browser(new) + text[2 * end :]
        ours = next(s for s in guide.score(DRAFT).suggestions if s.found == "Hyödynnämme").choices[0]
        assert text.decode("utf-16-le") == apply_edits(DRAFT, ours.edits)

    def test_a_text_without_a_score_shows_why_and_no_meters(self, page: Page) -> None:
        answer = page.tell("score", "Hei!")
        assert (answer["meters"], answer["marks"]) == ([], [])
        assert answer["note"]

    def test_an_empty_draft_is_no_problem_to_talk_about(self, page: Page) -> None:
        assert page.tell("score", " ")["note"] == ""
        assert help_to_show(page.meter._guide.score("")) == {"suggestions": [], "advice": []}

    def test_an_answer_names_the_text_it_belongs_to(self, page: Page) -> None:
        assert page.tell("score", DRAFT, turn=7)["turn"] == 7

    def test_a_page_that_opens_gets_its_words_first_and_is_told_when_all_is_loaded(self, page: Page) -> None:
        page.tell("show")
        assert [message["kind"] for message in page.sent] == ["words", "ready"]
        assert "ei tallenneta" in page.sent[0]["words"]["privacy"]

    @pytest.mark.parametrize(
        "message", [{}, {"do": "open"}, {"do": "score", "text": None}, {"do": "score", "text": "\ud83c oo", "turn": 2}]
    )
    def test_messages_that_make_no_sense_raise_nothing(self, page: Page, message: dict) -> None:
        page.meter._handle_custom_msg(message, [])


class TestNoTrace:
    def test_a_draft_is_no_state_of_the_widget(self, page: Page) -> None:
        page.tell("score", DRAFT)
        page.tell("help", DRAFT)
        page.tell("disagree", DRAFT)
        assert "osaamistamme" not in repr(page.meter.get_state())
        assert "osaamistamme" not in repr({name: value for name, value in vars(page.meter).items() if name != "_guide"})

    def test_outputs_of_a_notebook_hold_none_of_it(self, page: Page) -> None:
        page.tell("score", DRAFT)
        assert "osaamistamme" not in repr(page.meter._repr_mimebundle_())

    def test_scoring_and_suggestions_write_no_file(self, page: Page, tmp_path: Path) -> None:
        page.tell("score", DRAFT)
        page.tell("help", DRAFT)
        assert list(tmp_path.iterdir()) == []

    def test_a_failure_is_told_without_the_draft(self, page: Page, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError(DRAFT)

        monkeypatch.setattr(page.meter._guide, "score", fail)
        assert "osaamistamme" not in repr(page.tell("score", DRAFT))
        assert "osaamistamme" not in "".join(capfd.readouterr())

    def test_only_disagreeing_puts_the_draft_on_the_list_and_once(self, page: Page, tmp_path: Path) -> None:
        assert page.tell("disagree", DRAFT)["said"] == "Luonnos on nyt listassa to_label.csv."
        assert "jo listassa" in page.tell("disagree", DRAFT)["said"]
        [label] = read_labels(tmp_path / "to_label.csv")
        assert (label.text, label.language, label.channel, label.warmth) == (DRAFT, "fi", "blog", None)

    def test_the_labeller_takes_the_list_as_it_is(self, page: Page, tmp_path: Path) -> None:
        page.tell("disagree", DRAFT)
        assert Labeller(tmp_path / "to_label.csv", tmp_path / "examples.csv", rater="r1").total == 1

    def test_disagreeing_with_an_empty_draft_writes_nothing(self, page: Page, tmp_path: Path) -> None:
        page.tell("disagree", "  ")
        assert list(tmp_path.iterdir()) == []
