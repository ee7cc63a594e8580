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
from io import StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.errors import GuideError, ModelError
from toneguide.language.analysis import PIPELINES, PipelineName
from toneguide.model.calibration import Change, apply
from toneguide.model.features import categories
from toneguide.model.subwords import N_BUCKETS
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.signals import signal_names
from toneguide.values.matching import Value, read_values

__all__ = ["Decided", "read_folder", "write_folder"]

_KEYS: Final = ("values", "pipeline")
_LARGEST: Final = 1_000_000
_LARGEST_WEIGHT: Final = 1e6
_HEADER: Final = """\
# A toneguide guide: what your company decided about its tone of voice.
# values: the company's own value words. A plain name is enough; add words that name the same value:
#   - name: Rohkeus
#     words: [rohkea, uskallus]
# pipeline: fast (goes by word forms) or accurate (a neural tagger reads each sentence; slower).
values: []
pipeline: fast
"""


class Decided(NamedTuple):
    """What a guide folder holds.

    Attributes
    ----------
    values : list of Value
        In the file's order.
    pipeline : str or None
        None where the guide does not say.
    models : dict of str to ToneModel
        By language, changes made.
    changes : dict of str to list of Change
        By language, in the order they were made.
    """

    values: list[Value]
    pipeline: PipelineName | None
    models: dict[str, ToneModel]
    changes: dict[str, list[Change]]


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
        raise GuideError(f"{folder}: no guide.yaml there; ToneGuide.default().save({str(folder)!r}) makes a guide folder")
    decided = _load_yaml(path)
    unknown = [key for key in decided if key not in _KEYS]
    if unknown:
        raise GuideError(f"{path}: unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}")
    pipeline = decided.get("pipeline")
    if pipeline is not None and pipeline not in PIPELINES:
        raise GuideError(f"{path}: pipeline is {pipeline!r}; choose one of {', '.join(PIPELINES)}")
    values = _read_values(decided.get("values"), path)
    changes = {language: _read_changes(folder / "model" / f"{language}.json", model) for language, model in shipped.items()}
    models = dict(shipped)
    for language, made in changes.items():
        for change in made:
            models[language] = apply(models[language], change)
    return Decided(values, pipeline, models, changes)


def _read_values(records: object, path: Path) -> list[Value]:
    if records is None:
        return []
    if not isinstance(records, list):
        raise GuideError(f"{path}: values is a list; write each value on a line of its own after a dash")
    try:
        return read_values(records)
    except ValueError as e:
        raise GuideError(f"{path}: {e}") from None


def _load_yaml(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if path.stat().st_size > _LARGEST:
        raise GuideError(f"{path}: larger than 1 MB; a guide holds decisions, not posts")
    try:
        # The safe loader builds plain data only; a Python tag is an error.
        decided = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise GuideError(f"{path}: not UTF-8; save it again as UTF-8") from None
    except MarkedYAMLError as e:
        line = f", line {e.problem_mark.line + 1}" if e.problem_mark else ""
        raise GuideError(f"{path}{line}: {e.problem or 'not YAML'}") from None
    except (YAMLError, RecursionError, ValueError) as e:
        raise GuideError(f"{path}: not YAML ({e})") from None
    if decided is None:
        return {}
    if not isinstance(decided, dict):
        raise GuideError(f"{path}: expected keys such as values: and pipeline:")
    return decided


def _read_changes(path: Path, model: ToneModel) -> list[Change]:
    if not path.exists():
        return []
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        made_on, changes = facts["changes_what"], facts["changes"]
        found = [_read_change(change, model) for change in changes]
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
) -> None:
    """Write a guide; what is there already is replaced file by file, each at once."""
    from ruamel.yaml import YAML

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "guide.yaml"
    yaml = YAML(typ="rt")
    decided = yaml.load(path.read_text(encoding="utf-8") if path.exists() else _HEADER) or yaml.load(_HEADER)
    if [_plain(record) for record in decided.get("values") or []] != [_record(value) for value in values]:
        decided["values"] = _merged(decided.get("values"), values)
    decided["pipeline"] = pipeline
    out = StringIO()
    yaml.dump(decided, out)
    _replace(path, out.getvalue())
    for language, made in changes.items():
        target = folder / "model" / f"{language}.json"
        if not made:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(exist_ok=True)
        model = shipped[language]
        facts = {"changes_what": _fingerprint(model), "changes": [_change_facts(change, model) for change in made]}
        _replace(target, json.dumps(facts, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n")


def _merged(there: Any, values: Sequence[Value]) -> Any:
    """The list of values with the wanted ones, in the list that is there where it can be, so that comments beside items stay."""
    if not there:
        return [_record(value) for value in values]
    wanted = [_record(value) for value in values]
    for i in range(len(there) - 1, -1, -1):
        if _plain(there[i]) not in wanted:
            del there[i]
    for i, record in enumerate(wanted):
        if i >= len(there) or _plain(there[i]) != record:
            there.insert(i, record)
    del there[len(wanted) :]
    return there


def _plain(record: Any) -> object:
    return {key: list(v) if isinstance(v, list) else v for key, v in record.items()} if isinstance(record, dict) else record


def _record(value: Value) -> str | dict[str, Any]:
    return {"name": value.name, "words": list(value.words)} if value.words else value.name


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
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
