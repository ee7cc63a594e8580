"""Commands around labels: ``sample``, ``labels``, ``calibrate`` and ``forget``."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toneguide.cli.common import GuideOption, Language, LanguageOption, fail, open_guide, say
from toneguide.errors import GuideError, InputError, ToneguideError

if TYPE_CHECKING:
    from toneguide.calibrate.labels import Label, Labels

__all__ = ["calibrate", "forget", "labels", "sample"]

_SHOWN = 5
_BY_SUFFIX = {".xlsx": "excel", ".json": "label-studio", ".jsonl": "doccano", ".csv": "csv"}


class LabelFormat(StrEnum):
    """Whose format."""

    csv = "csv"
    excel = "excel"
    label_studio = "label-studio"
    doccano = "doccano"
    argilla = "argilla"


FormatOption = Annotated[
    LabelFormat | None,
    typer.Option("--format", help="Of OUT; by its suffix where left out: .csv .xlsx .json (Label Studio) .jsonl (doccano)."),
]


def sample(
    archive: Annotated[str, typer.Argument(metavar="ARCHIVE", help="Posts to choose from: any file or folder that score reads.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="Where to: a sheet to rate in, or a file for another tool.")],
    n: Annotated[int, typer.Option("-n", "--posts", min=1, help="How many posts.")] = 50,
    guide: GuideOption = None,
    language: LanguageOption = Language.auto,
    text: Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="Column that holds the posts; found where left out.")] = None,
    rater: Annotated[str, typer.Option("--rater", help="Name to fill in, for a sheet that goes out by mail.")] = "",
    seed: Annotated[int, typer.Option("--seed", help="The same seed chooses the same posts.")] = 0,
    fmt: FormatOption = None,
) -> None:
    """Choose posts to label: different ones first, later those the guide is unsure of; never near-copies."""
    from toneguide.calibrate.labels import Label, read_labels
    from toneguide.calibrate.sampling import choose_posts
    from toneguide.posts import open_posts
    from toneguide.posts.cells import plain_text

    try:
        ruled = open_guide(guide, None)
        posts = [post for post in open_posts(archive, text=text) if post.text]
        channels = [plain_text(post.fields.get("channel") or post.fields.get("kanava")).casefold() for post in posts]
        known = [label.text for label in read_labels(guide / "examples.csv", missing_ok=True) if label.says_something] if guide else []
        texts = [post.text or "" for post in posts]
        chosen = choose_posts(
            ruled, texts, n, channels=channels, labelled=known, language=None if language is Language.auto else language.value, seed=seed
        )
        found = list(ruled.score_many([texts[choice.place] for choice in chosen]))
        rows = [Label(texts[c.place], score.language, channels[c.place], rater=rater) for c, score in zip(chosen, found, strict=True)]
        _write(out, rows, fmt, [value.name for value in ruled.values])
    except ToneguideError as e:
        fail(str(e))
    say(f"{len(rows)} posts to rate are in {out}" + (f"; there are no more different ones in {archive}" if len(rows) < n else ""))


def labels(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Guide folder.")],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Labels to add: Excel, CSV, Label Studio, doccano, Argilla.")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT", help="Write all labels for another tool.")] = None,
    rater: Annotated[str, typer.Option("--rater", help="Whose labels these are, where the file does not say.")] = "",
    text: Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="Column that holds the posts; found where left out.")] = None,
    fmt: FormatOption = None,
) -> None:
    """Add raters' files to examples.csv, or write the labels for another tool; says how well raters agree."""
    from toneguide.calibrate.exchange import import_labels
    from toneguide.calibrate.labels import read_labels
    from toneguide.cli.calibration_summary import print_agreement

    try:
        if not (folder / "guide.yaml").is_file():
            raise GuideError(f"{folder}: no guide.yaml there; `toneguide init {folder}` makes a guide folder")
        for file in files or ():
            _add(file, import_labels(file, rater=rater, text=text), folder / "examples.csv")
        there = read_labels(folder / "examples.csv", missing_ok=True)
        if not there.labels and not there.problems:
            raise InputError(f"{folder}: no labels there yet; `toneguide sample ARCHIVE -o sheet.xlsx` chooses posts to rate")
        if out is not None:
            _write(out, there.labels, fmt, [])
            say(f"{len(there)} labels are in {out}")
        print_agreement(there)
    except ToneguideError as e:
        fail(str(e))


def _add(file: Path, read: Labels, examples: Path) -> None:
    from toneguide.calibrate.labels import add_labels

    added, rated = add_labels(examples, read), sum(label.says_something for label in read)
    told = [f"{added} labels added"]
    told += [f"{rated - added} were there already"] if added < rated else []
    told += [f"{len(read) - rated} rows without a rating left out"] if rated < len(read) else []
    say(f"{file}: {', '.join(told)}")
    found_all = all(any(getattr(label, name) for label in read) for name in ("corporate", "warmth", "rater"))
    if read.unused and not found_all:
        say(f"{file}: not used: {', '.join(map(repr, read.unused))}; ratings are read from 'corporate' and 'warmth', names from 'rater'")
    for problem in read.problems[:_SHOWN]:
        say(f"left out: {problem}")
    if len(read.problems) > _SHOWN:
        say(f"left out: {len(read.problems) - _SHOWN} more rows like these")


def calibrate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Guide folder.")],
    examples: Annotated[
        Path | None,
        typer.Argument(metavar="[EXAMPLES]", help="Labelled posts to use instead of DIR/examples.csv; `labels` adds them to it."),
    ] = None,
    archive: Annotated[Path | None, typer.Option("--archive", help="Your own posts, for norms by language and channel.")] = None,
    miss_cost: Annotated[float, typer.Option("--miss-cost", help="What it costs to miss a stiff post, against --alarm-cost.")] = 1.0,
    alarm_cost: Annotated[float, typer.Option("--alarm-cost", help="What it costs to point out a post that is fine.")] = 1.0,
    no_peer: Annotated[bool, typer.Option("--no-peer", help="Skip the comparison with TF-IDF; quicker.")] = False,  # noqa: FBT002
    afresh: Annotated[bool, typer.Option("--afresh", help="Drop what earlier calibrations did.")] = False,  # noqa: FBT002
    seed: Annotated[int, typer.Option("--seed", help="Of everything that is drawn.")] = 0,
) -> None:
    """Move the guide towards your labels, measure it, and write the tone card (model/card.md); the old model goes to backup/.

    All labels of examples.csv count, or those of EXAMPLES alone. Each language and dimension is fitted anew from the shipped scores; where there
    are no labels, or not enough to move it, the earlier calibration stays (--afresh: the shipped scores).
    """
    from toneguide.calibrate.folder import calibrate_folder
    from toneguide.calibrate.thresholds import Costs
    from toneguide.cli.calibration_summary import print_calibration

    try:
        costs = Costs(miss_cost, alarm_cost)
    except ValueError as e:
        raise typer.BadParameter(str(e)) from None
    try:
        done = calibrate_folder(folder, examples, archive=archive, costs=costs, peer=not no_peer, afresh=afresh, seed=seed, say=say)
    except ToneguideError as e:
        fail(str(e))
    print_calibration(done, folder)


def forget(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Guide folder.")],
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Posts, or their short names from the tone card.")] = None,
    source: Annotated[str | None, typer.Option("--from", metavar="FILE", help="An archive: forget every post in it.")] = None,
    rater: Annotated[str | None, typer.Option("--rater", help="Forget what this rater said; the posts stay.")] = None,
) -> None:
    """Take a person's posts, or a rater's labels, out of examples, golden posts, tone cards and backups."""
    from toneguide.calibrate.forget import forget_posts, forget_rater
    from toneguide.posts import open_posts

    if not texts and source is None and rater is None:
        raise typer.BadParameter("say what to forget: posts, --from FILE or --rater NAME")
    try:
        meant = [*(texts or ()), *(post.text for post in open_posts(source) if post.text)] if source else list(texts or ())
        done = [forget_posts(folder, meant, ids=[text for text in texts or () if len(text.strip()) == 8])] if meant else []
        done += [forget_rater(folder, rater)] if rater is not None else []
    except ToneguideError as e:
        fail(str(e))
    if not any(one.rows for one in done):
        say("nothing of that was there" + ("; raters go by the names in examples.csv, not by those on the card" if rater else ""))
    for one in done:
        for path, n in one.rows.items():
            say(f"{path}: {n} taken out")
        for post in one.similar:
            say(f"post {post} is nearly the same and was kept; forget it by that name if it is meant too")
    if not any(one.rows for one in done):
        return
    say(f"the weights have learnt from what they saw: run toneguide calibrate {folder} (--afresh where too few labels are left)")
    if learnt := sorted({name for one in done for name in one.learnt}):
        say(
            f"former weights may have learnt from it too: delete {', '.join(learnt)}, and the backup that calibrating makes, when you are content"
        )
    say("an old sheet that is added again brings it back; in git, the history keeps old versions")


def _write(out: Path, rows: Sequence[Label], fmt: LabelFormat | None, values: Sequence[str]) -> None:
    from toneguide.calibrate.exchange import export_labels, label_studio_config
    from toneguide.calibrate.files import replace_file
    from toneguide.calibrate.labels import write_labels

    kind = fmt.value if fmt else _BY_SUFFIX.get(out.suffix.lower())
    if kind is None:
        raise InputError(f"{out}: {', '.join(_BY_SUFFIX)} are the endings that are written; name another file, or choose with --format")
    if kind == "csv":
        write_labels(out, rows)
    else:
        export_labels(out, rows, kind, values=values)  # type: ignore[arg-type]
    if kind == "label-studio":
        interface = out.with_suffix(".xml")
        replace_file(interface, label_studio_config(values).encode())
        say(f"the labelling interface for Label Studio is in {interface}: paste it into the project's settings")
