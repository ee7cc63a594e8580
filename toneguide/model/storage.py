"""Model files: plain data, checked before use.

A model is two files: ``NAME.json`` with everything small, and ``NAME.safetensors`` with the long weight vectors. Both
are written byte for byte alike from the same weights, and neither can hold code.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from toneguide.errors import ModelError
from toneguide.lexicons.lexicon import Lexicon
from toneguide.model.subwords import N_BUCKETS
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.signals import signal_names

__all__ = ["SCHEMA", "load_model", "save_model"]

SCHEMA: Final = 1
_KEYS: Final = {"schema", "language", "dimensions", "k", "bias", "signals", "lexicon", "tensors"}


def save_model(model: ToneModel, folder: Path, name: str) -> None:
    """Write a model as ``folder/name.json`` and ``folder/name.safetensors``.

    Parameters
    ----------
    model : ToneModel
        Weights to keep; long vectors are kept in single precision.
    folder : Path
        An existing folder.
    name : str
        File name without ending.
    """
    tensors = save_tensors(
        {
            "entries": np.ascontiguousarray(model.entry_weights, dtype=np.float32),
            "subwords": np.ascontiguousarray(model.subword_weights, dtype=np.float32),
        }
    )
    facts = {
        "schema": SCHEMA,
        "language": model.language,
        "dimensions": list(DIMENSIONS),
        "k": model.k,
        "bias": model.bias.tolist(),
        "signals": {name: model.signal_weights[name].tolist() for name in signal_names(model.language)},
        "lexicon": model.lexicon.fingerprint(),
        "tensors": hashlib.sha256(tensors).hexdigest(),
    }
    (folder / f"{name}.safetensors").write_bytes(tensors)
    (folder / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def load_model(folder: Path, name: str, lexicon: Lexicon) -> ToneModel:
    """Read a model and check that it is what it says.

    Raises
    ------
    ModelError
        Where a file is missing, damaged, of another schema, or belongs to other lexicons.
    """
    path = folder / f"{name}.json"
    facts = _read_facts(path)
    try:
        raw = (folder / f"{name}.safetensors").read_bytes()
    except OSError as e:
        raise ModelError(f"{path.with_suffix('.safetensors')}: cannot be read ({e.strerror}); train or calibrate again") from None
    if hashlib.sha256(raw).hexdigest() != facts["tensors"]:
        raise ModelError(f"{path.with_suffix('.safetensors')}: not the file that {path.name} was written with; train or calibrate again")
    if facts["lexicon"] != lexicon.fingerprint():
        raise ModelError(f"{path}: was trained with other word lists than the ones installed; run `poe train` or calibrate again")
    try:
        tensors = load_tensors(raw)
    except SafetensorError as e:
        raise ModelError(f"{path.with_suffix('.safetensors')}: damaged ({e})") from None
    entries, subwords = tensors.get("entries"), tensors.get("subwords")
    if (
        entries is None
        or entries.shape != (len(lexicon), len(DIMENSIONS))
        or subwords is None
        or subwords.shape != (N_BUCKETS, len(DIMENSIONS))
    ):
        raise ModelError(f"{path.with_suffix('.safetensors')}: weights of an unexpected shape")
    return ToneModel(
        language=facts["language"],
        lexicon=lexicon,
        bias=np.array(facts["bias"], dtype=float),
        entry_weights=entries.astype(float),
        subword_weights=subwords.astype(float),
        signal_weights={signal: np.array(pair, dtype=float) for signal, pair in facts["signals"].items()},
        k=float(facts["k"]),
    )


def _read_facts(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ModelError(f"{path}: cannot be read ({e.strerror})") from None
    except ValueError as e:
        raise ModelError(f"{path}: damaged ({e}); it came with toneguide: install it again (developers: poe train)") from None
    if not isinstance(facts, dict) or set(facts) != _KEYS:
        raise ModelError(f"{path}: not a model file: expected the keys {', '.join(sorted(_KEYS))}")
    if facts["schema"] != SCHEMA:
        raise ModelError(f"{path}: schema {facts['schema']!r}; this version of toneguide reads schema {SCHEMA}")
    numbers = [facts["k"], *_numbers(facts["bias"]), *(n for pair in _values(facts["signals"]) for n in _numbers(pair))]
    if facts["language"] not in ("fi", "en") or facts["dimensions"] != list(DIMENSIONS) or not all(map(_is_number, numbers)):
        raise ModelError(f"{path}: a field has an unexpected type or value")
    if set(facts["signals"]) != set(signal_names(facts["language"])):
        raise ModelError(f"{path}: was trained with other signals than the ones installed; run `poe train` or calibrate again")
    return facts


def _numbers(pair: object) -> list[object]:
    return pair if isinstance(pair, list) and len(pair) == len(DIMENSIONS) else [None]


def _values(mapping: object) -> list[object]:
    return list(mapping.values()) if isinstance(mapping, dict) else [None]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6
