"""An analysed text as a spaCy document: the same attributes from both pipelines."""

from __future__ import annotations

import pytest

from toneguide.language.analysis import PIPELINES, load_pipeline
from toneguide.language.docs import to_doc
from toneguide.language.tokens import tokenize

POSTS = {
    "fi": "Tulehan käymään! Meillä on #hyvätyö ja 3 pullaa 🎉 https://example.org @kaamos",
    "en": "We don't forget: thanks, 3 times! 🎉 https://example.org #teamwork",
}


def doc_of(pipeline, text, language):
    [analysed] = load_pipeline(pipeline).analyse([tokenize(text)], language)
    return to_doc(analysed)


@pytest.mark.parametrize("language", POSTS)
def test_both_pipelines_fill_the_same_attributes(language):
    docs = [doc_of(pipeline, POSTS[language], language) for pipeline in PIPELINES]
    for attribute in ("TAG", "DEP"):
        assert not any(doc.has_annotation(attribute) for doc in docs)
    for attribute in ("LEMMA", "POS", "MORPH", "SENT_START"):
        assert all(doc.has_annotation(attribute) for doc in docs), attribute
    assert [t.text for t in docs[0]] == [t.text for t in docs[1]]
    assert [t.is_sent_start for t in docs[0]] == [t.is_sent_start for t in docs[1]]


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_person_and_mood_reach_the_document(pipeline):
    [verb, *_] = doc_of(pipeline, "Tulehan käymään!", "fi")
    assert (verb.lemma_, verb.pos_, verb.morph.get("Person"), verb.morph.get("Mood")) == ("tulla", "VERB", ["2"], ["Imp"])


@pytest.mark.parametrize("text", ["", "🎉", "\ud800 moi", "a" * 1000])
def test_edge_texts_become_documents(text):
    assert isinstance(doc_of("fast", text, "fi").text, str)
