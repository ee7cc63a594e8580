"""Commands on guides: ``init``, ``values``, ``guide`` and ``check``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from toneguide.cli.common import Language, PipelineOption, fail, open_guide, say
from toneguide.errors import ToneguideError

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide

__all__ = ["check", "guide", "init", "values"]

FOUND: Final = 1
FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Guide folder.")]


class Template(StrEnum):
    """Language of a new guide."""

    fi = "fi"
    en = "en"
    both = "both"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; made where it is not there.")],
    language: Annotated[Template, typer.Option("--language", help="Language of its explanations.")] = Template.fi,
    ci: Annotated[bool, typer.Option("--ci", help="Also add a workflow that checks guide and notebooks on every change; a guide that is there stays.")] = False,  # noqa: FBT002
) -> None:  # fmt: skip
    """Write a new guide folder, commented, ready to edit."""
    from toneguide.guide_folder.start import start_checks, start_guide

    try:
        if not (ci and (folder / "guide.yaml").is_file()):
            say(f"wrote {start_guide(folder, language.value)}; edit it, then run: toneguide check {folder}")
        if ci:
            say(f"wrote {start_checks(folder)}; commit it together with {folder}")
    except ToneguideError as e:
        fail(str(e))


def values(
    name: Annotated[str, typer.Argument(help="One value, to see its words; all of them where left out.")] = "",
    language: Annotated[Language, typer.Option("--language", help="Language of the words; auto shows both.")] = Language.auto,
) -> None:
    """List the value library, or the words of one value."""
    from toneguide.values.library import find_by_name, library_ids, library_value

    languages = ("fi", "en") if language is Language.auto else (language.value,)
    if not name:
        for wanted in library_ids("en"):
            records = [record for one in languages if (record := library_value(wanted, one))]
            typer.echo("\t".join([wanted, *(record.name for record in records), records[0].meaning]))
        return
    wanted = find_by_name(name)
    if not wanted:
        fail(f"the library has no value {name!r}; `toneguide values` lists those it has")
    for record in (found for one in languages if (found := library_value(wanted, one))):
        typer.echo(f"{record.name} ({record.id}, {record.language}): {record.meaning}")
        lists = (
            ("words", record.wording.words),
            ("shown by", record.wording.shown_by),
            ("against", record.wording.against),
            ("not", record.wording.exceptions),
        )
        for title, phrases in lists:
            typer.echo(f"  {title}: {', '.join(phrases)}")


def guide(
    folder: FolderArgument,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="HTML file to write.")] = Path("guide.html"),
    language: Annotated[Language, typer.Option("--language", help="Language of the page; auto takes the interface's.")] = Language.auto,
) -> None:
    """Print a guide as a page that people can read."""
    from toneguide.guide_folder.page import guide_to_html
    from toneguide.interface import use_language

    try:
        ruled = open_guide(folder, None)
    except ToneguideError as e:
        fail(str(e))
    if language is not Language.auto:
        use_language(language.value)
    try:
        out.write_text(guide_to_html(ruled.values, ruled.decisions), encoding="utf-8")
    except OSError as e:
        fail(f"{out}: cannot be written ({e.strerror})")
    finally:
        use_language(None)
    say(f"wrote {out.resolve().as_uri()}")


def check(
    folder: FolderArgument,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Posts that are to lie within the guide's targets.")
    ] = None,
    pipeline: PipelineOption = None,
) -> None:
    """Check a guide: valid, nothing in it that will not work, golden posts unmoved, posts within their targets."""
    from toneguide.calibrate.drift import check_golden
    from toneguide.guide_folder.checks import check_folder, guide_problems

    try:
        problems = guide_problems(folder)
        for problem in problems:
            typer.echo(problem)
        if problems:
            fail(f"{folder}: the guide cannot be used; {len(problems)} {'thing' if len(problems) == 1 else 'things'} to mend")
        ruled = open_guide(folder, pipeline)
        # Each check gives findings of its own; another one is another line here.
        findings = [*check_folder(folder, ruled.values, ruled.decisions), *check_golden(folder, ruled), *_out_of_tone(ruled, paths or ())]
    except ToneguideError as e:
        fail(str(e))
    for finding in findings:
        typer.echo(finding)
    serious = [finding for finding in findings if not getattr(finding, "is_note", False)]
    say(
        f"{folder}: {len(serious) or 'nothing'} to look at"
        + (f", {len(findings) - len(serious)} to know" if len(findings) > len(serious) else "")
    )
    raise typer.Exit(FOUND if serious else 0)


def _out_of_tone(ruled: ToneGuide, paths: Iterable[str]) -> list[object]:
    """Posts outside the guide's targets."""
    from toneguide.guide_folder.checks import Finding
    from toneguide.posts import open_posts

    findings: list[object] = []
    for path in paths:
        posts = list(open_posts(path if path == "-" else Path(path)))
        channels = [str(post.fields.get("channel") or "") for post in posts]
        scores = ruled.score_many([post.text for post in posts], channels=channels)
        for post, score in zip(posts, scores, strict=True):
            if score.in_tone is False and score.targets is not None:
                bands = (("corporate", score.targets.corporate), ("warmth", score.targets.warmth), ("alignment", score.targets.alignment))
                outside = [
                    f"{name} {found:.0f} (target {band.low:g}-{band.high:g})"
                    for name, band in bands
                    if band is not None and (found := getattr(score, name)) is not None and found not in band
                ]
                findings.append(Finding(f"{path}, record {post.line}", "out of tone: " + ", ".join(outside)))
    return findings
