"""The draft meter: type or paste, and meters, highlights and suggestions follow. Drafts leave no trace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget

from toneguide.calibrate.labels import Label, add_labels
from toneguide.errors import ToneguideError
from toneguide.interface import speaking, tr
from toneguide.widgets.draft import help_to_show, score_to_show
from toneguide.widgets.show import handler, script, spoken, static_bundle, style

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide
    from toneguide.score import ToneScore

__all__ = ["DraftMeter"]

# Load what loads late (Finnish forms) before the first letter is typed.
_WARM_UP: Final = {"fi": "Panostamme asiakaslähtöisyyteen ja hyödynnämme synergioita.", "en": "We leverage synergies to drive outcomes."}
_LONGEST: Final = 20_000


class DraftMeter(anywidget.AnyWidget):
    """Write a draft in a notebook and see how it sounds while you type.

    What is typed goes to the kernel on this machine and nowhere else. It is no state of the widget, so neither the notebook nor its outputs
    keep it, and nothing logs it. One thing is written, and only on the click that asks for it: *I disagree* puts the draft on the list of
    posts to label.

    Parameters
    ----------
    guide : ToneGuide
        Scores the draft; its values, targets and house terms count.
    channel : str, optional
        Whose target bands are shown.
    situation : str, optional
        A situation of the guide, whose targets come first.
    to_label : path
        List of posts to label, for *I disagree*; `Labeller` takes it as it is.
    language : {"fi", "en"}, optional
        Of the meter itself; that of the interface where None. Drafts may be in either.

    Raises
    ------
    ValueError
        For a situation that the guide does not name.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> DraftMeter(ToneGuide.default(), language="en")
    Draft meter: nothing you type is kept
    """

    _esm = script("meter")
    _css = style()

    def __init__(
        self, guide: ToneGuide, *, channel: str | None = None, situation: str | None = None, to_label: str | Path = "to_label.csv",
        language: str | None = None,
    ) -> None:  # fmt: skip
        self._language: Final = spoken(language)
        self._guide, self._channel, self._situation = guide, channel, situation
        self._to_label: Final = Path(to_label)
        self._ready = False
        guide.score("", channel=channel, situation=situation)
        super().__init__()
        self.on_msg(handler(self._language, self._receive))

    def _receive(self, message: Mapping[str, Any]) -> None:
        act, text = message.get("do"), message.get("text")
        draft = text[:_LONGEST] if isinstance(text, str) else ""
        turn = message.get("turn", 0)
        try:
            if act == "show":
                self.send({"kind": "words", "words": self._words()})
                self._warm_up()
                self.send({"kind": "ready"})
            elif act == "score":
                self.send({"kind": "score", "turn": turn, **score_to_show(self._score(draft))})
            elif act == "help":
                self.send({"kind": "help", "turn": turn, **help_to_show(self._score(draft))})
            elif act == "disagree":
                self.send({"kind": "said", "said": self._disagree(draft), "problem": ""})
        except ToneguideError as e:
            self.send({"kind": "said", "said": "", "problem": str(e)})
        except Exception:  # a traceback in the notebook's log could quote the draft
            self.send({"kind": "said", "said": "", "problem": tr("This draft could not be scored.")})

    def _score(self, draft: str) -> ToneScore:
        return self._guide.score(draft, channel=self._channel, situation=self._situation)

    def _warm_up(self) -> None:
        if not self._ready:
            for text in _WARM_UP.values():
                score = self._guide.score(text)
                _ = score.evidence, score.suggestions, score.advice
            self._ready = True

    def _disagree(self, draft: str) -> str:
        if not draft.strip():
            return ""
        score = self._guide.score(draft)
        added = add_labels(self._to_label, [Label(draft, score.language, (self._channel or "").lower())], unrated=True)
        name = self._to_label.name
        return (
            tr("The draft is now on the list {file}.", file=name) if added else tr("The draft was on the list {file} already.", file=name)
        )

    def _words(self) -> dict[str, str]:
        return {
            "lang": self._language,
            "title": tr("Draft meter"),
            "draft": tr("Your draft"),
            "channel": tr("Targets: {channel}", channel=self._channel) if self._channel else "",
            "privacy": tr("Nothing you type here is stored, logged or kept in the notebook."),
            "nothing": tr("Type or paste a post: meters and highlights follow."),
            "preparing": tr("Getting ready…"),
            "suggestions": tr("Could be said more plainly"),
            "advice_head": tr("Worth a thought"),
            "highlights": tr("What moves the meters"),
            "use": tr("Use {text} instead of {found}"),
            "undo": tr("Undo: back to {found}"),
            "undone": tr("Taken back: {found}"),
            "used": tr("Changed: {found} is now {text}"),
            "advice": tr("for example {text}"),
            "disagree": tr("I disagree"),
            "disagree_why": tr(
                "Puts this draft on the list of posts to label, {file}. Only this click stores it.", file=self._to_label.name
            ),
            "target": tr("striped: the target"),
            "silent": tr("The kernel does not answer. Run the cell again."),
        }

    def __repr__(self) -> str:
        with speaking(self._language):
            return tr("Draft meter: nothing you type is kept")

    def _repr_mimebundle_(self, **kinds: Any) -> Any:
        with speaking(self._language):
            return static_bundle(super()._repr_mimebundle_(**kinds), repr(self), tr("Run the cell to write."))
