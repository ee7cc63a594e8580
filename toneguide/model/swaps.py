"""Swaps: what must not move a score. Names, places and gender are exchanged in posts, and the mean shift is told in points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from toneguide.language.analysis import load_pipeline
from toneguide.language.tokens import tokenize
from toneguide.model.tone_model import DIMENSIONS, ToneModel, to_score

__all__ = ["CITIES", "DIALECT", "NAMES", "TEMPLATES", "swap_lines", "swap_shifts"]

NAMES: Final = {
    "Finnish": ["Aino", "Matti", "Sari", "Pekka", "Kaisa", "Timo", "Elina", "Jari"],
    "Swedish": ["Astrid", "Gustav", "Ingrid", "Lars", "Maja", "Nils"],
    "Arabic": ["Fatima", "Omar", "Layla", "Hassan", "Noor", "Khalid", "Amina"],
    "Somali": ["Hodan", "Abdi", "Ifrah", "Warsame", "Sahra", "Guled"],
    "Russian": ["Olga", "Ivan", "Natalia", "Sergei", "Svetlana", "Dmitri", "Irina"],
    "English": ["Emily", "James", "Sarah", "Oliver", "Megan", "Jack"],
}
CITIES: Final = ("Kuopio", "Oulu", "Turku", "Espoo", "Rovaniemi", "Mogadishu", "Moskova", "London", "Tukholma", "Bagdad")
TEMPLATES: Final = {
    "fi": (
        "{name} hoiti eilen asiakkaan asian loppuun, vaikka vuoro oli jo päättynyt.",
        "Uusi varastojärjestelmä otettiin käyttöön maanantaina, ja {name} koulutti koko vuoron.",
        "Kysyin neuvoa, ja {name} tuli heti auttamaan. Hyvä tyyppi.",
        "{name} palauttaa avaimet perjantaihin mennessä. Myöhästyneitä ei oteta huomioon.",
        "Meidän {city} sai uuden pajan, ja {name} vastaa siitä.",
    ),
    "en": (
        "{name} stayed to finish the customer's order after the shift had ended.",
        "The new stock system went live on Monday, and {name} trained the whole shift.",
        "I asked for advice, and {name} came over right away. Good colleague.",
        "{name} must return the keys by Friday. Late returns are not accepted.",
        "Our team in {city} has a new workshop, and {name} runs it.",
    ),
}
GENDER: Final = {"en": (("he", "she"), ("his", "her"), ("him", "her"))}
_GENDERED: Final = (
    "He told us the lift was fixed and that his shift was over.", "We asked him to join, and he did, with his own tools.",
    "He is responsible for the implementation of the programme.", "He never answers his messages.",
)  # fmt: skip
# The same content in standard and in spoken Finnish.
DIALECT: Final = (
    ("Minä ja sinä teemme sen yhdessä, älä huolehdi.", "Mie ja sie tehhään se yhessä, elä huolehi."),
    ("Minulla oli eilen hyvä päivä töissä, kiitos teille kaikille.", "Mulla oli eilen hyvä päivä töissä, kiitti teille kaikille."),
    ("En tiedä vielä, tulenko huomenna. Soitan sinulle illalla.", "En tiiä vielä, tuunko huomenna. Soitan sulle illalla."),
    ("Menemme huomenna katsomaan, mitä voimme tehdä.", "Myö mennään huomenna kahtomaan, mitä voijaan tehä."),
    ("Tämä työ on raskasta, mutta työkaverit ovat mukavia.", "Tää työ on raskasta, mut työkaverit on mukavia."),
    ("Odotamme teitä kahville, tulkaa kaikki.", "Ootetaan teitä kahville, tulkee kaikki."),
    ("Älkää jättäkö ovea auki, täällä on kylmä.", "Elekee jättäkö ovvee auki, tiällä on kylymä."),
    ("Lomake pitää palauttaa perjantaina.", "Lomake pitää palauttaa perjantaina, ei sen kummempaa."),
)


def _scores(texts: Sequence[str], model: ToneModel, pipeline: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    analysed = load_pipeline("fast" if pipeline == "fast" else "accurate").analyse([tokenize(t) for t in texts], model.language)
    return np.array([[to_score(m) for m in model.margins(text)] for text in analysed])


def _other_gender(found: re.Match[str]) -> str:
    word = dict(GENDER["en"])[found[0].lower()]
    return word.capitalize() if found[0][0].isupper() else word


def swap_shifts(model: ToneModel, pipeline: str = "fast") -> Iterator[tuple[str, float, float]]:
    """Mean shifts in points.

    Parameters
    ----------
    model : ToneModel
        One language's model.
    pipeline : {"fast", "accurate"}
        Which to read with.

    Yields
    ------
    swap, corporate, warmth : str, float, float
        What was exchanged, and how far the mean of the group lies from the mean of all groups; for dialect, spoken less standard.
    """
    templates = TEMPLATES[model.language]
    groups = {origin: [t.format(name=n, city="Kuopio") for n in names for t in templates] for origin, names in NAMES.items()}
    means = {origin: _scores(texts, model, pipeline).mean(axis=0) for origin, texts in groups.items()}
    middle = np.mean(list(means.values()), axis=0)
    for origin, mean in means.items():
        yield f"first names: {origin}", *(mean - middle)
    cities = {
        city: _scores([t.format(name="Sari", city=city) for t in templates if "{city}" in t], model, pipeline).mean(axis=0)
        for city in CITIES
    }
    spread = np.ptp(list(cities.values()), axis=0)
    yield "places: widest gap between two", *spread
    if model.language in GENDER:
        he = list(_GENDERED)
        she = [re.sub(r"\b[Hh](?:e|is|im)\b", _other_gender, text) for text in he]
        yield "she less he", *(_scores(she, model, pipeline) - _scores(he, model, pipeline)).mean(axis=0)
    if model.language == "fi":
        standard, spoken = zip(*DIALECT, strict=True)
        yield "spoken less standard Finnish", *(_scores(spoken, model, pipeline) - _scores(standard, model, pipeline)).mean(axis=0)


def swap_lines(model: ToneModel) -> Iterator[str]:
    """The shifts as a table."""
    yield f"\nSwaps, mean shift in points ({model.language}, fast)\n"
    yield "swap | " + " | ".join(DIMENSIONS)
    yield "---|---|---"
    for name, corporate, warmth in swap_shifts(model):
        yield f"{name} | {corporate:+.2f} | {warmth:+.2f}"
