"""A rater at work: which post is next, what was answered, and what can be taken back. Every answer is in the file at once."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from toneguide.calibrate.labels import Label, put_label, read_labels, text_key
from toneguide.errors import CallError
from toneguide.widgets.to_label import PostToLabel

__all__ = ["QUESTIONS", "Labelling"]

QUESTIONS: Final = ("corporate", "warmth")
_RATINGS: Final = range(1, 6)


class Labelling:
    """One rater's way through the posts.

    Posts begun but not finished come first, then those that somebody else has rated (so that agreement can be measured early), then
    the rest. What others said is never shown. Every rater but the first meets the posts in an order of his or her own.

    Parameters
    ----------
    posts : sequence of PostToLabel
        None twice.
    file : Path
        ``examples.csv``; made with the first answer.
    rater : str
        Who rates; a pseudonym is enough.
    values : sequence of str
        Names of the guide's values.
    """

    def __init__(self, posts: Sequence[PostToLabel], file: Path, rater: str, values: Sequence[str] = ()) -> None:
        if not rater.strip():
            raise CallError('say who rates, a pseudonym is enough: rater="r1"')
        self.file, self.rater, self.values = file, rater.strip(), tuple(values)
        self._posts = {text_key(post.text): post for post in posts}
        self._mine: dict[str, Label] = {}
        self._undo: list[tuple[str, str, Label | None]] = []
        others: set[str] = set()
        for label in read_labels(file, missing_ok=True):
            key = text_key(label.text)
            if label.rater == self.rater:
                self._mine[key] = label
            else:
                others.add(key)
        left = [key for key in self._posts if not self._is_complete(key)]
        if others:
            left.sort(key=lambda key: hashlib.sha256(f"{self.rater}\n{key}".encode()).digest())
        self._queue = deque(sorted(left, key=lambda key: (key not in self._mine, key not in others)))
        self._skipped: set[str] = set()

    @property
    def post(self) -> PostToLabel | None:
        """The post in front of the rater; None where all have been answered."""
        return self._posts[self._queue[0]] if self._queue else None

    @property
    def label(self) -> Label | None:
        """What this rater has answered so far."""
        return self._mine.get(self._queue[0]) if self._queue else None

    @property
    def total(self) -> int:
        """Posts in all."""
        return len(self._posts)

    @property
    def done(self) -> int:
        """Posts that this rater has gone on from with an answer."""
        return len(self._posts) - len(self._queue)

    @property
    def skipped(self) -> int:
        """Posts skipped for now; they come again at the end."""
        return len(self._skipped)

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer of this sitting to take back."""
        return bool(self._undo)

    @property
    def key(self) -> str:
        """What tells this post from others."""
        return hashlib.sha256(self._queue[0].encode("utf-8", "replace")).hexdigest()[:16] if self._queue else ""

    def rate(self, question: str, rating: int) -> None:
        """Answer a question about the post: 1, not at all, to 5, very.

        Raises
        ------
        ValueError
            For another question or rating.
        InputError
            Where the answer cannot be saved; then it does not count.
        """
        if question not in QUESTIONS or rating not in _RATINGS:
            raise ValueError(f"{question!r} {rating!r}: questions are {', '.join(QUESTIONS)}, ratings go from 1 to 5")
        label = self._label()
        changed = replace(label, corporate=float(rating)) if question == "corporate" else replace(label, warmth=float(rating))
        self._answer(question, changed)

    def tick(self, value: str, *, on: bool) -> None:
        """Say that the post carries a value, or that it does not."""
        if value not in self.values:
            raise ValueError(f"no value {value!r}: the values are {', '.join(self.values)}")
        ticked = {*self._label().values, value} if on else {*self._label().values} - {value}
        # Ticks of values that the guide no longer has stay.
        strange = tuple(name for name in self._label().values if name not in self.values)
        self._answer("values", replace(self._label(), values=(*(name for name in self.values if name in ticked), *strange)))

    def go_on(self) -> None:
        """To the next post; one without any answer is skipped for now."""
        if not self._queue:
            return
        if self.label is None:
            self.skip()
        else:
            self._skipped.discard(self._queue.popleft())

    def skip(self) -> None:
        """To the next post; this one comes again at the end."""
        if self._queue:
            self._skipped.add(self._queue[0])
            self._queue.rotate(-1)

    def undo(self) -> str:
        """Take the last answer back, and show its post again.

        Returns
        -------
        str
            The question that is open again; ``""`` where there was nothing to take back.
        """
        if not self._undo:
            return ""
        key, question, before = self._undo[-1]
        self._save(key, before)
        self._undo.pop()
        if key in self._queue:
            self._queue.remove(key)
        self._queue.appendleft(key)
        self._skipped.discard(key)
        return question

    def _is_complete(self, key: str) -> bool:
        label = self._mine.get(key)
        return label is not None and all(getattr(label, question) is not None for question in QUESTIONS)

    def _label(self) -> Label:
        post = self.post
        if post is None:
            raise ValueError("every post has been answered")
        return self.label or Label(post.text, post.language, post.channel, rater=self.rater)

    def _answer(self, question: str, label: Label) -> None:
        key, before = self._queue[0], self.label
        self._save(key, replace(label, date=date.today().isoformat()))
        self._undo.append((key, question, before))

    def _save(self, key: str, label: Label | None) -> None:
        # The file first: what cannot be saved was not answered.
        post = self._posts[key]
        put_label(self.file, label or Label(post.text, rater=self.rater))
        if label is None:
            self._mine.pop(key, None)
        else:
            self._mine[key] = label
