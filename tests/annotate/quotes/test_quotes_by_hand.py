"""Cues and what they report, over parses written by hand: no model decides these."""

import pytest

from app.annotate.quotes import quotes
from app.annotate.quotes.language import quote_cues
from app.annotate.quotes.syntax import QuoteParse
from tests.annotate.parses import parsed

SAID_THAT = (
    "Kowal/PROPN/nsubj/1 said/VERB/ROOT/1/VBD/say that/SCONJ/mark/5/IN/that the/DET/det/4 "
    "bridge/NOUN/nsubj/5 opened/VERB/ccomp/1/VBD/open +./PUNCT/punct/1"
)
HE_SAID = (
    "The/DET/det/1 bridge/NOUN/nsubj/2 opened/VERB/ccomp/5/VBD/open +,/PUNCT/punct/5 "
    "Kowal/PROPN/nsubj/5 said/VERB/ROOT/5/VBD/say +./PUNCT/punct/5"
)
VOWED_TO = (
    "Kowal/PROPN/nsubj/1 vowed/VERB/ROOT/1/VBD/vow to/PART/aux/3/TO/to "
    "resign/VERB/xcomp/1/VB/resign +./PUNCT/punct/1"
)
ACCORDING_TO = (
    "According/VERB/prep/5/VBG/accord to/ADP/prep/0 Kowal/PROPN/pobj/1 +,/PUNCT/punct/5 "
    "nobody/PRON/nsubj/5 came/VERB/ROOT/5/VBD/come +./PUNCT/punct/5"
)
DID_NOT_SAY = (
    "Kowal/PROPN/nsubj/3 did/AUX/aux/3 not/PART/neg/3 say/VERB/ROOT/3/VB/say "
    "that/SCONJ/mark/6/IN/that he/PRON/nsubj/6 left/VERB/ccomp/3/VBD/leave +./PUNCT/punct/3"
)


@pytest.mark.parametrize(
    ("words", "content", "cue"),
    [
        (SAID_THAT, "that the bridge opened", "said"),
        (HE_SAID, "The bridge opened", "said"),
        (VOWED_TO, "to resign", "vowed"),
        (ACCORDING_TO, "nobody came", "According to"),
    ],
)
def test_what_a_cue_reports(words: str, content: str, cue: str) -> None:
    text, annotation = parsed(words)
    (found,) = quotes(text, 0, annotation)
    spans = (found.content, found.cue, found.speaker)
    surfaces = [text[span.start : span.end] for span in spans if span is not None]
    assert (found.kind, *surfaces) == ("indirect", content, cue, "Kowal")


def test_what_nobody_said_is_no_quote() -> None:
    text, annotation = parsed(DID_NOT_SAY)
    assert quotes(text, 0, annotation) == ()


def test_a_sentence_ends_with_its_paragraph() -> None:
    text, annotation = parsed("Go/VERB/ROOT/0 on/ADP/prt/0 now/ADV/advmod/0")
    cues = quote_cues("en")
    assert cues is not None
    whole = QuoteParse(text, annotation, [(0, len(text))], cues)
    cut = QuoteParse(text, annotation, [(0, 2), (3, len(text))], cues)
    assert (whole.openings, list(whole.heads)) == ([0], [0, 0, 0])
    assert (cut.openings, list(cut.heads)) == ([0, 1], [0, 1, 2])


def test_a_subject_behind_its_verb_is_no_object_in_french() -> None:
    words = (
        "Partir/VERB/ccomp/2/VERB/partir +,/PUNCT/punct/2 "
        "craint/VERB/ROOT/2/VERB/craindre Kowal/PROPN/dobj/2"
    )
    text, annotation = parsed(words, language="fr")
    cues = quote_cues("fr")
    assert cues is not None
    parse = QuoteParse(text, annotation, [(0, len(text))], cues)
    assert parse.subject(2) == 3
