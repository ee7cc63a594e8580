"""A new guide folder: a commented ``guide.yaml`` that explains itself."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from toneguide.errors import GuideError

__all__ = ["TEMPLATES", "start_guide"]

TEMPLATES: Final = ("fi", "en", "both")


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
