"""A new guide folder: a commented ``guide.yaml`` that explains itself; a workflow that checks it on every change."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from toneguide.errors import GuideError

__all__ = ["TEMPLATES", "start_checks", "start_guide"]

TEMPLATES: Final = ("fi", "en", "both")
_WORKFLOW: Final = Path(".github", "workflows", "toneguide.yml")


def start_guide(folder: Path, language: str = "fi") -> Path:
    """Write a new guide into a folder.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    language : {"fi", "en", "both"}
        Of the explanations and examples.

    Returns
    -------
    Path
        The ``guide.yaml``.

    Raises
    ------
    GuideError
        Where a guide is there already; it is left as it is.
    """
    if language not in TEMPLATES:
        raise ValueError(f"no template in {language!r}: choose one of {', '.join(TEMPLATES)}")
    path = folder / "guide.yaml"
    text = (resources.files("toneguide.guide_folder") / "templates" / f"guide.{language}.yaml").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        there = "a guide.yaml is there already; edit it, or choose another folder" if path.exists() else "there is a file of that name"
        raise GuideError(f"{folder}: {there}") from None
    except OSError as e:
        raise GuideError(f"{folder}: cannot be written ({e.strerror})") from None
    return path


def start_checks(folder: Path) -> Path:
    """Write a workflow that checks a guide, and the team's notebooks, on every change of their repository.

    Parameters
    ----------
    folder : Path
        The guide's.

    Returns
    -------
    Path
        ``.github/workflows/toneguide.yml`` in the repository's root; beside the guide's folder where there is no repository yet.

    Raises
    ------
    GuideError
        Where the workflow is there already, which is left as it is, or cannot be written.
    """
    import toneguide

    place = folder.resolve()
    root = next((above for above in (place, *place.parents) if (above / ".git").exists()), place.parent)
    path = root / _WORKFLOW
    text = (resources.files("toneguide.guide_folder") / "templates" / "workflow.yml").read_text(encoding="utf-8")
    named = place.relative_to(root).as_posix()
    if set(named) & set('"$`\\\n'):
        raise GuideError(f"{folder}: a workflow cannot name this folder; give it a plainer name")
    text = text.replace("{version}", toneguide.__version__).replace("{guide}", named)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise GuideError(f"{path}: is there already and was left as it is; delete it to have a new one") from None
    except OSError as e:
        raise GuideError(f"{path}: cannot be written ({e.strerror})") from None
    return path
