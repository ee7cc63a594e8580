"""Why a text has no score, or what was left out of it, in the language of the interface."""

from __future__ import annotations

import re
from typing import Final

from toneguide.interface import interface_language, tr

__all__ = ["reason_words"]

_FEW: Final = re.compile(r"(\d+) words are too few to judge: (\d+) is the least")
_OTHER: Final = re.compile(r"the text is in (\w+); toneguide scores Finnish and English")
_LEFT: Final = re.compile(r"the part in (.+) is left out")
_ENGLISH: Final = (
    "Swedish Estonian German Norwegian Danish Dutch French Spanish Italian Portuguese Polish Russian Ukrainian Hungarian "
    "Latvian Lithuanian Czech Romanian Turkish Icelandic Arabic Persian Chinese Japanese Korean Vietnamese Albanian Finnish English"
).split()
_FINNISH: Final = (
    "ruotsi viro saksa norja tanska hollanti ranska espanja italia portugali puola venäjä ukraina unkari "
    "latvia liettua tšekki romania turkki islanti arabia persia kiina japani korea vietnam albania suomi englanti"
).split()
_LANGUAGES: Final = dict(zip(_ENGLISH, _FINNISH, strict=True))


def reason_words(reason: str) -> str:
    """A reason as people read it; the English one where it is of another kind.

    Examples
    --------
    >>> from toneguide.interface import use_language
    >>> use_language("en")
    >>> reason_words("3 words are too few to judge: 5 is the least")
    'The text has 3 words, and that is too few for a score: 5 is the least.'
    """
    if found := _FEW.fullmatch(reason):
        return tr("The text has {n} words, and that is too few for a score: {least} is the least.", n=found[1], least=found[2])
    if found := _OTHER.fullmatch(reason):
        return tr("The language of the text: {name}. toneguide scores Finnish and English.", name=_named(found[1]))
    if found := _LEFT.fullmatch(reason):
        names = ", ".join(_named(name) for name in found[1].split(" and "))
        return tr("A part in another language is left out: {names}.", names=names)
    known = {
        "there is no text": tr("There is no text yet."),
        "there are no words in it": tr("There are no words in it."),
        "there are no words in it, only links, numbers, marks or emoji": tr(
            "There are no words in it, only links, numbers, marks or emoji."
        ),
        "the text holds control characters or unreadable bytes; check the file's encoding": tr(
            "The text holds control characters or unreadable bytes; check the encoding of the file."
        ),
        "the language cannot be told from so few words; name it to have the post scored": tr(
            "The language cannot be told from so few words. Name the language, and there will be a score."
        ),
    }
    return known.get(reason) or (reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") else "."))


def _named(language: str) -> str:
    return _LANGUAGES.get(language, language) if interface_language() == "fi" else language
