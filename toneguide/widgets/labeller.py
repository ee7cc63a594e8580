"""The labeller: one post at a time, 1-5 for corporate and warmth, ticks for values; every answer is in the file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget

from toneguide.errors import ToneguideError
from toneguide.interface import speaking, tr
from toneguide.widgets.labelling import QUESTIONS, Labelling
from toneguide.widgets.show import handler, script, spoken, static_bundle, style
from toneguide.widgets.to_label import posts_to_label

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide

__all__ = ["Labeller"]

Fields = Mapping[str, Any]


class Labeller(anywidget.AnyWidget):
    """Label posts in a notebook, by keyboard or mouse.

    Keys 1-5 answer, Tab moves on, Enter goes to the next post (skips one without an answer), Backspace takes the last answer back.
    A second rater gives another name and sees nobody's answers.

    Parameters
    ----------
    posts : data frame, path, or iterable of str
        What to label; a frame or file may have columns ``language`` and ``channel``.
    file : path
        Where answers go, made with the first one; `toneguide calibrate` reads it.
    rater : str
        Who rates; a pseudonym is enough.
    values : ToneGuide or iterable of str
        Value names to tick, or the guide that has them.
    text : str
        Column of a frame that holds the posts.
    language : {"fi", "en"}, optional
        Of the labeller itself; that of the interface where None.

    Raises
    ------
    ToneguideError
        Where there are no posts, or the file holds something else.

    Examples
    --------
    >>> Labeller(["Kiitos kaikille eilisestä!", "Tilaukset perjantaihin mennessä."], "examples.csv", rater="r1", language="en")
    Labeller: 0 of 2 posts labelled by r1 in examples.csv
    """

    _esm = script("labeller")
    _css = style()

    def __init__(
        self, posts: Any, file: str | Path = "examples.csv", *, rater: str, values: ToneGuide | Iterable[str] = (), text: str = "text",
        language: str | None = None,
    ) -> None:  # fmt: skip
        self._language: Final = spoken(language)
        named: Any = getattr(values, "values", values)
        self._names: Final = tuple(one if isinstance(one, str) else one.name for one in named)
        self._posts: Final = posts_to_label(posts, text)
        self._work = Labelling(self._posts, Path(file), rater, self._names)
        super().__init__()
        self.on_msg(handler(self._language, self._receive))

    @property
    def done(self) -> int:
        """Posts this rater has answered."""
        return self._work.done

    @property
    def total(self) -> int:
        """Posts in all."""
        return self._work.total

    def _receive(self, message: Fields) -> None:
        acts: dict[str, Callable[[Fields], tuple[str, str]]] = {
            "show": lambda _: ("", ""), "rate": self._rate, "tick": self._tick, "next": self._next, "skip": self._skip, "undo": self._undo,
            "rater": self._change_rater,
        }  # fmt: skip
        act = acts.get(str(message.get("do")))
        if act is None:
            return
        problem, said, focus = "", "", ""
        # What comes from a page that shows another post, such as a second view, is not an answer to this one.
        if message.get("key") == self._work.key or message["do"] in ("show", "rater"):
            try:
                said, focus = act(message)
            except (ToneguideError, ValueError) as e:
                problem = tr("Not saved: {why}", why=e)
        else:
            focus = "post"
        echo = {name: message.get(name) for name in ("view", "turn")}
        self.send(echo | self._state(problem=problem, said=said, focus=focus))

    def _rate(self, message: Fields) -> tuple[str, str]:
        question, rating = str(message.get("question")), message.get("rating")
        self._work.rate(question, rating if isinstance(rating, int) else 0)
        return tr("Saved: {question} {rating}", question=tr(question), rating=rating), ""

    def _tick(self, message: Fields) -> tuple[str, str]:
        value, on = str(message.get("value")), message.get("on") is True
        self._work.tick(value, on=on)
        return (tr("Saved: {value}", value=value) if on else tr("Saved: not {value}", value=value)), ""

    def _next(self, _: Fields) -> tuple[str, str]:
        self._work.go_on()
        return "", "post"

    def _skip(self, _: Fields) -> tuple[str, str]:
        self._work.skip()
        return "", "post"

    def _undo(self, _: Fields) -> tuple[str, str]:
        question = self._work.undo()
        return (tr("Taken back"), question if question in QUESTIONS else "post") if question else (tr("Nothing to take back"), "")

    def _change_rater(self, message: Fields) -> tuple[str, str]:
        self._work = Labelling(self._posts, self._work.file, str(message.get("rater"))[:60], self._names)
        return tr("Rater: {rater}", rater=self._work.rater), "post"

    def _state(self, *, problem: str, said: str, focus: str) -> dict[str, Any]:
        work = self._work
        label = work.label
        return {
            "kind": "state", "words": _words(self._language), "values": list(self._names), "rater": work.rater, "key": work.key,
            "post": work.post._asdict() if work.post else None,
            "answers": {question: getattr(label, question) if label else None for question in QUESTIONS},
            "ticked": list(label.values) if label else [],
            "done": work.done, "total": work.total, "skipped": work.skipped, "undo": work.can_undo,
            "problem": problem, "said": said, "focus": focus,
        }  # fmt: skip

    def __repr__(self) -> str:
        with speaking(self._language):
            return tr(
                "Labeller: {done} of {total} posts labelled by {rater} in {file}",
                done=self.done, total=self.total, rater=self._work.rater, file=self._work.file.name,
            )  # fmt: skip

    def _repr_mimebundle_(self, **kinds: Any) -> Any:
        with speaking(self._language):
            return static_bundle(super()._repr_mimebundle_(**kinds), repr(self), tr("Run the cell to label."))


def _words(language: str) -> dict[str, Any]:
    return {
        "lang": language,
        "title": tr("Labelling posts"),
        "corporate": tr("Corporate-speak"),
        "warmth": tr("Warmth"),
        "values": tr("Values it carries"),
        "points": [tr("not at all"), tr("a little"), tr("somewhat"), tr("quite"), tr("very")],
        "next": tr("Next (Enter)"),
        "skip": tr("Skip"),
        "undo": tr("Undo (Backspace)"),
        "rater": tr("Rater"),
        "progress": tr("Progress"),
        "count": tr("{done} of {total} done"),
        "skipped": tr("({n} skipped, they come again)"),
        "post": tr("Post {n} of {total}"),
        "finished": tr("That was the last one. Thank you!"),
        "silent": tr("The kernel does not answer, so nothing more is saved. Run the cell again: all earlier answers are in the file."),
        "keys": tr("Keys: 1–5 answer, Tab moves on, Space ticks a value, Enter next post, Backspace undo. Every answer is saved at once."),
    }
