"""English: plain words in the form that the sentence asks for, articles mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.forms import form_table
from toneguide.language.tokens import Kind
from toneguide.suggest.matching import Match
from toneguide.suggest.pairs import HEAD, PairWord
from toneguide.suggest.paradigms import Reading, load_paradigms

__all__ = ["article_for", "fits_class", "inflected", "mended_start", "read", "read_unlisted"]

_DETERMINERS: Final = frozenset(
    "a an the this that these those my our your their its his her each every some any no another either neither what which whose several many few "
    "all both more most".split()
)
_TO_VERB: Final = frozenset(
    "to will would can could may might must shall should do does did don't not n't let's please i you we they who 'll 'd cannot help helps helped".split()
)
_OBJECTS: Final = frozenset(
    "the a an our your their its his her my this that these those it them us you me him all each every any some".split()
)
_PREPOSITIONS: Final = frozenset("of for with in on by from about into through between during without as at via per over under".split())
_PERFECT: Final = frozenset("have has had having 've be is are was were been being am 're 'm get gets got gotten getting 's".split())
_SUBJECTS: Final = frozenset("i you we they he she it who that which this".split())
# Nouns that stand without an article as well as with one, and those that never take one.
_PRONOUNS: Final = frozenset("it them him her me us you these those".split())
_PARTICLES: Final = frozenset("up out down off in back over aside on away through".split())
_EITHER: Final = frozenset(
    "time work help change support use agreement growth room effort thought trust value skill experience ability interest quality contact talk "
    "practice control space power competition criticism freedom responsibility ownership success failure damage content discussion pay".split()
)
_MASS: Final = frozenset(
    "attention research progress advice money information knowledge training marketing teamwork cooperation clothing feedback publicity honesty "
    "openness staff wording naming buying sharing brainstorming flexibility strength effectiveness transport".split()
)
_AN_LETTERS: Final = frozenset("AEFHILMNORSX")
_SILENT_H: Final = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_YOU_SOUND: Final = re.compile(r"(?:u(?:ni(?!n|m)|s(?:e|ual|age|ing)|til|tensil|ser|rin|topi|biq)|eu|ewe|one(?!r)|once)", re.IGNORECASE)
_BRITISH: Final = re.compile(r"is(?=e$|es$|ed$|ing$|ation$|ations$)|ys(?=e$|es$|ed$|ing$)")
_BE: Final = {"am": "VBP", "are": "VBP", "is": "VBZ", "was": "VBD", "were": "VBD", "be": "VB", "been": "VBN", "being": "VBG"}
_BE_BY_SUBJECT: Final = {"i": ("am", "was"), "he": ("is", "was"), "she": ("is", "was"), "it": ("is", "was")}


def read(form: str) -> list[Reading]:
    """All that a form can be among the listed words; British spellings as their American ones.

    Examples
    --------
    >>> read("synergising"), read("are")
    ([Reading(lemma='synergize', pos='V', tags='VBG')], [Reading(lemma='be', pos='V', tags='VBP')])
    """
    if form in _BE:
        return [Reading("be", "V", _BE[form])]
    table = load_paradigms("en")
    return table.readings(form) or (
        table.readings(_BRITISH.sub("yz" if "ys" in form[-5:] else "iz", form)) if _BRITISH.search(form) else []
    )


def _word(text: Analysed, i: int) -> str:
    return text.tokens.words[i].lower().replace("’", "'") if 0 <= i < len(text.tokens) else ""


def _before(text: Analysed, i: int) -> int:
    """The token before, adverbs passed over; -1 at the start of a sentence."""
    first = next(a for a, b in text.tokens.sentence_ranges() if a <= i < b)
    j = i - 1
    while j >= first and _word(text, j).endswith("ly"):
        j -= 1
    return j if j >= first else -1


def fits_class(text: Analysed, match: Match) -> bool:
    """Whether the head is a verb, noun or adjective here, as the pair wants it.

    Parameters
    ----------
    text : Analysed
        The text.
    match : Match
        Any; a form that can be of one class only fits.
    """
    i, pos = match.head, match.pair.pos
    form = _word(text, i)
    if pos == "X" or form in _BE or len(match.pair.words) > 1:
        return True
    if pos == "A" and not form_table("en").knows(form):
        return True
    known = {r.pos for r in form_table("en").analyse(form)}
    others = known - {"V": {"VERB", "AUX"}, "N": {"NOUN", "PROPN"}, "A": {"ADJ"}}[pos]
    if not others and not form.endswith(("ed", "ing")):
        return True
    return _class_here(text, match, others) == pos


def _class_here(text: Analysed, match: Match, others: set[str]) -> str:
    i, pos = match.head, match.pair.pos
    j, after = _before(text, i), _word(text, match.places[-1] + 1)
    before = _word(text, j)
    tags = {r.tags for r in match.readings}
    if pos == "V" and tags & {"VBG", "VBD", "VBN", "VBZ"} and not others & {"NOUN"}:
        # Leveraged and leveraging may stand before a noun: still a form of the verb.
        return "V" if not (before in _DETERMINERS and tags & {"VBG"}) else ""
    after_pos = text.type_at(match.places[-1] + 1).pos if match.places[-1] + 1 < len(text.tokens) else ""
    if pos == "A" and (after_pos == "NOUN" or before in _PERFECT or before in ("more", "most", "very", "so", "too")):
        return "A"
    if pos == "V" and j < 0 and "VB" in tags and after_pos == "ADJ":
        return "V"
    if before in _TO_VERB or (j < 0 and after in _OBJECTS):
        return "V" if pos in ("V", "N") else ("A" if before not in _TO_VERB else "V")
    if before in _DETERMINERS or before in _PREPOSITIONS:
        if pos == "V":
            return "V" if tags == {"VBG"} and before in _PREPOSITIONS else "N"
        nounish = text.type_at(match.places[-1] + 1).pos in ("NOUN", "PROPN") if after.isalpha() else False
        return pos if pos == "N" or nounish or text.type_at(match.places[-1] + 1).pos == "ADJ" else ("A" if "NOUN" not in others else "")
    if after in _OBJECTS:
        return "V"
    if j >= 0 and text.type_at(j).pos == "ADJ" and pos == "N":
        return "N"
    if "VBZ" in tags and pos == "V":
        return "V" if before in _SUBJECTS else ""
    return {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}.get(text.type_at(i).pos, "")


def inflected(choice: Sequence[PairWord], match: Match, text: Analysed) -> list[str]:
    """The choice in the form that fits; empty where no form is certain."""
    if not _fits_neighbours(choice, match, text):
        return []
    if match.pair.pos == "X":
        return [" ".join(word.text for word in choice)]
    if not fits_class(text, match):
        return []
    head = next((word for word in choice if word.mark == HEAD), None)
    if head is None:
        return []
    form = _head_form(head.text, match, text)
    return [" ".join(form if word.mark == HEAD else word.text for word in choice)] if form else []


def _fits_neighbours(choice: Sequence[PairWord], match: Match, text: Analysed) -> bool:
    """Not "find out it", "a more chair", "most us"."""
    after = _word(text, match.places[-1] + 1)
    if after in _PRONOUNS:
        if len(choice) > 1 and choice[-1].text in _PARTICLES:
            return False
        if match.pair.words[-1].text == "of" and choice[-1].text != "of":
            return False
    return not (
        choice[0].text == "more" and _word(text, match.places[0] - 1) in ("a", "an", "this", "that", "one", "every", "each", "more")
    )


def _head_form(lemma: str, match: Match, text: Analysed) -> str:
    pos = match.pair.pos
    tags = {r.tags for r in match.readings}
    if pos == "V" and tags <= {"VBD", "VBN"} and _is_attribute(match, text):
        return ""
    if lemma == "be":
        return _be_form(tags, match, text)
    known = load_paradigms("en").forms(lemma, pos) if load_paradigms("en").knows(lemma, pos) else _regular(lemma, pos)
    if pos == "V":
        tags = {"VB" if tag == "VBP" else tag for tag in tags}
    if {"VBD", "VBN"} & tags and known.get("VBD") != known.get("VBN"):
        tags = _past_or_participle(tags, match.head, text)
    forms = {known[tag][0] if tag in known else "" for tag in tags}
    if len(forms) != 1 or (pos == "N" and not _article_fits(lemma, match, text, tags, countable="NNS" in known)):
        return ""
    return forms.pop()


def _is_attribute(match: Match, text: Analysed) -> bool:
    """A participle before its noun: vacated rooms."""
    follows = match.places[-1] + 1
    if follows >= len(text.tokens) or text.type_at(follows).pos != "NOUN":
        return False
    j = _before(text, match.places[0])
    before = _word(text, j)
    return j < 0 or before in _DETERMINERS or before in _PREPOSITIONS or text.type_at(j).pos in ("ADJ", "VERB")


def _be_form(tags: set[str], match: Match, text: Analysed) -> str:
    if match.pair.words[match.pair.head].text == "be":
        return _word(text, match.head)
    sure = {"VB": "be", "VBG": "being", "VBZ": "is", "VBN": "been"}
    if len(tags) == 1 and (tag := next(iter(tags))) in ("VBG", "VBZ"):
        return sure[tag]
    before = _word(text, _before(text, match.head)) if _before(text, match.head) >= 0 else ""
    if tags <= {"VBD", "VBN"}:
        if _past_or_participle({"VBD", "VBN"}, match.head, text) == {"VBN"}:
            return "been"
        return "" if before not in _SUBJECTS else _BE_BY_SUBJECT.get(before, ("are", "were"))[1]
    if tags == {"VB"} and before in _TO_VERB - _SUBJECTS:
        return "be"
    return _BE_BY_SUBJECT.get(before, ("are", "were"))[0] if before in _SUBJECTS else ""


def _past_or_participle(tags: set[str], i: int, text: Analysed) -> set[str]:
    """Took or taken: a form of have or be before it makes it a participle, a subject a past."""
    first = next(a for a, b in text.tokens.sentence_ranges() if a <= i < b)
    for j in range(i - 1, max(first, i - 5) - 1, -1):
        word = _word(text, j)
        if word in _PERFECT:
            return {"VBN"}
        if word in _SUBJECTS:
            return {"VBD"}
        if not (word.endswith("ly") or word in ("not", "n't", "also", "now", "just", "already", "then", "and", "never", "always")):
            named = text.type_at(j).pos in ("NOUN", "PROPN") and _word(text, i + 1) in _OBJECTS
            return {"VBD"} if named else tags
    return tags


def _article_fits(lemma: str, match: Match, text: Analysed, tags: set[str], *, countable: bool) -> bool:
    """Whether the noun can stand with the articles that are there: a goal needs one, knowledge takes none."""
    if tags != {"NN"}:
        return True
    first = match.places[0]
    start = next(a for a, b in text.tokens.sentence_ranges() if a <= first < b)
    near = [_word(text, j) for j in range(max(start, first - 3), first)]
    if near[-1:] and near[-1] in ("a", "an", "another", "every", "each") and (lemma in _MASS or (not countable and lemma not in _EITHER)):
        return False
    follows = match.places[-1] + 1
    in_compound = follows < len(text.tokens) and text.type_at(follows).pos in ("NOUN", "PROPN")
    has_determiner = any(word in _DETERMINERS or word.endswith(("'s", "s'")) or word == "'s" for word in near)
    return has_determiner or not countable or lemma in _MASS | _EITHER or in_compound


def _regular(lemma: str, pos: str) -> dict[str, tuple[str, ...]]:
    """Forms of a word outside the table, where they are regular; each is read back before it is kept."""
    last = lemma[-1:]
    e, y = last == "e", last == "y" and lemma[-2:-1] not in "aeiou"
    s = lemma[:-1] + "ies" if y else lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if pos == "N":
        made = {"NN": lemma, "NNS": s}
    elif pos == "A":
        made = {"JJ": lemma}
    else:
        ed = lemma[:-1] + "ied" if y else lemma + ("d" if e else "ed")
        made = {"VB": lemma, "VBZ": s, "VBG": (lemma[:-1] if e and lemma[-2:] != "ee" else lemma) + "ing", "VBD": ed, "VBN": ed}
    return {tag: (form,) for tag, form in made.items() if any(r.lemma == lemma for r in form_table("en").analyse(form.lower()))}


def article_for(word: str) -> str:
    """``"a"`` or ``"an"``, by the sound that a word begins with.

    Examples
    --------
    >>> [article_for(word) for word in ("use", "idea", "hour", "HR", "one-off", "unusual")]
    ['a', 'an', 'an', 'an', 'a', 'an']
    """
    if word.isupper() and len(word) > 1:
        return "an" if word[0] in _AN_LETTERS else "a"
    if _SILENT_H.match(word):
        return "an"
    if _YOU_SOUND.match(word):
        return "a"
    return "an" if word[:1].lower() in "aeiou" else "a"


def mended_start(text: Analysed, first: int, phrase: str) -> tuple[int, str]:
    """Where an edit begins, and its words: an article before them is mended, and "more clear" is clearer.

    Parameters
    ----------
    text : Analysed
        The text.
    first : int
        First token that the phrase replaces.
    phrase : str
        What comes instead.
    """
    tokens = text.tokens
    if first == 0 or first in tokens.sentences or tokens.kinds[first - 1] != Kind.WORD:
        return tokens.starts[first], phrase
    word, words = tokens.words[first - 1], phrase.split(" ")
    if word.lower() in ("more", "most"):
        degree = load_paradigms("en").forms(words[0], "A").get("JJR" if word.lower() == "more" else "JJS", ())
        if degree:
            made = degree[0].capitalize() if word[0].isupper() else degree[0]
            return tokens.starts[first - 1], " ".join([made, *words[1:]])
    if word.lower() in ("a", "an") and words[0][:1].isalpha():
        article = article_for(words[0])
        if article != word.lower():
            made = article.capitalize() if word[0].isupper() else article
            return tokens.starts[first - 1], f"{made} {phrase}"
    return tokens.starts[first], phrase


def read_unlisted(form: str, words: set[tuple[str, str]]) -> list[Reading]:
    """What a form can be among words outside the table, by their regular forms."""
    return [Reading(lemma, pos, tag) for lemma, pos in words for tag, forms in _regular(lemma, pos).items() if form in forms]
