"""A guide as data, for processes and machines elsewhere: the files of its folder, and what it is known by."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import toneguide
from toneguide.guide import ToneGuide

__all__ = ["PackedGuide", "pack_guide", "unpack_guide"]

_DATA: Final = Path(toneguide.__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PackedGuide:
    """A guide folder in memory: text and numbers, no code.

    Attributes
    ----------
    files : tuple of (str, bytes)
        Path within the folder, and content.
    fingerprint : str
        The same for guides that score alike: hash of the files, the shipped models and this version of toneguide.
    """

    files: tuple[tuple[str, bytes], ...]
    fingerprint: str


def pack_guide(guide: ToneGuide) -> PackedGuide:
    """A guide made ready to be sent.

    Examples
    --------
    >>> guide = ToneGuide.default("fast")
    >>> unpack_guide(pack_guide(guide)).pipeline
    'fast'
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        guide.save(folder)
        files = tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())
    digest = hashlib.sha256(toneguide.__version__.encode())
    # A model's JSON holds the hashes of its weights and of its word lists.
    shipped = [(path.name, path.read_bytes()) for path in sorted(_DATA.glob("model_*.json"))]
    for path, content in (*files, *shipped):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return PackedGuide(files, digest.hexdigest())


@lru_cache(maxsize=2)
def unpack_guide(packed: PackedGuide) -> ToneGuide:
    """The guide again; loaded once per process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in packed.files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        return ToneGuide.load(folder)
