"""A guide folder, calibrated in one go: fit, measure, write the tone card; the old guide stays whole until the new one is."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from toneguide.calibrate.card import card_bytes, card_facts, read_card
from toneguide.calibrate.card_text import card_to_markdown
from toneguide.calibrate.drift import Finding, GoldenPost, check_golden, golden_table, read_golden
from toneguide.calibrate.files import locked, replace_file, swap_folder
from toneguide.calibrate.kept import carry_over, combine, mark_kept, read_former
from toneguide.calibrate.labels import Labels, read_labels
from toneguide.calibrate.measure import LanguageReport, measure_language
from toneguide.calibrate.merge import Merged, merge_labels
from toneguide.calibrate.norms import Norm, find_norms
from toneguide.calibrate.sampling import choose_posts
from toneguide.calibrate.thresholds import Costs
from toneguide.errors import GuideError, InputError, ModelError
from toneguide.guide import ToneGuide
from toneguide.interface import tr
from toneguide.language.identify import SUPPORTED

__all__ = ["Calibration", "calibrate_folder", "finish_swap"]

_STAGE: Final = ".calibrating"
_BACKUPS: Final = "backup"
_GOLDEN: Final = 40
_WAITING: Final = "golden.csv"


@dataclass(frozen=True, eq=False)
class Calibration:
    """What a calibration found.

    Attributes
    ----------
    guide : ToneGuide
        The calibrated guide, as it was written.
    labels : Labels
        What was read, and what could not be.
    merged : Merged
        Labels by post.
    reports : list of LanguageReport
        One for each language with labels.
    card : dict
        The tone card; ``model/card.json``.
    backup : Path or None
        Where the guide's former model is.
    moved : list of Finding
        Golden posts whose scores this calibration moved by more than the guide's tolerance.
    n_golden : int
        Golden posts there were before.
    kept : list of str
        Languages without labels, whose earlier calibration stays.
    notes : list of str
        What else to know, a sentence each.
    """

    guide: ToneGuide
    labels: Labels
    merged: Merged
    reports: list[LanguageReport]
    card: dict[str, Any]
    backup: Path | None
    moved: list[Finding] = field(default_factory=list)
    n_golden: int = 0
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def calibrate_folder(
    folder: Path | str, examples: Path | str | None = None, *, archive: Path | str | None = None, costs: Costs | None = None,
    peer: bool = True, afresh: bool = False, seed: int = 0, say: Callable[[str], None] | None = None,
) -> Calibration:  # fmt: skip
    """Calibrate a guide folder on its labels, and write ``model/`` with the tone card, and ``golden.csv``.

    Each language and dimension that the labels justify moves away from the shipped weights, on these labels alone. The others keep what an
    earlier calibration has done.

    Parameters
    ----------
    folder : Path or str
        A guide folder.
    examples : Path or str, optional
        Labels to use instead of the folder's ``examples.csv``; nothing is added to that.
    archive : Path or str, optional
        The team's own posts, for norms.
    costs : Costs, optional
        For targets: of missing a stiff post, and of annoying a colleague.
    peer : bool
        Whether to fit TF-IDF with logistic regression for comparison.
    afresh : bool
        Whether to leave out what an earlier calibration has done, so that the shipped scores stay where labels justify nothing.
    seed : int
        Of everything that is drawn: the same inputs give the same bytes.
    say : callable, optional
        Told what is going on.

    Raises
    ------
    GuideError, InputError
        Where the folder or the labels cannot be used; nothing has been written then.
    """
    folder = Path(folder)
    if not (folder / "guide.yaml").is_file():
        raise GuideError(f"{folder}: no guide.yaml there; `toneguide init {folder}` makes a guide folder")
    tell = say or (lambda _: None)
    with locked(folder / "guide.yaml"):
        finish_swap(folder)
        stage = folder / _STAGE
        shutil.rmtree(stage, ignore_errors=True)
        try:
            return _calibrate(
                folder,
                Path(examples or folder / "examples.csv"),
                archive,
                costs or Costs(),
                stage,
                tell,
                peer=peer,
                afresh=afresh,
                seed=seed,
            )
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def _calibrate(
    folder: Path, examples: Path, archive: Path | str | None, costs: Costs, stage: Path, tell: Callable[[str], None], *, peer: bool,
    afresh: bool, seed: int,
) -> Calibration:  # fmt: skip
    labels = read_labels(examples)
    merged = merge_labels(labels)
    if not any(any(post.ratings.values()) for post in merged.posts):
        left_out = [*labels.problems[:1], *merged.left_out[:1]]
        n = len(labels.problems) + len(merged.left_out)
        why = f": {n} rows were left out, the first because of {left_out[0]}" if left_out else "; rate some posts first"
        raise InputError(f"{examples}: no rating of corporate or warmth that can be used{why}")
    prior = _guide_without_model(folder, stage)
    norms = _norms(prior, archive) if archive is not None else []
    reports = []
    for language in sorted({post.language for post in merged.posts}, key=SUPPORTED.index):
        tell(f"{language}: fitting and measuring")
        report = measure_language(prior, merged.posts, language, costs=costs, peer=peer, seed=seed)
        if report:
            reports.append(report)
    former, notes = ({}, []) if afresh else read_former(folder, prior)
    reports = [mark_kept(report, former) for report in reports]
    guide = prior.with_changes(combine(former, reports))
    if archive is not None:
        norms = _norms(guide, archive)
        reports = [replace(r, norms=[n for n in norms if n.language == r.labelled.language]) for r in reports]
    decided = hashlib.sha256((folder / "guide.yaml").read_bytes()).hexdigest()
    last = max((label.date for label in labels), default="")
    card = card_facts(
        reports, merged, pipeline=guide.pipeline, costs=costs, last_date=last, decided=decided, seed=seed, left_out=len(labels.problems)
    )
    card = carry_over(card, _former_card(folder), former)
    moved, n_golden = _moved(folder, guide), len(read_golden(folder / "golden.csv"))
    tell("writing")
    _write_stage(folder, stage, guide, card, merged, seed)
    backup = _back_up(folder, stage / "model")
    swap_folder(stage / "model", folder / "model")
    finish_swap(folder)
    if examples != folder / "examples.csv" and (folder / "examples.csv").is_file():
        notes.append(tr("Only the labels in {file} were used. `toneguide labels` adds them to {examples}, to use all of them.",
                        file=str(examples), examples=str(folder / "examples.csv")))  # fmt: skip
    kept = [language for language in former if language not in {report.labelled.language for report in reports}]
    return Calibration(guide, labels, merged, reports, card, backup, moved, n_golden, kept, notes)


def finish_swap(folder: Path) -> None:
    """Move a ``golden.csv`` that belongs to ``model/`` to its place, where a calibration was stopped just before that."""
    waiting = folder / "model" / _WAITING
    if waiting.is_file():
        waiting.replace(folder / "golden.csv")


def _former_card(folder: Path) -> dict[str, Any]:
    try:
        return read_card(folder)
    except ModelError:
        return {}


def _moved(folder: Path, guide: ToneGuide) -> list[Finding]:
    """Golden posts that the new model moves; none where what is known of them is damaged, which writing it anew mends."""
    try:
        return check_golden(folder, guide)
    except InputError:
        return []


def _guide_without_model(folder: Path, stage: Path) -> ToneGuide:
    """The guide as decided, with shipped weights, even where its model is of another version or damaged."""
    stage.mkdir()
    for file in folder.iterdir():
        if file.is_file() and file.suffix in (".yaml", ".yml"):
            shutil.copyfile(file, stage / file.name)
    return ToneGuide.load(stage)


def _norms(guide: ToneGuide, archive: Path | str) -> list[Norm]:
    from toneguide.posts import open_posts
    from toneguide.posts.cells import plain_text

    posts = [post for post in open_posts(archive) if post.text]
    channels = [plain_text(post.fields.get("channel") or post.fields.get("kanava")).casefold() for post in posts]
    return find_norms(guide.score_many([post.text for post in posts]), channels)


def _write_stage(folder: Path, stage: Path, guide: ToneGuide, card: dict[str, Any], merged: Merged, seed: int) -> None:
    guide.save(stage)
    model = stage / "model"
    model.mkdir(exist_ok=True)
    table, parts = golden_table(guide, _golden_posts(folder, guide, merged, seed))
    for name, content in (
        ("card.json", card_bytes(card)), ("card.md", card_to_markdown(card).encode()), ("golden.json", parts), (_WAITING, table),
    ):  # fmt: skip
        replace_file(model / name, content)


def _golden_posts(folder: Path, guide: ToneGuide, merged: Merged, seed: int) -> Sequence[GoldenPost]:
    """Those the team has chosen; of a language without any, some of the labelled ones that differ."""
    there = read_golden(folder / "golden.csv")
    covered = {post.language or None for post in there}
    # A post without a language may be in any.
    posts = [post for post in merged.posts if None not in covered and post.language not in covered]
    channels = [post.channel for post in posts]
    chosen = choose_posts(guide, [post.text for post in posts], _GOLDEN, channels=channels, seed=seed) if posts else []
    return [*there, *(GoldenPost((post := posts[i]).text, post.language, post.channel) for i in sorted(choice.place for choice in chosen))]


def _back_up(folder: Path, new: Path) -> Path | None:
    """A copy of what is about to be replaced; None where there is nothing, or the new model is the same."""
    model = folder / "model"
    if not model.is_dir() or not any(model.iterdir()) or _contents(model) == {n: c for n, c in _contents(new).items() if n != _WAITING}:
        return None
    backups = folder / _BACKUPS
    backups.mkdir(exist_ok=True)
    for left in backups.glob(".model-*.part"):
        shutil.rmtree(left, ignore_errors=True)
    number = 1 + max((int(p.name.split("-")[1]) for p in backups.glob("model-*") if p.name.split("-")[1].isdigit()), default=0)
    making, made = backups / f".model-{number}.{os.getpid()}.part", backups / f"model-{number}"
    shutil.copytree(model, making)
    if (folder / "golden.csv").is_file():
        shutil.copyfile(folder / "golden.csv", making / "golden.csv")
    making.rename(made)
    return made


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
