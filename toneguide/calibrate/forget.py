"""Forgetting: a person's posts, or a rater's labels, taken out of everything a guide folder keeps."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from toneguide.calibrate.files import locked, replace_file
from toneguide.calibrate.labels import LabelRow, rewrite_labels, text_key
from toneguide.calibrate.merge import post_id
from toneguide.errors import GuideError, InputError
from toneguide.language.identify import SUPPORTED
from toneguide.language.near_copies import near_copies

__all__ = ["Forgotten", "forget_posts", "forget_rater"]

_SHORT_NAME: Final = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out.

    Attributes
    ----------
    rows : mapping of str to int
        Rows or records by file, relative to the folder; only files that held any. Damaged records of golden posts' words, which are made
        anew by the next calibration, are deleted whole and count as one.
    similar : list of str
        Posts that stay and are near-copies of a forgotten one, by their short names.
    learnt : list of str
        Backups whose weights may have learnt from what was forgotten.
    """

    rows: dict[str, int] = field(default_factory=dict)
    similar: list[str] = field(default_factory=list)
    learnt: list[str] = field(default_factory=list)


def forget_posts(folder: Path | str, texts: Iterable[str] = (), *, ids: Iterable[str] = ()) -> Forgotten:
    """Take posts out of labels, golden posts, what is kept of their words, and all backups.

    Weights that were learnt from them change with the next calibration.

    Parameters
    ----------
    folder : Path or str
        A guide folder.
    texts : iterable of str
        The posts; white space does not matter.
    ids : iterable of str
        Short names of posts, as on the tone card.

    Raises
    ------
    GuideError
        Where the folder is none.
    """
    folder = Path(folder)
    wanted = [text_key(text) for text in texts if text_key(text)]
    names = {post_id(text) for text in wanted} | {name.strip().lower() for name in ids}
    found = _forget(folder, lambda row: post_id(row["text"]) in names, names)
    found.similar.extend(_similar(folder, wanted))
    return found


def forget_rater(folder: Path | str, rater: str) -> Forgotten:
    """Take everything one rater said out of the labels; the posts stay. Capital letters do not matter.

    Raises
    ------
    GuideError
        Where the folder is none.
    """
    wanted = rater.strip().casefold()
    return _forget(Path(folder), lambda row: row.get("rater", "").strip().casefold() == wanted, set())


def _forget(folder: Path, is_meant: Callable[[LabelRow], bool], names: set[str]) -> Forgotten:
    if not (folder / "guide.yaml").is_file():
        raise GuideError(f"{folder}: no guide.yaml there; name the guide folder")
    found = Forgotten()
    with locked(folder / "guide.yaml"):
        _sweep(folder)
        tables = [folder / "examples.csv"]
        if names:
            tables += [folder / "golden.csv", folder / "model" / "golden.csv", *sorted(folder.glob("backup/*/golden.csv"))]
        for path in (*tables, *sorted(folder.glob("backup/*/examples.csv"))):
            if path.is_file():
                _note(found, folder, path, rewrite_labels(path, is_meant) if path.name == "examples.csv" else _rewrite(path, is_meant))
        for path in (folder / "model" / "golden.json", *sorted(folder.glob("backup/*/golden.json"))) if names else ():
            if path.is_file():
                _note(found, folder, path, _drop_records(path, names))
        for path in (*folder.glob("model/card.*"), *folder.glob("backup/*/card.*")) if names else ():
            _note(found, folder, path, _redact(path, names))
        if found.rows:
            models = sorted({path.parent for language in SUPPORTED for path in folder.glob(f"backup/*/{language}.json")})
            found.learnt.extend(path.relative_to(folder).as_posix() for path in models)
    return found


def _sweep(folder: Path) -> None:
    """What runs that were killed have left, with posts in it; nobody else writes while the guide is locked."""
    for left in (folder / ".calibrating", *folder.glob("backup/.model-*.part")):
        shutil.rmtree(left, ignore_errors=True)
    for pattern in (
        ".examples.csv.*.part",
        ".golden.csv.*.part",
        "model/.golden.*.part",
        "backup/*/.golden.*.part",
        "backup/*/.examples.*.part",
    ):
        for left in folder.glob(pattern):
            left.unlink(missing_ok=True)


def _redact(path: Path, names: set[str]) -> int:
    """Short names of forgotten posts in a tone card."""
    text, names = path.read_bytes(), {name for name in names if _SHORT_NAME.fullmatch(name)}
    if not names:
        return 0
    pattern = re.compile(rb"\b(?:" + b"|".join(re.escape(name.encode()) for name in sorted(names)) + rb")\b")
    kept, n = pattern.subn(b"forgotten", text)
    if n:
        replace_file(path, kept)
    return n


def _note(found: Forgotten, folder: Path, path: Path, n: int) -> None:
    if n:
        found.rows[path.relative_to(folder).as_posix()] = n


def _rewrite(path: Path, is_meant: Callable[[LabelRow], bool]) -> int:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            columns, rows = list(table.fieldnames or ()), list(table)
    except (OSError, ValueError, csv.Error) as e:
        raise InputError(f"{path}: cannot be read ({e}); delete the post there by hand") from None
    kept = [row for row in rows if not is_meant({name: row.get(name) or "" for name in columns})]
    if len(kept) < len(rows):
        out = io.StringIO(newline="")
        write = csv.DictWriter(out, columns, lineterminator="\r\n", extrasaction="ignore")
        write.writeheader()
        write.writerows(kept)
        replace_file(path, out.getvalue().encode("utf-8-sig", "replace"))
    return len(rows) - len(kept)


def _drop_records(path: Path, names: set[str]) -> int:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        kept = {name: parts for name, parts in records.items() if name not in names}
    except (OSError, ValueError, AttributeError) as e:
        if isinstance(e, OSError):
            raise InputError(f"{path}: cannot be read ({e.strerror or e}); close it where it is open") from None
        # Nobody can tell what is in it, and scores do not need it.
        path.unlink()
        return 1
    if len(kept) < len(records):
        replace_file(path, (json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode())
    return len(records) - len(kept)


def _similar(folder: Path, forgotten: list[str]) -> list[str]:
    from toneguide.calibrate.labels import read_labels

    if not forgotten:
        return []
    kept = list(dict.fromkeys(label.text for label in read_labels(folder / "examples.csv", missing_ok=True)))
    groups = near_copies([*forgotten, *kept])
    first = set(groups[: len(forgotten)].tolist())
    return [post_id(text) for text, group in zip(kept, groups[len(forgotten) :].tolist(), strict=True) if group in first]
