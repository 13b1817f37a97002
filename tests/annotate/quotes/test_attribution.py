"""Which words a quote holds and which words stand for its speaker, by families of sentences in
which news is easily misread."""

import pytest

from app.annotate.pipeline import Pipelines
from app.annotate.quotes import quotes
from app.domain.annotation import AnalysisInput


def spoken(pipelines: Pipelines, text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """What is said, and the words that stand for who says it."""
    (annotation,) = pipelines.annotate([AnalysisInput(text, 0, language)])
    assert annotation is not None
    return [
        (
            text[quote.content.start : quote.content.end],
            text[quote.speaker.start : quote.speaker.end] if quote.speaker else None,
        )
        for quote in quotes(text, 0, annotation)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "''The dam holds,'' Mrs. Lind said. ''Nobody has to leave tonight.''",
            ("''Nobody has to leave tonight.''", "Mrs. Lind"),
        ),
        (
            "\"They call it 'a clean break,' \" Doyle said.",
            ("\"They call it 'a clean break,' \"", "Doyle"),
        ),
        (
            'Hundreds marched to the port, chanting "Lind Out, Doyle In," and blocked the gate.',
            ('"Lind Out, Doyle In,"', "Hundreds"),
        ),
        ('Ana Lind ignored their cries of "Shame!" at the gate.', ('"Shame!"', "their")),
        (
            '"It was late," another clerk, Mark Doyle, recalled him saying.',
            ('"It was late,"', "another clerk, Mark Doyle"),
        ),
        (
            '"The road is ours," Ana Lind said. "We built every mile of it" with bare hands.',
            ('"We built every mile of it"', "Ana Lind"),
        ),
        (
            "A clerk was asked for help (“he wants a boat by noon,” Ana Lind wrote).",
            ("“he wants a boat by noon,”", "Ana Lind"),
        ),
        ('Ana Lind shot back: "That would be good."', ('"That would be good."', "Ana Lind")),
        (
            'The polls did not see it coming - Ana Lind: "We asked too few people too early."',
            ('"We asked too few people too early."', "Ana Lind"),
        ),
    ],
    ids=[
        "a title has a point",
        "a spaced mark",
        "words that look like a title",
        "a noun of crying",
        "recalled telling",
        "a sentence that goes on",
        "in brackets",
        "a particle",
        "a name behind a dash",
    ],
)
def test_direct_speech_is_found_with_its_speaker(
    pipelines: Pipelines, text: str, expected: tuple[str, str | None]
) -> None:
    assert expected in spoken(pipelines, text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The port issued a statement saying that it would close.", "The port"),
        ("Ana Lind used the speech to say that the port would close.", "Ana Lind"),
        ("Ana Lind, who has said that the port will close, left.", "who"),
        ("Two dockers who said that the port would close left.", "Two dockers"),
        (
            '"It is over," said Ana Lind, who also said that the port would close.',
            "Ana Lind",
        ),
        (
            "As many as half of the dockers said that the port would close.",
            "As many as half of the dockers",
        ),
        ('"The port is poor" at heart, she said.', "she"),
    ],
    ids=[
        "a statement is somebody's",
        "used to say",
        "who stands for a name",
        "words without a name tell more than who",
        "a clause with a quote of its own",
        "an amount",
        "behind a phrase",
    ],
)
def test_the_words_for_a_speaker(pipelines: Pipelines, text: str, speaker: str) -> None:
    assert spoken(pipelines, text)[0][1] == speaker


def test_said_and_said_again_has_one_speaker(pipelines: Pipelines) -> None:
    text = "Ana Lind said that the port was full but said the ships were not."
    assert spoken(pipelines, text) == [
        ("that the port was full", "Ana Lind"),
        ("the ships were not", "Ana Lind"),
    ]


def test_a_paragraph_of_nothing_but_a_quotation_goes_on_with_the_one_before(
    pipelines: Pipelines,
) -> None:
    text = "“The mill is shut,” Ana Lind told the board.\n\n“It will not open again this year.”"
    assert spoken(pipelines, text)[-1] == ("“It will not open again this year.”", "Ana Lind")


def test_what_follows_a_question_in_a_paragraph_of_its_own_may_be_the_answer(
    pipelines: Pipelines,
) -> None:
    text = "“Is the mill shut?” Ana Lind asked the board.\n\n“It will not open again this year.”"
    assert spoken(pipelines, text)[-1] == ("“It will not open again this year.”", None)


def test_who_asks_and_who_answers_stand_as_the_text_has_them(pipelines: Pipelines) -> None:
    text = "Q: Will you stand again?\nA: I have not decided."
    assert spoken(pipelines, text) == [
        ("Will you stand again?", "Q"),
        ("I have not decided.", "A"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lind called for calm on Monday.",
        "The dockers agreed to end the strike on Monday.",
        "The two sides agreed that the troops would leave by May.",
        "By using this site you agree that we may store cookies.",
        "Lind to tell court that she knew nothing",
        "Ana Lind disputed that the dam was unsafe.",
        "Ana Lind rejected claims that the dam was unsafe.",
        "Mark Doyle urged to step down by party elders",
        "UPDATE: The road is open again.\nCORRECTION: We gave the wrong age on Monday.",
        "Oven: 200 degrees\nServes: 4 people\nPrice: 12 euros",
    ],
    ids=[
        "a call",
        "an agreement",
        "an agreement of two",
        "terms of use",
        "to come",
        "disputed",
        "rejected",
        "a passive headline",
        "captions",
        "a list",
    ],
)
def test_what_is_no_speech(pipelines: Pipelines, text: str) -> None:
    assert spoken(pipelines, text) == []


def test_an_agreement_with_an_opinion_is_speech(pipelines: Pipelines) -> None:
    text = "Ana Lind agreed that the plan was poor."
    assert spoken(pipelines, text) == [("that the plan was poor", "Ana Lind")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Berg: We will not pay a cent more.\nPeter Novak: You will, and soon.",
            [("We will not pay a cent more.", "Anna Berg"), ("You will, and soon.", "Peter Novak")],
        ),
        (
            "Moderator: Is the dam safe?\nMarlow: It is.\nModerator: Are you sure?\nMarlow: I am.",
            [
                ("Is the dam safe?", "Moderator"),
                ("It is.", "Marlow"),
                ("Are you sure?", "Moderator"),
                ("I am.", "Marlow"),
            ],
        ),
        (
            "Ann Berg tweeted:\n> We will not pay. Not now, not ever.",
            [("We will not pay. Not now, not ever.", "Ann Berg")],
        ),
        (
            "The mayor was clear.\n\n> The road will open soon.\n\n— Ada Okonjo, mayor of Kern",
            [("The road will open soon.", "Ada Okonjo")],
        ),
        (
            "Omar Haddad (@ohaddad) May 2, 2024 The old ferry will sink one day. Mark my words.",
            [("The old ferry will sink one day. Mark my words.", "Omar Haddad")],
        ),
        (
            "The old ferry will sink one day. — Omar Haddad (@ohaddad) May 2, 2024",
            [("The old ferry will sink one day.", "Omar Haddad")],
        ),
        (
            "“Nobody will be left behind.” – Ada Okonjo",
            [("“Nobody will be left behind.”", "Ada Okonjo")],
        ),
    ],
    ids=["people", "turns", "a block quote", "signed", "a post", "a post signed", "a motto"],
)
def test_transcripts_posts_and_block_quotes(
    pipelines: Pipelines, text: str, expected: list[tuple[str, str]]
) -> None:
    assert spoken(pipelines, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mark Doyle, Ana Lind told the jury, was “a liar and a thief”.",
            ("was “a liar and a thief”", "Ana Lind"),
        ),
        (
            "Ana Lind told the hall that “help is coming”, before boarding a plane.",
            ("that “help is coming”", "Ana Lind"),
        ),
        (
            "UNESCO - the United Nations culture agency - said the mosque was at risk.",
            ("the mosque was at risk", "UNESCO - the United Nations culture agency"),
        ),
    ],
    ids=["told in between", "what the speaker does then", "between dashes"],
)
def test_where_a_reported_clause_and_its_speaker_end(
    pipelines: Pipelines, text: str, expected: tuple[str, str]
) -> None:
    assert expected in spoken(pipelines, text)
