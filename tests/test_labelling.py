"""The labeller: what is answered is in the file at once, can be taken back, and is shown to nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from toneguide.calibrate.labels import Label, add_label, put_label, read_labels
from toneguide.errors import CallError, InputError
from toneguide.widgets import Labeller
from toneguide.widgets.labelling import Labelling
from toneguide.widgets.to_label import PostToLabel, posts_to_label

POSTS = [PostToLabel(f"Julkaisu numero {n}, kiitos lukijalle.", "fi", "linkedin") for n in range(4)]


def answers(file: Path) -> list[tuple[str, float | None, float | None]]:
    return [(label.rater, label.corporate, label.warmth) for label in read_labels(file, missing_ok=True)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "examples.csv"


@pytest.fixture
def work(file: Path) -> Labelling:
    return Labelling(POSTS, file, "r1", ["Rohkeus", "Yhdessä"])


class TestAnswers:
    def test_an_answer_is_in_the_file_before_the_next_question(self, work: Labelling, file: Path) -> None:
        work.rate("corporate", 4)
        assert answers(file) == [("r1", 4.0, None)]
        work.rate("warmth", 2)
        assert answers(file) == [("r1", 4.0, 2.0)]

    def test_a_second_answer_takes_the_place_of_the_first(self, work: Labelling, file: Path) -> None:
        work.rate("corporate", 4)
        work.rate("corporate", 1)
        assert answers(file) == [("r1", 1.0, None)]

    def test_post_language_channel_and_ticked_values_are_written(self, work: Labelling, file: Path) -> None:
        work.tick("Yhdessä", on=True)
        work.tick("Rohkeus", on=True)
        work.tick("Rohkeus", on=False)
        [label] = read_labels(file)
        assert (label.text, label.language, label.channel, label.values) == (POSTS[0].text, "fi", "linkedin", ("Yhdessä",))
        assert label.date

    def test_a_post_with_answers_is_done_when_the_rater_goes_on(self, work: Labelling) -> None:
        work.rate("warmth", 3)
        assert work.done == 0
        work.go_on()
        assert (work.done, work.post) == (1, POSTS[1])

    def test_going_on_without_an_answer_skips_and_the_post_comes_again(self, work: Labelling, file: Path) -> None:
        work.go_on()
        assert (work.post, work.done, work.skipped) == (POSTS[1], 0, 1)
        for _ in range(3):
            work.rate("warmth", 3)
            work.go_on()
        assert work.post == POSTS[0]
        assert not any(label.text == POSTS[0].text for label in read_labels(file))

    def test_at_the_end_there_is_no_post_and_no_answer(self, work: Labelling) -> None:
        for _ in POSTS:
            work.rate("warmth", 3)
            work.go_on()
        assert (work.post, work.done, work.key) == (None, 4, "")
        with pytest.raises(ValueError, match="every post"):
            work.rate("warmth", 3)

    @pytest.mark.parametrize(("question", "rating"), [("warmth", 0), ("warmth", 6), ("alignment", 3)])
    def test_what_is_no_answer_is_refused(self, work: Labelling, file: Path, question: str, rating: int) -> None:
        with pytest.raises(ValueError, match="ratings go from 1 to 5"):
            work.rate(question, rating)
        assert not file.exists()

    def test_an_answer_that_cannot_be_saved_does_not_count(self, work: Labelling, file: Path) -> None:
        file.mkdir()
        with pytest.raises((InputError, OSError)):
            work.rate("warmth", 3)
        assert work.label is None
        assert not work.can_undo


class TestUndo:
    def test_takes_the_last_answer_out_of_the_file(self, work: Labelling, file: Path) -> None:
        work.rate("corporate", 4)
        assert work.undo() == "corporate"
        assert answers(file) == []

    def test_puts_an_earlier_answer_back(self, work: Labelling, file: Path) -> None:
        work.rate("corporate", 4)
        work.rate("corporate", 2)
        work.undo()
        assert answers(file) == [("r1", 4.0, None)]

    def test_goes_back_to_the_post_it_was_about(self, work: Labelling) -> None:
        work.rate("corporate", 4)
        work.rate("warmth", 2)
        work.go_on()
        assert work.undo() == "warmth"
        assert (work.post, work.done) == (POSTS[0], 0)
        assert work.label is not None
        assert work.label.corporate == 4

    def test_without_an_answer_does_nothing(self, work: Labelling) -> None:
        assert work.undo() == ""
        assert work.post == POSTS[0]


class TestRaters:
    def test_a_rater_goes_on_where_the_kernel_died(self, work: Labelling, file: Path) -> None:
        for question in ("corporate", "warmth"):
            work.rate(question, 3)
        work.go_on()
        work.rate("corporate", 5)
        again = Labelling(POSTS, file, "r1")
        assert (again.done, again.post) == (1, POSTS[1])
        assert again.label is not None
        assert again.label.corporate == 5

    def test_a_second_rater_begins_blind_and_with_the_posts_that_have_a_rating(self, work: Labelling, file: Path) -> None:
        work.skip()
        work.skip()
        work.rate("warmth", 5)
        other = Labelling(POSTS, file, "r2")
        assert (other.post, other.label, other.done) == (POSTS[2], None, 0)

    def test_two_raters_do_not_touch_each_others_answers(self, work: Labelling, file: Path) -> None:
        work.rate("warmth", 5)
        other = Labelling(POSTS, file, "r2")
        other.rate("warmth", 1)
        other.undo()
        other.rate("warmth", 2)
        assert answers(file) == [("r1", None, 5.0), ("r2", None, 2.0)]

    def test_a_rater_needs_a_name(self, file: Path) -> None:
        with pytest.raises(CallError, match="pseudonym"):
            Labelling(POSTS, file, " ")


class TestPosts:
    @pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame])
    def test_from_a_frame_of_any_kind_with_its_channel_and_language(self, kind) -> None:
        frame = kind({"teksti": ["Hei kaikki!", None, "Hei  kaikki!"], "channel": ["LinkedIn", "x", "x"], "language": ["fi", "", ""]})
        assert posts_to_label(frame, "teksti") == [PostToLabel("Hei kaikki!", "fi", "linkedin")]

    def test_from_a_file_and_the_language_is_found(self, tmp_path: Path) -> None:
        path = tmp_path / "posts.csv"
        path.write_text("text;kanava\nThank you all for coming yesterday.;x\n", encoding="utf-8")
        assert posts_to_label(path) == [PostToLabel("Thank you all for coming yesterday.", "en", "")]

    def test_a_missing_column_is_named_with_those_there_are(self) -> None:
        with pytest.raises(CallError, match=r"no column 'text'; the columns are 'teksti'; name yours"):
            posts_to_label(pd.DataFrame({"teksti": ["Hei!"]}))

    @pytest.mark.parametrize("posts", [[], ["", " "], pd.DataFrame({"text": [None]})])
    def test_nothing_to_label_is_said(self, posts) -> None:
        with pytest.raises(CallError, match="no posts to label"):
            posts_to_label(posts)


class TestPuttingALabel:
    def test_other_rows_and_columns_stay(self, file: Path) -> None:
        file.write_text("text,corporate,warmth,rater,muistiinpano\nEka,1,2,r1,tärkeä\nToka,3,3,r1,\n", encoding="utf-8")
        put_label(file, Label("Eka", warmth=5, rater="r1"))
        frame = pd.read_csv(file)
        assert frame["text"].tolist() == ["Eka", "Toka"]
        assert frame["muistiinpano"].tolist()[0] == "tärkeä"
        assert frame["warmth"].tolist() == [5, 3]

    def test_a_label_that_says_nothing_takes_the_earlier_one_out(self, file: Path) -> None:
        add_label(file, Label("Eka", warmth=2, rater="r1"))
        put_label(file, Label("Eka", rater="r1"))
        put_label(file, Label("Toka", rater="r1"))
        assert answers(file) == []

    def test_a_kernel_killed_at_any_moment_leaves_every_answer_confirmed_before(self, file: Path) -> None:
        code = (
            "import sys\nfrom toneguide.calibrate.labels import Label, put_label\n"
            "for n in range(10_000):\n"
            "    put_label(sys.argv[1], Label(f'Julkaisu {n // 2}', corporate=4, warmth=3 if n % 2 else None, rater='r1'))\n"
            "    print(n, flush=True)\n"
        )
        for stop_after in (1, 6, 11):
            file.unlink(missing_ok=True)
            with subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, env={**os.environ}) as process:
                assert process.stdout is not None
                for _ in range(stop_after + 1):
                    last = int(process.stdout.readline())
                process.kill()
            found = {label.text: label for label in read_labels(file)}
            assert {f"Julkaisu {n // 2}" for n in range(last + 1)} <= set(found)
            assert all(found[f"Julkaisu {n // 2}"].warmth == 3 for n in range(last + 1) if n % 2)


class TestWidget:
    @pytest.fixture
    def shown(self, file: Path):
        widget = Labeller([post.text for post in POSTS], file, rater="r1", values=["Rohkeus"], language="fi")
        sent: list[dict] = []
        widget.send = sent.append

        def tell(do: str, **fields: object) -> dict:
            widget._handle_custom_msg({"do": do, "key": sent[-1]["key"] if sent else "", **fields}, [])
            return sent[-1]

        return tell

    def test_a_page_that_opens_gets_the_post_and_words_in_its_language(self, shown) -> None:
        state = shown("show")
        assert state["post"]["text"] == POSTS[0].text
        assert state["words"]["warmth"] == "Lämpö"
        assert state["answers"] == {"corporate": None, "warmth": None}

    def test_an_answer_is_saved_and_said(self, shown, file: Path) -> None:
        shown("show")
        state = shown("rate", question="warmth", rating=4)
        assert (state["said"], state["answers"]["warmth"]) == ("Tallennettu: lämpö 4", 4)
        assert answers(file) == [("r1", None, 4.0)]

    def test_an_answer_names_the_key_press_it_belongs_to(self, shown) -> None:
        state = shown("show", view="v1", turn=3)
        assert (state["view"], state["turn"]) == ("v1", 3)

    def test_an_answer_to_another_post_than_the_one_shown_is_not_taken(self, shown, file: Path) -> None:
        shown("show")
        shown("rate", question="warmth", rating=4, key="another")
        assert answers(file) == []

    @pytest.mark.parametrize("message", [{"do": "rate"}, {"do": "rate", "question": "x", "rating": "5"}, {"do": "tick", "value": "?"}])
    def test_a_message_that_makes_no_sense_changes_nothing_and_is_told(self, shown, file: Path, message: dict) -> None:
        shown("show")
        assert shown(**message)["problem"].startswith("Ei tallentunut")
        assert not file.exists()

    def test_an_unknown_message_is_ignored(self, shown) -> None:
        before = shown("show")
        assert shown("delete everything") is before

    def test_another_rater_may_take_over_on_the_page(self, shown, file: Path) -> None:
        shown("show")
        shown("rate", question="warmth", rating=4)
        state = shown("rater", rater="r2")
        assert (state["rater"], state["done"], state["answers"]["warmth"], state["undo"]) == ("r2", 0, None, False)

    def test_other_raters_answers_never_reach_the_page(self, shown, file: Path) -> None:
        add_label(file, Label(POSTS[0].text, warmth=2, rater="somebody else"))
        assert "somebody else" not in str(shown("show"))
        assert shown("show")["answers"]["warmth"] is None

    def test_posts_and_answers_are_no_state_of_the_widget(self, file: Path) -> None:
        widget = Labeller(["Salainen julkaisu"], file, rater="r1")
        assert "Salainen" not in str(widget.get_state())

    def test_kept_outputs_hold_a_stable_text_and_a_still_picture(self, file: Path) -> None:
        data, _ = Labeller(["Hei kaikki!"], file, rater="<b>", language="en")._repr_mimebundle_()
        assert data["text/plain"] == "Labeller: 0 of 1 posts labelled by <b> in examples.csv"
        assert "&lt;b&gt;" in data["text/html"]
        assert "<script" not in data["text/html"]
