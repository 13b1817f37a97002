"""Who says what, by the shapes that speech takes in news."""

import pytest

from app.annotate.pipeline import Pipelines
from app.annotate.quotes import quotes, voices
from app.domain.annotation import AnalysisInput, Annotation

type Said = tuple[str, str, str | None]


def annotated(pipelines: Pipelines, text: str) -> Annotation:
    annotation = pipelines.annotate([AnalysisInput(text, 0, "en")])[0]
    assert annotation is not None
    return annotation


def said(pipelines: Pipelines, text: str) -> list[Said]:
    found = quotes(text, 0, annotated(pipelines, text))
    return [
        (
            quote.kind,
            text[quote.content.start : quote.content.end],
            text[quote.name.start : quote.name.end] if quote.name else None,
        )
        for quote in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We will not leave,” said Ana Duarte, “until the water is back.”",
            [
                ("direct", "“We will not leave,”", "Ana Duarte"),
                ("direct", "“until the water is back.”", "Ana Duarte"),
            ],
        ),
        (
            '"We will stay," Duarte said. "We have no choice."',
            [
                ("direct", '"We will stay,"', "Duarte"),
                ("direct", '"We have no choice."', "Duarte"),
            ],
        ),
        (
            'One resident, who asked not to be named, told Radio Dalmar: "They took everything."',
            [("direct", '"They took everything."', "One resident")],
        ),
        ("'It is cold,' he said.", [("direct", "'It is cold,'", "he")]),
        ("« Nous partons », said Luc.", [("direct", "« Nous partons »", "Luc")]),
        (
            "\"He told me: 'Run!' and I ran,\" Sara Lind said.",
            [("direct", "\"He told me: 'Run!' and I ran,\"", "Sara Lind")],
        ),
        (
            "Ana Duarte spoke up.\n\n“We are tired.\n\n“We will stay,” she said.",
            [("direct", "“We are tired.\n\n“We will stay,”", "she")],
        ),
    ],
    ids=["split", "goes on", "told", "single", "guillemets", "nested", "left open"],
)
def test_direct_speech(pipelines: Pipelines, text: str, expected: list[Said]) -> None:
    assert said(pipelines, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The army said on Monday that it had taken the town.",
            [("indirect", "that it had taken the town", "The army")],
        ),
        (
            "According to the ministry, 40 people died.",
            [("indirect", "40 people died", "the ministry")],
        ),
        (
            "The toll is rising, according to two doctors.",
            [("indirect", "The toll is rising", "two doctors")],
        ),
        (
            "The plan, Duarte said, would ruin the valley.",
            [
                ("indirect", "The plan", "Duarte"),
                ("indirect", "would ruin the valley", "Duarte"),
            ],
        ),
        ("The council vowed to rebuild.", [("indirect", "to rebuild", "The council")]),
        ("It was reported that 12 had died.", [("indirect", "that 12 had died", None)]),
        (
            'The mayor called the raid "an act of cowardice."',
            [("mixed", 'the raid "an act of cowardice."', "The mayor")],
        ),
    ],
    ids=["clause", "source first", "source last", "inside", "infinitive", "nobody", "label"],
)
def test_indirect_and_mixed_speech(pipelines: Pipelines, text: str, expected: list[Said]) -> None:
    assert said(pipelines, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "peace camp" closed in May.',
        'The prison was once described as the "house of ghosts."',
        'She read "War and Peace" in a week.',
        "Spokesman Karl Boom declined to comment.",
        "The army did not say that it had left.",
    ],
)
def test_words_that_nobody_says_are_no_quotes(pipelines: Pipelines, text: str) -> None:
    assert said(pipelines, text) == []


def test_an_odd_mark_does_not_turn_the_next_paragraph_inside_out(pipelines: Pipelines) -> None:
    text = 'The sign was 5" high.\n\nNobody knew. "We lost," the coach said. He left.'
    assert said(pipelines, text) == [("direct", '"We lost,"', "the coach")]


def test_a_speaker_keeps_appositions_and_clauses_in_its_phrase(pipelines: Pipelines) -> None:
    text = '"It rains," said Ana Duarte, a farmer who lost two fields.'
    (quote,) = quotes(text, 0, annotated(pipelines, text))
    assert quote.speaker is not None
    assert text[quote.speaker.start : quote.speaker.end] == (
        "Ana Duarte, a farmer who lost two fields"
    )


@pytest.mark.parametrize(
    ("text", "voice", "named"),
    [
        ('"No," Peter Maas said.', "Peter Maas", True),
        ('Maas came late to the court. "Sorry," he said.', "Maas", True),
        ("Maas said that it rained. “It is cold,” he said.", "Maas", True),
        ('One resident told us: "No." He said that the bridge fell.', "One resident", False),
        ('Another man, identified as Khaled, said: "No."', "Khaled", True),
        ('"No," he said.', None, False),
        ('John Maas met Karl Brandt. Brandt sat while Maas stood. "No," he said.', None, False),
        ('Mr. Maas sat. Mrs. Berg stood. "No," she said.', "Berg", True),
    ],
)
def test_the_voice_behind_a_speaker(
    pipelines: Pipelines, text: str, voice: str | None, named: bool
) -> None:
    annotation = annotated(pipelines, text)
    last = voices(text, annotation, quotes(text, 0, annotation), annotation.mentions)[-1]
    span = last.span
    assert (text[span.start : span.end].removeprefix("Mrs. ") if span else None) == voice
    assert last.named is named
    assert last.reason


def test_a_language_without_cues_has_no_quotes(pipelines: Pipelines) -> None:
    text = '"No," Peter said.'
    annotation = annotated(pipelines, text)
    foreign = Annotation(
        annotation.model, "xx", annotation.tokens, annotation.sentences, annotation.mentions
    )
    assert quotes(text, 0, foreign) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PORTO (Reuters) - Norway's premier, Ana Duarte, said the road was open.",
            [("indirect", "the road was open", "Norway's premier")],
        ),
        (
            "OSLO, March 3 (AP) — Mark Doyle said the gate would stay shut.",
            [("indirect", "the gate would stay shut", "Mark Doyle")],
        ),
        (
            'In a memo to Mark Doyle, Ana Duarte wrote: "Hand it over."',
            [("direct", '"Hand it over."', "Ana Duarte")],
        ),
    ],
    ids=["apposition behind a dateline", "dated dateline", "opening phrase"],
)
def test_what_opens_a_sentence_is_no_speaker(
    pipelines: Pipelines, text: str, expected: list[Said]
) -> None:
    assert said(pipelines, text) == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            'Doyle said the idea was "a farce" and stormed out of the room.',
            'the idea was "a farce"',
        ),
        ("Doyle said Lind would lose the seat, and thanked his aides.", "Lind would lose the seat"),
        ("Doyle said the ship was lost and its crew drowned.", None),
    ],
    ids=["behind the mark", "behind a comma", "still said"],
)
def test_what_a_speaker_does_next_is_not_said(
    pipelines: Pipelines, text: str, content: str | None
) -> None:
    (found,) = said(pipelines, text)
    assert found[1] == (content or text.removeprefix("Doyle said ").rstrip("."))


def test_what_somebody_was_asked_is_not_what_he_says(pipelines: Pipelines) -> None:
    found = said(pipelines, "Asked whether the pier would open, Duarte said it was too early.")
    assert found == [("indirect", "it was too early", "Duarte")]


@pytest.mark.parametrize(
    "text",
    [
        "Lind said the toll was low, while Duarte said it was absurd.",
        "Lind said that the toll was low but Duarte insisted it was absurd.",
    ],
)
def test_each_side_says_its_own(pipelines: Pipelines, text: str) -> None:
    first, second = said(pipelines, text)
    assert (first[1].removeprefix("that "), first[2]) == ("the toll was low", "Lind")
    assert (second[1], second[2]) == ("it was absurd", "Duarte")


def test_a_verdict_is_done_and_not_said(pipelines: Pipelines) -> None:
    assert said(pipelines, "The jury declared Mark Doyle innocent of all charges.") == []


def test_a_cue_between_commas_speaks_of_the_subject(pipelines: Pipelines) -> None:
    found = said(pipelines, 'Lind, Mark Doyle said, was "the best boss of all".')
    assert {name for _, _, name in found} == {"Mark Doyle"}


def test_a_transcript_names_its_speakers_line_by_line(pipelines: Pipelines) -> None:
    text = "A. BERG (KTV): The strike is over.\nMARK DOYLE, KTV HOST: Who won?\nBERG: Nobody did."
    assert said(pipelines, text) == [
        ("direct", "The strike is over.", "A. BERG"),
        ("direct", "Who won?", "MARK DOYLE"),
        ("direct", "Nobody did.", "BERG"),
    ]


def test_one_label_in_capitals_makes_no_transcript(pipelines: Pipelines) -> None:
    assert said(pipelines, "UPDATE: The strike is over.\nShops have opened again.") == []


def test_the_clause_before_a_verb_of_a_headline_is_no_speaker(pipelines: Pipelines) -> None:
    found = said(pipelines, "Duarte Slams Rivals Over Harbour Tax, Vows To Fight On")
    assert all(name is None or "Slams" not in name for _, _, name in found)
