"""Form table: a word's lemma and morphology read off its ending.

A table maps endings (whole forms, marked ``^``, where an ending would mislead) to analyses. It was
distilled once from a full analyser (`toneguide.language.distil`), and answers in a microsecond,
unseen words and compounds included, because the longest known ending decides.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib import resources
from typing import Final, NamedTuple

__all__ = ["Analysis", "FormTable", "form_table"]

LONGEST_ENDING: Final = 12


class Analysis(NamedTuple):
    """One reading of a form: its lemma, part of speech and morphological tags."""

    lemma: str
    pos: str
    tags: tuple[str, ...]


class FormTable:
    """Endings to analyses, longest ending first.

    Parameters
    ----------
    lines : list of str
        ``ending<TAB>analysis[|analysis]``; an analysis is ``cut add POS tags`` separated by commas: how many
        letters to take off the form's end, what to put there, the part of speech, and tags joined by ``+``.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    @cached_property
    def _rules(self) -> dict[str, str]:
        return dict(line.split("\t") for line in self._lines if line)

    def analyse(self, form: str) -> tuple[Analysis, ...]:
        """Readings of a lower-case form, the likeliest first; at least one."""
        rules = self._rules
        found = rules.get("^" + form)
        if found is None:
            for i in range(max(0, len(form) - LONGEST_ENDING), len(form) + 1):
                found = rules.get(form[i:])
                if found is not None:
                    break
        parsed = _parse(found or "0,,NOUN,")
        return tuple([Analysis(form[: len(form) - cut] + add if cut else form + add, pos, tags) for cut, add, pos, tags in parsed])

    def knows(self, form: str) -> bool:
        """Whether the form is listed whole, not only by its ending."""
        return "^" + form in self._rules


@lru_cache(maxsize=None)
def _parse(rule: str) -> tuple[tuple[int, str, str, tuple[str, ...]], ...]:
    readings = (reading.split(",") for reading in rule.split("|"))
    return tuple((int(cut), add, pos, tuple(tags.split("+")) if tags else ()) for cut, add, pos, tags in readings)


@lru_cache(maxsize=None)
def form_table(language: str) -> FormTable:
    """The shipped table of a language, ``"fi"`` or ``"en"``."""
    path = resources.files("toneguide.language") / "data" / f"{language}_forms.tsv"
    return FormTable(path.read_text(encoding="utf-8").splitlines())
