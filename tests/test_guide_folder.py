"""A guide folder: saved and loaded without loss, and refused with the line where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from toneguide import GuideError, ModelError, ToneGuide

POSTS = [
    "Kiitos kaikille talkoolaisille, oli hauskaa!",
    "Lasku erääntyy perjantaina, viivästyskorko peritään.",
    "Thanks to all of you for coming today, it was fun.",
    "",
]
COMMENTED = """\
# our tone
values: # ours since 1998
  - Rohkeus # the first
  # and the second
  - name: Vastuu # responsibility
    words: [ei, no, on, yes] # all of them words
pipeline: fast # quick
"""


@pytest.fixture
def write(tmp_path):
    def guide_yaml(text: str | bytes) -> Path:
        (tmp_path / "guide.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return guide_yaml


@pytest.fixture(scope="module")
def calibrated(valued):
    labels = pd.DataFrame({"text": POSTS[:2], "warmth": [1.0, 0.0], "corporate": [0.0, 1.0]})
    return valued.calibrate(labels, language="fi")


@pytest.fixture
def saved(calibrated, tmp_path):
    calibrated.save(tmp_path)
    return tmp_path


def margins(guide: ToneGuide) -> list[dict[str, float]]:
    return [dict(score.margin) | {name: value.alignment for name, value in score.values.items()} for score in guide.score_many(POSTS)]


def test_a_calibrated_guide_comes_back_with_the_same_scores(calibrated, saved):
    loaded = ToneGuide.load(saved)
    assert margins(loaded) == margins(calibrated)
    assert (loaded.values, loaded.pipeline) == (calibrated.values, calibrated.pipeline)


def test_a_folder_may_be_a_string(calibrated, tmp_path):
    calibrated.save(str(tmp_path / "new" / "guide"))
    assert margins(ToneGuide.load(str(tmp_path / "new" / "guide"))) == margins(calibrated)


def test_saving_twice_gives_the_same_bytes(calibrated, saved):
    before = {path: path.read_bytes() for path in saved.rglob("*") if path.is_file()}
    calibrated.save(saved)
    assert {path: path.read_bytes() for path in saved.rglob("*") if path.is_file()} == before


def test_only_the_calibrated_language_is_written(saved):
    assert [path.name for path in (saved / "model").iterdir()] == ["fi.json"]


def test_a_guide_without_calibration_takes_the_model_file_away(saved, valued):
    valued.save(saved)
    assert not (saved / "model" / "fi.json").exists()
    assert margins(ToneGuide.load(saved)) == margins(valued)


def test_nothing_but_the_guide_is_left_in_the_folder(saved):
    assert sorted(path.name for path in saved.iterdir()) == ["guide.yaml", "model"]


def test_words_that_other_yaml_reads_as_true_and_false_stay_words(write):
    guide = ToneGuide.load(write(COMMENTED))
    assert [(value.name, value.words) for value in guide.values] == [("Rohkeus", ()), ("Vastuu", ("ei", "no", "on", "yes"))]
    assert guide.pipeline == "fast"


@pytest.mark.parametrize("comment", ["# our tone", "# ours since 1998", "# quick", "# responsibility", "# all of them words"])
def test_comments_survive_a_save(write, comment):
    folder = write(COMMENTED)
    ToneGuide.load(folder).save(folder)
    assert comment in (folder / "guide.yaml").read_text()


@pytest.mark.parametrize("comment", ["# the first", "# and the second"])
def test_comments_beside_values_survive_a_save(write, comment):
    folder = write(COMMENTED)
    ToneGuide.load(folder).save(folder)
    assert comment in (folder / "guide.yaml").read_text()


def test_values_are_added_taken_away_and_put_in_order(write):
    folder = write(COMMENTED)
    ToneGuide.load(folder).with_values(["Uusi", "Rohkeus"]).save(folder)
    assert [value.name for value in ToneGuide.load(folder).values] == ["Uusi", "Rohkeus"]


def test_the_words_of_a_value_can_be_changed(write):
    folder = write(COMMENTED)
    ToneGuide.load(folder).with_values([{"name": "Vastuu", "words": ["huoli"]}]).save(folder)
    assert ToneGuide.load(folder).values[0].words == ("huoli",)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "values: []\n", "values:\n"])
def test_an_empty_guide_is_a_guide_without_values(write, text):
    assert ToneGuide.load(write(text)).values == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("values: [", "line 1"),
        ("pipeline: fast\nvalues:\n\t- a\n", "line 3"),
        ("valuess: []\n", "line 1: unknown key 'valuess'; did you mean 'values'"),
        ("pipeline: slow\n", "'slow'; choose one of accurate, fast"),
        ("values: [a, a]\n", "'a' is there twice"),
        ("values: [a]\nvalues: [b]\n", "line 2: found duplicate key"),
        ("- a\n", "expected keys"),
        ("values: [{name: a, words: b}]\n", "list of words"),
        ("values: [{words: [b]}]\n", "needs a name"),
        ("values: !!python/object/apply:os.getcwd []\n", "constructor"),
        ("values: [Yhdessä]\n".encode("latin-1"), "not UTF-8"),
        ("#" * 1_000_001, "larger than 1 MB"),
        ("values: [1]\n", "needs a name"),
        ("values: Rohkeus\n", "list"),
        ("values: abc\n", "list"),
        ("values: {a: 1}\n", "list"),
    ],
    ids=str,
)
def test_a_guide_that_cannot_be_used_says_where_and_why(write, text, message):
    folder = write(text)
    with pytest.raises(GuideError, match=message) as told:
        ToneGuide.load(folder)
    assert str(folder / "guide.yaml") in str(told.value)


def test_a_folder_without_a_guide_says_what_to_do(tmp_path):
    with pytest.raises(GuideError, match=r"no guide\.yaml there"):
        ToneGuide.load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "wrong",
    [
        {"bias": [1.0]},
        {"bias": ["nan", 1.0]},
        {"bias": [None, 1.0]},
        {"bias": [True, 1.0]},
        {"bias": "12"},
        {"scale": [1e300, 1.0]},
        {"scale": 1.0},
        {"signals": []},
        {"signals": {"no_such_signal": [1.0, 2.0]}},
        {"lists": {"no_such_list": [1.0, 2.0]}},
        {"entries": [["no", "such", [1.0, 2.0]]]},
        {"entries": 5},
        {"subwords": {"99999999": [1.0, 2.0]}},
        {"subwords": {"-1": [1.0, 2.0]}},
        {"subwords": {"1": [1.0]}},
        {"subwords": {"x": [1.0, 2.0]}},
        {"subwords": 5},
    ],
    ids=str,
)
def test_a_model_file_with_wrong_content_is_refused(saved, wrong):
    path = saved / "model" / "fi.json"
    facts = json.loads(path.read_text())
    facts["changes"][0] |= wrong
    path.write_text(json.dumps(facts))
    with pytest.raises(ModelError, match=r"fi\.json.*calibrate again"):
        ToneGuide.load(saved)


@pytest.mark.parametrize("wrong", [{"changes_what": "0"}, {"changes_what": None}, {"changes": [5]}, {"changes": None}], ids=str)
def test_a_model_file_made_for_other_weights_is_refused(saved, wrong):
    path = saved / "model" / "fi.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | wrong))
    with pytest.raises(ModelError, match=r"fi\.json.*calibrate again"):
        ToneGuide.load(saved)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"null"])
def test_a_damaged_model_file_is_refused(saved, content):
    (saved / "model" / "fi.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"fi\.json.*calibrate again"):
        ToneGuide.load(saved)


def test_a_model_file_is_small_enough_to_review(saved):
    assert (saved / "model" / "fi.json").stat().st_size < 50_000


def test_a_guide_calibrated_twice_comes_back_with_both_changes(calibrated, tmp_path):
    labels = pd.DataFrame({"text": [POSTS[2], "Late submissions will be rejected."], "warmth": [0.0, 1.0]})
    twice = calibrated.calibrate(labels, language="en").calibrate(pd.DataFrame({"text": POSTS[:2], "warmth": [0.5, 0.5]}), language="fi")
    twice.save(tmp_path)
    loaded = ToneGuide.load(tmp_path)
    assert margins(loaded) == margins(twice)
    assert margins(loaded)[0] != margins(calibrated)[0]
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == ["en.json", "fi.json"]


def test_a_loaded_guide_can_be_calibrated_and_saved_again(calibrated, saved):
    labels = pd.DataFrame({"text": POSTS[:2], "warmth": [0.5, 0.5]})
    again = ToneGuide.load(saved).calibrate(labels, language="fi")
    again.save(saved)
    assert margins(ToneGuide.load(saved)) == margins(again) == margins(calibrated.calibrate(labels, language="fi"))


def test_a_folder_without_a_guide_is_answered_with_the_guides_beside_it(tmp_path):
    (tmp_path / "our-guide").mkdir()
    (tmp_path / "our-guide" / "guide.yaml").write_text("values: [Rohkeus]\n", encoding="utf-8")
    with pytest.raises(GuideError, match="there is one in 'our-guide'"):
        ToneGuide.load(tmp_path / "our-gide")
    with pytest.raises(GuideError, match=r"name the folder, '.*our-guide'"):
        ToneGuide.load(tmp_path / "our-guide" / "guide.yaml")
