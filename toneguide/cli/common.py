"""What the commands share: options, messages, opening a guide."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide
    from toneguide.language.analysis import PipelineName

__all__ = ["NOT_USABLE", "GuideOption", "Language", "LanguageOption", "PipelineChoice", "PipelineOption", "fail", "open_guide", "say"]

NOT_USABLE: Final = 3


class Language(StrEnum):
    """Whose words to read."""

    auto = "auto"
    fi = "fi"
    en = "en"


class PipelineChoice(StrEnum):
    """How closely to read."""

    accurate = "accurate"
    fast = "fast"


GuideOption = Annotated[Path | None, typer.Option("--guide", help="Guide folder; the shipped models where left out.")]
LanguageOption = Annotated[Language, typer.Option("--language", help="Language of the posts; auto finds it post by post.")]
PipelineOption = Annotated[PipelineChoice | None, typer.Option("--pipeline", help="accurate reads sentences, fast goes by word forms.")]


def say(message: str) -> None:
    """A message for people, on stderr."""
    typer.echo(message, err=True)


def fail(message: str, code: int = NOT_USABLE) -> NoReturn:
    """Say what is wrong and end with an exit code."""
    say(f"toneguide: {message}")
    raise typer.Exit(code)


def open_guide(folder: Path | None, pipeline: PipelineChoice | None) -> ToneGuide:
    """The guide of a folder, or the shipped one."""
    from toneguide.guide import ToneGuide

    name: PipelineName | None = pipeline.value if pipeline else None
    if folder is None:
        return ToneGuide.default(name)
    guide = ToneGuide.load(folder)
    return guide.with_pipeline(name) if name else guide
