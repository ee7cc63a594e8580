"""A guide folder calibrated in one go: whole at every moment, the same again from the same inputs, and honest about bad labels."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from toneguide import ToneGuide
from toneguide.calibrate.card import read_card
from toneguide.calibrate.card_text import card_to_markdown
from toneguide.calibrate.drift import check_golden, read_golden
from toneguide.calibrate.folder import calibrate_folder, finish_swap
from toneguide.calibrate.labels import Label, read_labels, write_labels
from toneguide.errors import GuideError, InputError, ModelError
from toneguide.interface import use_language
from toneguide.lab import sample_labels

POST = "Kiitos, että jäit auttamaan. Ilman sua olisin vieläkin siellä!"


def team_labels(languages=("fi",), raters=("Maija Meikäläinen", "r2"), n=30) -> list[Label]:
    return [
        Label(
            row.text,
            language,
            row.channel,
            min(5, row.corporate + k * (i % 3 == 0)),
            row.warmth,
            ("Rohkeus",) * k,
            rater,
            f"2026-11-0{k + 1}",
        )
        for language in languages
        for i, row in enumerate(sample_labels(language)[:n].itertuples())
        for k, rater in enumerate(raters)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A calibrated folder, made once; tests that change it copy it."""
    folder = tmp_path_factory.mktemp("guide")
    ToneGuide.default("fast").with_values(["Rohkeus"]).save(folder)
    write_labels(folder / "examples.csv", team_labels())
    return folder, calibrate_folder(folder, peer=False)


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made[0], tmp_path / "guide"))


def margins(guide: ToneGuide) -> list[float]:
    return [guide.score(POST).margin["warmth"], guide.score(sample_labels("en")["text"][0]).margin["warmth"]]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_folder_holds_the_calibrated_guide(made):
    folder, done = made
    assert margins(ToneGuide.load(folder)) == margins(done.guide)
    assert margins(done.guide) != margins(ToneGuide.default("fast"))


def test_card_and_golden_posts_are_written_and_nothing_else_is_left(made):
    folder, _ = made
    assert sorted(p.name for p in folder.iterdir()) == ["examples.csv", "golden.csv", "guide.yaml", "model"]
    assert sorted(p.name for p in (folder / "model").iterdir()) == ["card.json", "card.md", "fi.json", "golden.json"]


def test_golden_posts_have_not_moved_right_after(made):
    folder, _ = made
    assert len(read_golden(folder / "golden.csv")) == 30
    assert check_golden(folder, ToneGuide.load(folder), tolerance=0.02) == []


def test_calibrating_again_gives_the_same_bytes_and_no_backup(folder):
    before = snapshot(folder)
    calibrate_folder(folder, peer=False)
    assert snapshot(folder) == before


def test_the_order_of_rows_does_not_matter_to_the_hash_of_the_labels(made, folder):
    write_labels(folder / "examples.csv", list(read_labels(folder / "examples.csv"))[::-1])
    done = calibrate_folder(folder, peer=False)
    assert done.card["labels"]["sha256"] == made[1].card["labels"]["sha256"]


def test_what_is_replaced_is_kept_in_a_backup(folder):
    before = snapshot(folder)
    write_labels(folder / "examples.csv", team_labels(raters=("r2",)))
    done = calibrate_folder(folder, peer=False)
    kept = snapshot(done.backup)
    assert {name: content for name, content in before.items() if name.startswith("model/")} == {
        f"model/{name}": content for name, content in kept.items() if name != "golden.csv"
    }
    assert kept["golden.csv"] == before["golden.csv"]


def test_the_card_shows_neither_posts_nor_names(made):
    text = (made[0] / "model" / "card.md").read_text(encoding="utf-8") + (made[0] / "model" / "card.json").read_text(encoding="utf-8")
    assert "Maija" not in text
    assert not any(row[:30] in text for row in sample_labels("fi")["text"])


def test_the_card_says_what_was_measured(made):
    warmth = read_card(made[0])["languages"]["fi"]["dimensions"]["warmth"]
    assert warmth["agreement"]["posts"] == 30
    assert warmth["quality"]["ours"]["spearman"]["low"] < warmth["quality"]["ours"]["spearman"]["value"]
    assert {"decision", "learning", "target"} <= set(warmth)
    assert warmth["quality"]["doubt"]["low"] < warmth["quality"]["doubt"]["realised"]


@pytest.mark.parametrize(("content", "message"), [(b"{", "damaged"), (b"[]", "not a tone card"), (b'{"schema": 99}', "not a tone card")])
def test_a_damaged_card_is_refused(folder, content, message):
    (folder / "model" / "card.json").write_bytes(content)
    with pytest.raises(ModelError, match=message):
        read_card(folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda facts: {**facts, "changes": "import os"},
        lambda facts: {**facts, "changes_what": "0" * 64},
        lambda facts: {**facts, "changes": [{**facts["changes"][0], "bias": ["__import__('os')", 0]}]},
        lambda facts: {**facts, "changes": [{**facts["changes"][0], "bias": [True, 0]}]},
        lambda facts: {"schema": 99},
        lambda facts: None,
    ],
    ids=["text", "other version", "code", "bool", "no keys", "null"],
)
def test_a_model_file_with_something_else_in_it_is_refused_and_calibrating_mends_it(folder, spoil):
    path = folder / "model" / "fi.json"
    path.write_text(json.dumps(spoil(json.loads(path.read_text()))))
    with pytest.raises(ModelError, match="calibrate again"):
        ToneGuide.load(folder)


def test_a_truncated_model_is_refused_and_calibrating_mends_it(folder):
    path, whole = folder / "model" / "fi.json", (folder / "model" / "fi.json").read_bytes()
    path.write_bytes(whole[:1000])
    with pytest.raises(ModelError, match="calibrate again"):
        ToneGuide.load(folder)
    calibrate_folder(folder, peer=False)
    assert path.read_bytes() == whole


@pytest.mark.parametrize(("write", "error", "message"), [
    (lambda f: (f / "guide.yaml").unlink(), GuideError, "no guide.yaml"),
    (lambda f: (f / "examples.csv").unlink(), InputError, "no such file"),
    (lambda f: (f / "examples.csv").write_text("text,warmth\nHei kaikki,\n"), InputError, "no rating"),
    (lambda f: (f / "guide.yaml").write_text("values: {"), GuideError, "guide.yaml"),
])  # fmt: skip
def test_what_cannot_be_used_is_refused_and_nothing_changes(folder, write, error, message):
    write(folder)
    before = snapshot(folder)
    with pytest.raises(error, match=message):
        calibrate_folder(folder)
    assert snapshot(folder) == before


@pytest.mark.parametrize("afresh", [True, False])
def test_five_labels_keep_the_earlier_calibration_and_afresh_the_shipped_scores(made, folder, afresh):
    write_labels(folder / "examples.csv", team_labels(raters=("r1",), n=5))
    done = calibrate_folder(folder, peer=False, afresh=afresh)
    assert margins(ToneGuide.load(folder)) == (margins(ToneGuide.default("fast")) if afresh else margins(made[1].guide))
    assert (folder / "model" / "fi.json").exists() is not afresh
    card = (folder / "model" / "card.md").read_text(encoding="utf-8")
    assert "too few" in card
    assert ("earlier calibration stays" in card) is not afresh
    assert all(one.kept is not afresh for one in done.reports[0].dimensions.values())


def test_labels_of_another_language_keep_this_ones_calibration_and_its_card(made, folder):
    write_labels(folder / "english.csv", team_labels(("en",), ("r2",)))
    done = calibrate_folder(folder, folder / "english.csv", peer=False)
    assert margins(ToneGuide.load(folder))[0] == margins(made[1].guide)[0]
    assert margins(ToneGuide.load(folder))[1] != margins(made[1].guide)[1]
    assert done.kept == ["fi"]
    assert "were used" in done.notes[0]
    quality = [card["languages"]["fi"]["dimensions"]["warmth"]["quality"] for card in (made[1].card, read_card(folder))]
    assert quality[0] == quality[1]
    assert {post.language for post in read_golden(folder / "golden.csv")} == {"fi", "en"}
    before = snapshot(folder)
    calibrate_folder(folder, folder / "english.csv", peer=False)
    assert snapshot(folder) == before


def test_ratings_of_one_dimension_keep_the_other_ones_calibration(made, folder):
    only_warmth = [replace(label, corporate=None) for label in team_labels(raters=("r2",))]
    write_labels(folder / "examples.csv", only_warmth)
    now, then = (guide.score(POST).margin for guide in (calibrate_folder(folder, peer=False).guide, made[1].guide))
    assert now["corporate"] == pytest.approx(then["corporate"], abs=1e-9)
    assert now["warmth"] != then["warmth"]


def test_what_a_calibration_does_to_golden_posts_is_said(folder):
    write_labels(
        folder / "examples.csv", [replace(label, warmth=6 - label.warmth, corporate=None) for label in team_labels(raters=("r2",))]
    )
    assert calibrate_folder(folder, peer=False).moved == []
    write_labels(folder / "examples.csv", [replace(label, warmth=min(5, label.warmth + 2)) for label in team_labels(raters=("r2",))])
    done = calibrate_folder(folder, peer=False)
    assert {finding.dimension for finding in done.moved} >= {"warmth"}
    assert done.n_golden == 30


def test_the_card_explains_its_words_and_says_what_was_left_out(made, folder):
    with (folder / "examples.csv").open("ab") as file:
        file.write("Tämä rivi on lipsahdus,fi,,9,2,,r2,\r\n".encode())
    calibrate_folder(folder, peer=False)
    card = (folder / "model" / "card.md").read_text(encoding="utf-8")
    assert "left out: 1." in card
    assert all(f"- {word}" in card for word in ("AUC", "Spearman", "TF-IDF", "alpha"))
    assert read_card(folder)["labels"]["left out"] == 1


def test_a_finnish_card_has_finnish_numbers(made):
    use_language("fi")
    try:
        card = card_to_markdown(made[1].card)
    finally:
        use_language(None)
    assert re.search(r"alfa 0,\d\d \(", card)
    assert re.search(r"\d\xa0%", card)
    assert not re.search(r"\d%|alfa 0\.", card)


def test_colleagues_can_read_what_is_written(folder):
    assert {path.name: oct(path.stat().st_mode & 0o044) for path in folder.rglob("*.*") if path.is_file()} == {
        path.name: "0o44" for path in folder.rglob("*.*") if path.is_file()
    }


def test_a_golden_file_waiting_beside_its_model_is_put_in_place(folder):
    text = (folder / "golden.csv").read_bytes()
    (folder / "model" / "golden.csv").write_bytes(text + b"Uusi,fi,,1,2,\r\n")
    finish_swap(folder)
    assert (folder / "golden.csv").read_bytes() != text
    assert not (folder / "model" / "golden.csv").exists()


# Measures once, then writes again and again, killed without any clean-up at one more step that touches the disk each time.
KILLER = """
import json, os, shutil, signal, sys
from functools import lru_cache
from pathlib import Path
import toneguide.calibrate.files as files, toneguide.calibrate.folder as folder
from toneguide import ToneGuide
from toneguide.lab import sample_labels
source, work = map(Path, sys.argv[1:])
texts = ["Kiitos, että jäit auttamaan. Ilman sua olisin vieläkin siellä!", sample_labels("en")["text"][0]]
def state(place):
    return [score.margin["warmth"] for score in ToneGuide.load(place).score_many(texts)]
known, measure = {}, folder.measure_language
def once(guide, posts, language, **rest):
    if language not in known:
        known[language] = measure(guide, posts, language, **rest)
    return known[language]
folder.measure_language = once
old = state(source)
after = Path(shutil.copytree(source, work / "after"))
folder.calibrate_folder(after, peer=False)
new = state(after)
left = [-1]
def passed():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def deadly(function):
    def step(*args, **kwargs):
        passed()
        done = function(*args, **kwargs)
        passed()
        return done
    return step
for module, names in ((folder, ("replace_file", "swap_folder", "_back_up", "finish_swap", "_write_stage")), (files, ("_exchange",)),
                      (shutil, ("copytree", "copyfile")), (Path, ("rename", "replace"))):
    for name in names:
        setattr(module, name, deadly(getattr(module, name)))
states = []
for step in range(1, 400, 3):
    left[0] = -1
    place = Path(shutil.copytree(source, work / f"killed-{step}"))
    child = os.fork()
    if not child:
        left[0] = step
        folder.calibrate_folder(place, peer=False)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    if not ended:
        break
    found = state(place)
    states.append("old" if found == old else "new" if found == new else "neither")
left[0] = -1
# The lock and the leftovers of a dead process do not stand in the way.
again = work / f"killed-{step - 3}"
folder.calibrate_folder(again, peer=False)
same = (again / "model" / "card.json").read_bytes() == (after / "model" / "card.json").read_bytes()
print(json.dumps({"states": states, "differ": old != new, "mended": same and state(again) == new, "left": sorted(p.name for p in again.iterdir())}))
"""


@pytest.mark.skipif(os.name != "posix", reason="kills itself with a signal")
def test_killed_at_any_point_the_guide_is_the_old_one_or_the_new_one(folder, tmp_path):
    write_labels(folder / "examples.csv", team_labels(("fi", "en"), ("r2",), n=15))
    done = subprocess.run([sys.executable, "-c", KILLER, str(folder), str(tmp_path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["differ"]
    assert len(told["states"]) >= 10
    # The one moment of change: old up to it, new from it on, and never a mixture.
    assert told["states"] == sorted(told["states"], reverse=True)
    assert set(told["states"]) == {"old", "new"}
    assert told["mended"]
    assert told["left"] == ["backup", "examples.csv", "golden.csv", "guide.yaml", "model"]
