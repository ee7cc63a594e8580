"""toneguide in a spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import toneguide.spacy_component as component

TEXT = "Thank you all, what a lovely day we had in our strategic framework!"


@pytest.fixture
def nlp():
    made = spacy.blank("en")
    made.add_pipe("toneguide")
    return made


def test_a_document_has_its_scores_as_plain_data(nlp, fast):
    tone = nlp(TEXT)._.tone
    score = fast.score(TEXT, language="en")
    assert (tone["warmth"], tone["status"], tone["language"]) == (pytest.approx(score.warmth), "ok", "en")


def test_words_behind_the_score_are_spans(nlp):
    doc = nlp(TEXT)
    assert {span.label_ for span in doc.spans[component.KEY]} <= {"corporate", "plain", "warm", "cold"}
    assert any("Thank" in span.text for span in doc.spans[component.KEY])


def test_pipe_is_the_same_as_one_at_a_time_and_in_order(nlp):
    texts = [TEXT, "", "Claims must be submitted within thirty days."]
    assert [doc._.tone for doc in nlp.pipe(texts, batch_size=2)] == [nlp(text)._.tone for text in texts]


def test_documents_and_pipelines_can_be_saved(nlp, tmp_path):
    doc = nlp(TEXT)
    again = next(iter(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)))
    assert again._.tone == doc._.tone
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp")(TEXT)._.tone == doc._.tone


def test_a_guide_folder_is_named_in_the_config(valued, tmp_path):
    valued.save(tmp_path / "guide")
    nlp = spacy.blank("fi")
    nlp.add_pipe("toneguide", config={"guide": str(tmp_path / "guide")})
    assert set(nlp("Rohkeudesta kiitos kaikille.")._.tone["values"]) == {"Rohkeus", "Yhdessä", "Be bold"}
    assert Doc.has_extension("tone")
