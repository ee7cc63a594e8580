"""The guide folder: what the company decided, in files small enough to review.

``guide.yaml`` holds the decisions, ``model/`` the sparse changes that calibration made to the shipped weights, with
the hash of what they change. Comments in ``guide.yaml`` survive every write.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from toneguide.errors import GuideError, ModelError
from toneguide.language.analysis import PIPELINES, PipelineName
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.values.matching import Value, read_value

__all__ = ["read_folder", "write_folder"]

_KEYS: Final = ("values", "pipeline")
_LARGEST: Final = 1_000_000
_HEADER: Final = """\
# A toneguide guide: what your company decided about its tone of voice.
# values: the company's own value words. A plain name is enough; add words that name the same value:
#   - name: Rohkeus
#     words: [rohkea, uskallus]
# pipeline: fast (goes by word forms) or accurate (a neural tagger reads each sentence; slower).
"""


def read_folder(folder: Path, shipped: Mapping[str, ToneModel]) -> tuple[list[Value], PipelineName | None, dict[str, ToneModel]]:
    """Values, pipeline and models of a guide folder.

    Raises
    ------
    GuideError
        Naming the file, the line where known, and what to do.
    """
    path = folder / "guide.yaml"
    if not path.is_file():
        raise GuideError(f"{folder}: no guide.yaml there; `toneguide init {folder}` makes a guide folder")
    decided = _load_yaml(path)
    unknown = [key for key in decided if key not in _KEYS]
    if unknown:
        raise GuideError(f"{path}: unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}")
    pipeline = decided.get("pipeline")
    if pipeline is not None and pipeline not in PIPELINES:
        raise GuideError(f"{path}: pipeline is {pipeline!r}; choose one of {', '.join(PIPELINES)}")
    try:
        values = [read_value(record) for record in decided.get("values") or []]
    except (ValueError, TypeError, AttributeError) as e:
        raise GuideError(f"{path}: {e}") from None
    names = [value.name for value in values]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise GuideError(f"{path}: the value {twice!r} is there twice; keep one")
    models = {language: _changed(model, folder / "model" / f"{language}.json") for language, model in shipped.items()}
    return values, pipeline, models


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
    except YAMLError as e:
        raise GuideError(f"{path}: not YAML ({e})") from None
    if decided is None:
        return {}
    if not isinstance(decided, dict):
        raise GuideError(f"{path}: expected keys such as values: and pipeline:")
    return decided


def _changed(model: ToneModel, path: Path) -> ToneModel:
    if not path.exists():
        return model
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts["changes"] != _fingerprint(model):
            raise ModelError(f"{path}: was calibrated on other shipped weights than the ones installed; calibrate again")
        entries = {(e.category, e.text): i for i, e in enumerate(model.lexicon.entries)}
        entry_weights, subwords = model.entry_weights.copy(), model.subword_weights.copy()
        for category, text, *pair in facts["entries"]:
            entry_weights[entries[category, text]] = [float(x) for x in pair]
        for row, *pair in facts["subwords"]:
            subwords[int(row)] = [float(x) for x in pair]
        signals = {name: np.array([float(x) for x in facts["signals"][name]]) for name in model.signal_weights}
        bias = np.array([float(x) for x in facts["bias"]])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as e:
        raise ModelError(f"{path}: not a calibrated model ({type(e).__name__}: {e}); calibrate again") from None
    weights = (bias, entry_weights, subwords, *signals.values())
    if bias.shape != (len(DIMENSIONS),) or not all(np.isfinite(w).all() for w in weights):
        raise ModelError(f"{path}: a weight is not a number; calibrate again")
    return model.with_weights(bias=bias, entry_weights=entry_weights, subword_weights=subwords, signal_weights=signals)


def write_folder(
    folder: Path, values: Sequence[Value], pipeline: PipelineName, models: Mapping[str, ToneModel], shipped: Mapping[str, ToneModel]
) -> None:
    """Write a guide; what is there already is replaced file by file, each at once."""
    from ruamel.yaml import YAML

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "guide.yaml"
    yaml = YAML(typ="rt")
    decided = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else yaml.load(_HEADER + "values: []\npipeline: fast\n")
    kept = {_name_of(record): record for record in decided.get("values") or []}
    decided["values"] = [kept.get(value.name, _record(value)) for value in values]
    decided["pipeline"] = pipeline
    from io import StringIO

    out = StringIO()
    yaml.dump(decided, out)
    _replace(path, out.getvalue())
    for language, model in models.items():
        target = folder / "model" / f"{language}.json"
        if model is shipped[language]:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(exist_ok=True)
        _replace(target, json.dumps(_changes(model, shipped[language]), indent=None, separators=(",", ":"), ensure_ascii=False) + "\n")


def _name_of(record: object) -> object:
    return record.get("name") if isinstance(record, dict) else record


def _record(value: Value) -> str | dict[str, Any]:
    return {"name": value.name, "words": list(value.words)} if value.words else value.name


def _changes(model: ToneModel, before: ToneModel) -> dict[str, Any]:
    moved = np.flatnonzero((model.entry_weights != before.entry_weights).any(axis=1))
    rows = np.flatnonzero((model.subword_weights != before.subword_weights).any(axis=1))
    return {
        "changes": _fingerprint(before),
        "bias": model.bias.tolist(),
        "signals": {name: weight.tolist() for name, weight in model.signal_weights.items()},
        "entries": [[model.lexicon.entries[i].category, model.lexicon.entries[i].text, *model.entry_weights[i].tolist()] for i in moved],
        "subwords": [[int(i), *model.subword_weights[i].tolist()] for i in rows],
    }


def _fingerprint(model: ToneModel) -> str:
    import hashlib

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
