"""Model files: data only, byte for byte alike, and refused where anything is wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

import toneguide
from toneguide.errors import ModelError
from toneguide.lexicons.lexicon import Lexicon, load_lexicon
from toneguide.model.storage import load_model, save_model

DATA = Path(toneguide.__file__).parent / "data"


@pytest.fixture(params=["fi", "en"])
def language(request):
    return request.param


@pytest.fixture
def folder(tmp_path):
    """The shipped Finnish model, in a folder of its own."""
    for suffix in (".json", ".safetensors"):
        shutil.copy(DATA / f"model_fi{suffix}", tmp_path / f"m{suffix}")
    return tmp_path


def load(folder: Path):
    return load_model(folder, "m", load_lexicon("fi"))


def change(folder: Path, **facts: object) -> None:
    path = folder / "m.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


def swap_tensors(folder: Path, tensors: dict) -> None:
    raw = save(tensors)
    (folder / "m.safetensors").write_bytes(raw)
    change(folder, tensors=hashlib.sha256(raw).hexdigest())


def test_a_shipped_model_saved_again_is_the_same_file(language, tmp_path):
    model = load_model(DATA, f"model_{language}", load_lexicon(language))
    save_model(model, tmp_path, "m")
    for suffix in (".json", ".safetensors"):
        assert (tmp_path / f"m{suffix}").read_bytes() == (DATA / f"model_{language}{suffix}").read_bytes()


def test_saving_twice_gives_the_same_bytes(folder):
    model = load(folder)
    for name in ("a", "b"):
        save_model(model, folder, name)
    assert (folder / "a.safetensors").read_bytes() == (folder / "b.safetensors").read_bytes()
    assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes()


def test_round_trip_keeps_every_weight(folder):
    model = load(folder)
    save_model(model, folder, "a")
    again = load_model(folder, "a", load_lexicon("fi"))
    assert np.array_equal(model.entry_weights, again.entry_weights)
    assert np.array_equal(model.subword_weights, again.subword_weights)
    assert np.array_equal(model.bias, again.bias)
    assert {name: pair.tolist() for name, pair in model.signal_weights.items()} == {n: p.tolist() for n, p in again.signal_weights.items()}
    assert (model.k, model.language) == (again.k, again.language)


@pytest.mark.parametrize("suffix", [".json", ".safetensors"])
def test_a_missing_file_is_named(folder, suffix):
    (folder / f"m{suffix}").unlink()
    with pytest.raises(ModelError, match=rf"m\{suffix}: cannot be read"):
        load(folder)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"schema": 999}, "schema 999"),
        ({"schema": "1"}, "schema '1'"),
        ({"language": ["fi"]}, "unexpected type or value"),
        ({"language": "sv"}, "unexpected type or value"),
        ({"dimensions": ["warmth", "corporate"]}, "unexpected type or value"),
        ({"dimensions": None}, "unexpected type or value"),
        ({"k": "20"}, "unexpected type or value"),
        ({"k": None}, "unexpected type or value"),
        ({"k": True}, "unexpected type or value"),
        ({"k": float("nan")}, "unexpected type or value"),
        ({"bias": [1.0]}, "unexpected type or value"),
        ({"bias": ["1", 2]}, "unexpected type or value"),
        ({"bias": {"corporate": 1}}, "unexpected type or value"),
        ({"bias": [float("inf"), 0]}, "unexpected type or value"),
        ({"signals": []}, "unexpected type or value"),
        ({"signals": {"reader": [0.1]}}, "unexpected type or value"),
        ({"signals": {"reader": [0.1, 0.2]}}, "other signals"),
        ({"lexicon": "0" * 64}, "other word lists"),
        ({"lexicon": None}, "other word lists"),
        ({"tensors": "0" * 64}, "not the file that"),
        ({"extra": 1}, "expected the keys"),
    ],
    ids=str,
)
def test_a_wrong_field_is_refused(folder, facts, message):
    change(folder, **facts)
    with pytest.raises(ModelError, match=message):
        load(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'"model"'])
def test_a_damaged_json_is_refused(folder, content):
    (folder / "m.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"m\.json: (damaged|not a model file)"):
        load(folder)


def test_a_missing_key_is_refused(folder):
    path = folder / "m.json"
    facts = json.loads(path.read_text())
    del facts["k"]
    path.write_text(json.dumps(facts))
    with pytest.raises(ModelError, match="expected the keys"):
        load(folder)


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_truncated_weight_file_is_refused(folder, keep):
    path = folder / "m.safetensors"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelError, match=r"m\.safetensors: not the file"):
        load(folder)


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_truncated_weight_file_is_refused_even_where_its_hash_was_mended(folder, keep):
    raw = (folder / "m.safetensors").read_bytes()[:keep]
    (folder / "m.safetensors").write_bytes(raw)
    change(folder, tensors=hashlib.sha256(raw).hexdigest())
    with pytest.raises(ModelError, match=r"m\.safetensors: damaged"):
        load(folder)


def test_weights_of_another_shape_are_refused(folder):
    swap_tensors(folder, {"entries": np.zeros((3, 2), np.float32), "subwords": np.zeros((3, 2), np.float32)})
    with pytest.raises(ModelError, match="unexpected shape"):
        load(folder)


def test_missing_weights_are_refused(folder):
    swap_tensors(folder, {"other": np.zeros(1, np.float32)})
    with pytest.raises(ModelError):
        load(folder)


def test_a_lexicon_that_differs_in_one_strength_is_another_one(folder):
    entries = load_lexicon("fi").entries
    changed = type(entries[0])(entries[0].text, entries[0].category, entries[0].corporate, -3, entries[0].elements, entries[0].pos)
    with pytest.raises(ModelError, match="other word lists"):
        load_model(folder, "m", Lexicon([changed, *entries[1:]], "fi"))


@pytest.mark.parametrize("name", ["model_fi", "model_en"])
def test_shipped_files_hold_numbers_only(name):
    facts = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    assert set(facts) == {"schema", "language", "dimensions", "k", "bias", "signals", "lexicon", "tensors"}
    header = (DATA / f"{name}.safetensors").read_bytes()[:400]
    assert b"pickle" not in header
    assert b'"dtype":"F' in header
