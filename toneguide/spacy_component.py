"""toneguide in a spaCy pipeline: ``nlp.add_pipe("toneguide")``.

``doc._.tone`` holds the scores as plain data, and ``doc.spans["toneguide"]`` the words behind them, so that documents can be saved and shown
with displaCy as any others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from toneguide.guide import ToneGuide
from toneguide.language.identify import SUPPORTED
from toneguide.render.highlight import highlights
from toneguide.score import ToneScore

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["KEY", "ToneComponent", "make_toneguide"]

KEY: Final = "toneguide"
_BATCH: Final = 128


class ToneComponent:
    """Scores documents as they pass.

    Parameters
    ----------
    guide : ToneGuide
        Whose tone.
    language : {"fi", "en"} or None
        Of the documents; None to have it identified.
    """

    def __init__(self, guide: ToneGuide, language: str | None) -> None:
        from spacy.tokens import Doc

        self._guide, self._language = guide, language
        if not Doc.has_extension("tone"):
            Doc.set_extension("tone", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Score one document."""
        return _filled(doc, self._guide.score(doc.text, language=self._language, min_words=0))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Score documents in batches, in order."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            scores = self._guide.score_many([doc.text for doc in docs], language=self._language, min_words=0)
            yield from (_filled(doc, score) for doc, score in zip(docs, scores, strict=True))

    def to_bytes(self, **_kinds: object) -> bytes:
        """Nothing: the guide is named in the pipeline's config."""
        return b""

    def from_bytes(self, _data: bytes, **_kinds: object) -> ToneComponent:
        """Itself."""
        return self

    def to_disk(self, _path: object, **_kinds: object) -> None:
        """Nothing to write."""

    def from_disk(self, _path: object, **_kinds: object) -> ToneComponent:
        """Itself."""
        return self


def _filled(doc: Doc, score: ToneScore) -> Doc:
    names = ("language", "status", "reason", "n_words", "corporate", "warmth", "alignment")
    doc._.tone = {name: getattr(score, name) for name in names} | {"values": {n: v.alignment for n, v in score.values.items()}}
    spans = [doc.char_span(h.start, h.end, label=h.side, alignment_mode="expand") for h in highlights(score.evidence)]
    doc.spans[KEY] = [span for span in spans if span is not None]
    return doc


def make_toneguide(nlp: Language, name: str, guide: str | None, language: str | None) -> ToneComponent:  # noqa: ARG001
    """The component, for spaCy's factory ``"toneguide"``.

    Parameters
    ----------
    nlp : Language
        The pipeline; its language is the documents' where it is Finnish or English and none is given.
    name : str
        Of the component in the pipeline.
    guide : str or None
        A guide folder.
    language : str or None
        Overrides the pipeline's.
    """
    chosen = language or (nlp.lang if nlp.lang in SUPPORTED else None)
    return ToneComponent(ToneGuide.load(guide) if guide else ToneGuide.default(), chosen)


def _register() -> Any:
    from spacy.language import Language

    return Language.factory(KEY, default_config={"guide": None, "language": None}, assigns=["doc._.tone"], func=make_toneguide)


_register()
