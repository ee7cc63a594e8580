"""Rule packs: house terms that many companies share, one TOML file per pack and language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from toneguide.decided import Pack, Term

__all__ = ["load_packs", "pack_ids"]


@lru_cache(maxsize=None)
def pack_ids() -> tuple[str, ...]:
    """Ids of all packs.

    Examples
    --------
    >>> pack_ids()
    ('equal_language', 'plain_language', 'positive_framing')
    """
    folders = (resources.files("toneguide.guide_folder") / "packs" / language for language in ("fi", "en"))
    return tuple(
        sorted({path.name.removesuffix(".toml") for folder in folders for path in folder.iterdir() if path.name.endswith(".toml")})
    )


def load_packs(ids: Iterable[str]) -> tuple[Pack, ...]:
    """Packs in both languages, in the order asked for.

    Raises
    ------
    KeyError
        For an unknown one.

    Examples
    --------
    >>> [(pack.id, pack.language) for pack in load_packs(["plain_language"])]
    [('plain_language', 'fi'), ('plain_language', 'en')]
    """
    return tuple(_load(wanted, language) for wanted in dict.fromkeys(ids) for language in ("fi", "en"))


@lru_cache(maxsize=None)
def _load(wanted: str, language: str) -> Pack:
    if wanted not in pack_ids():
        raise KeyError(f"no rule pack {wanted!r}")
    path = resources.files("toneguide.guide_folder") / "packs" / language / f"{wanted}.toml"
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    terms = tuple(Term(t["avoid"], tuple(t.get("prefer", ())), t.get("note", ""), language, wanted) for t in facts["terms"])
    return Pack(wanted, language, facts["name"], facts["meaning"], terms, tuple(facts.get("silent_with", ())))
