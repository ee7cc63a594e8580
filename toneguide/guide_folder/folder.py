"""The guide folder: what the company decided, in files small enough to review.

``guide.yaml`` holds the decisions, ``model/`` the sparse changes that calibration made to the shipped weights, with
the hash of what they change. Comments in ``guide.yaml`` survive every write.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.decided import Decisions
from toneguide.errors import GuideError, ModelError
from toneguide.guide_folder.records import KEYS, data_of
from toneguide.guide_folder.yaml_file import edit_yaml, load_yaml
from toneguide.language.analysis import PipelineName
from toneguide.model.calibration import Change, apply
from toneguide.model.features import categories
from toneguide.model.subwords import N_BUCKETS
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.signals import signal_names
from toneguide.values.value import Value, Values

__all__ = ["Decided", "read_changes", "read_folder", "write_folder"]

_LARGEST_WEIGHT: Final = 1e6
_HEADER: Final = """\
# A toneguide guide: what your company decided about its tone of voice. `toneguide init` writes one that explains every key.
"""


class Decided(NamedTuple):
    """What a guide folder holds.

    Attributes
    ----------
    values : Values
        In the file's order.
    pipeline : str or None
        None where the guide does not say.
    models : dict of str to ToneModel
        By language, changes made.
    changes : dict of str to list of Change
        By language, in the order they were made.
    decisions : Decisions
        Everything else.
    """

    values: Values
    pipeline: PipelineName | None
    models: dict[str, ToneModel]
    changes: dict[str, list[Change]]
    decisions: Decisions


def read_folder(folder: Path, shipped: Mapping[str, ToneModel]) -> Decided:
    """What a guide folder decides.

    Raises
    ------
    GuideError
        Naming the file, the line where known, and what to do.
    ModelError
        For a calibrated model that cannot be used.
    """
    path = folder / "guide.yaml"
    if not path.is_file():
        raise GuideError(f"{folder}: no guide.yaml there; {_guide_hint(folder)}")
    values, pipeline, decisions = _read_file(path)
    changes = {language: read_changes(folder / "model" / f"{language}.json", model) for language, model in shipped.items()}
    models = dict(shipped)
    for language, made in changes.items():
        for change in made:
            models[language] = apply(models[language], change)
    return Decided(values, pipeline, models, changes, decisions)


def _guide_hint(folder: Path) -> str:
    """Guide folders beside one that is none, or how to make one."""
    if folder.is_file():
        return f"name the folder, {str(folder.parent)!r}"
    beside = sorted(path.parent.name for path in folder.resolve().parent.glob("*/guide.yaml"))
    if beside:
        return f"there is one in {', '.join(map(repr, beside[:3]))}, and `toneguide init {folder}` makes a new one"
    return f"`toneguide init {folder}` makes one"


def _read_file(path: Path) -> tuple[Values, PipelineName | None, Decisions]:
    from toneguide.guide_folder.schema import read_guide

    data, line_of = load_yaml(path)
    guide = read_guide(data, path, line_of)
    try:
        values, decisions = guide.records()
    except ValueError as e:
        raise GuideError(f"{path}: {e}") from None
    return values, guide.pipeline, decisions


def read_changes(path: Path, model: ToneModel) -> list[Change]:
    """What calibration did to a shipped model; nothing where there is no such file.

    Raises
    ------
    ModelError
        For a file that is damaged, or belongs to other shipped weights.
    """
    if not path.exists():
        return []
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        made_on, changes = facts["changes_what"], facts["changes"]
        found = [_read_change(change, model) for change in changes]
    except json.JSONDecodeError:
        raise ModelError(f"{path}: cut short or damaged; calibrate again, or put the former model/ back from backup/") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
        raise ModelError(f"{path}: not a calibrated model ({type(e).__name__}: {e}); calibrate again") from None
    if made_on != _fingerprint(model):
        raise ModelError(f"{path}: was calibrated on other shipped weights than the ones installed; calibrate again")
    return found


def _read_change(facts: dict[str, Any], model: ToneModel) -> Change:
    entries = {(e.category, e.text): i for i, e in enumerate(model.lexicon.entries)}
    rows = {int(row): _pair(pair) for row, pair in facts["subwords"].items()}
    if not all(0 <= row < N_BUCKETS for row in rows):
        raise ValueError("an n-gram row that there is not")
    if not set(facts["lists"]) <= set(categories(model.lexicon)) or not set(facts["signals"]) <= set(signal_names(model.language)):
        raise ValueError("a list or signal that there is not")
    return Change(
        scale=_pair(facts["scale"]),
        bias=_pair(facts["bias"]),
        lists={name: _pair(pair) for name, pair in facts["lists"].items()},
        signals={name: _pair(pair) for name, pair in facts["signals"].items()},
        entries={entries[category, text]: _pair(pair) for category, text, pair in facts["entries"]},
        subwords=rows,
    )


def _pair(numbers: object) -> npt.NDArray[np.float64]:
    if not isinstance(numbers, list) or len(numbers) != len(DIMENSIONS):
        raise ValueError("expected one number for each dimension")
    if not all(isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < _LARGEST_WEIGHT for n in numbers):
        raise ValueError("a weight is not a number")
    return np.array(numbers, dtype=float)


def write_folder(
    folder: Path,
    values: Sequence[Value],
    pipeline: PipelineName,
    changes: Mapping[str, Sequence[Change]],
    shipped: Mapping[str, ToneModel],
    decisions: Decisions = Decisions(),  # noqa: B008 (a frozen record)
) -> None:
    """Write a guide; what is there already is replaced file by file, each at once, and only what differs is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "guide.yaml"
    wanted = data_of(tuple(values), pipeline, decisions)
    if path.exists():
        there, known, decided = _read_file(path)
        before = data_of(there, known or pipeline, decided)
        text = edit_yaml(path.read_text(encoding="utf-8-sig"), ((key, wanted[key]) for key in KEYS if wanted[key] != before[key]))
    else:
        usual = data_of((), "", Decisions())
        text = edit_yaml(_HEADER, ((key, wanted[key]) for key in KEYS if wanted[key] != usual[key]))
    if not path.exists() or path.read_text(encoding="utf-8-sig") != text:
        _replace(path, text)
    for language, made in changes.items():
        target = folder / "model" / f"{language}.json"
        if not made:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(exist_ok=True)
        model = shipped[language]
        facts = {"changes_what": _fingerprint(model), "changes": [_change_facts(change, model) for change in made]}
        _replace(target, json.dumps(facts, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n")


def _change_facts(change: Change, model: ToneModel) -> dict[str, Any]:
    entries = model.lexicon.entries
    return {
        "scale": change.scale.tolist(),
        "bias": change.bias.tolist(),
        "lists": {name: pair.tolist() for name, pair in change.lists.items() if pair.any()},
        "signals": {name: pair.tolist() for name, pair in change.signals.items() if pair.any()},
        "entries": [[entries[i].category, entries[i].text, pair.tolist()] for i, pair in sorted(change.entries.items()) if pair.any()],
        "subwords": {str(row): pair.tolist() for row, pair in sorted(change.subwords.items()) if pair.any()},
    }


def _fingerprint(model: ToneModel) -> str:
    digest = hashlib.sha256(model.lexicon.fingerprint().encode())
    for weights in (
        model.bias,
        model.entry_weights,
        model.subword_weights,
        *(model.signal_weights[n] for n in sorted(model.signal_weights)),
    ):
        digest.update(np.ascontiguousarray(weights).tobytes())
    return digest.hexdigest()


def _replace(path: Path, text: str) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        # Temporary files are for their owner only; a guide is for colleagues too.
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
