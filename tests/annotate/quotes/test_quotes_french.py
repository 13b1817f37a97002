"""Who says what in French, by the shapes that speech takes in news."""

import pytest

from app.annotate.pipeline import Pipelines
from app.annotate.quotes import quotes, voices
from app.domain.annotation import AnalysisInput, Annotation, Mention

type Said = tuple[str, str, str | None]


def annotated(french: Pipelines, text: str) -> Annotation:
    annotation = french.annotate([AnalysisInput(text, 0, "fr")])[0]
    assert annotation is not None
    return annotation


def said(french: Pipelines, text: str) -> list[Said]:
    return [
        (
            quote.kind,
            text[quote.content.start : quote.content.end],
            text[quote.name.start : quote.name.end] if quote.name else None,
        )
        for quote in quotes(text, 0, annotated(french, text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "« Nous resterons ici », a déclaré la maire de Lyon, Claire Dumas.",
            [("direct", "« Nous resterons ici »", "la maire de Lyon")],
        ),
        (
            "«\N{NO-BREAK SPACE}Personne n’est venu\N{NO-BREAK SPACE}», a-t-elle ajouté.",
            [
                (
                    "direct",
                    "«\N{NO-BREAK SPACE}Personne n’est venu\N{NO-BREAK SPACE}»",
                    "elle",
                )
            ],
        ),
        (
            "« Personne n'est venu », a-t-il ajouté.",
            [("direct", "« Personne n'est venu »", "il")],
        ),
        (
            "« La guerre », a prévenu le général Roche, « n'est pas finie. »",
            [
                ("direct", "« La guerre »", "le général Roche"),
                ("direct", "« n'est pas finie. »", "le général Roche"),
            ],
        ),
        (
            "« Rien ne nous retient ici ! » s'est exclamé Paul Morin, un habitant de 43 ans.",
            [("direct", "« Rien ne nous retient ici ! »", "Paul Morin")],
        ),
        (
            "Claire Dumas a déclaré : « Nous accueillerons des familles. »",
            [("direct", "« Nous accueillerons des familles. »", "Claire Dumas")],
        ),
        ("“Nous partons”, dit Luc Martin.", [("direct", "“Nous partons”", "Luc Martin")]),
        (
            "Marc Petit affirme que la digue n'a pas tenu.",
            [("indirect", "que la digue n'a pas tenu", "Marc Petit")],
        ),
        (
            "La ministre a assuré jeudi que « tout sera reconstruit » avant l'été.",
            [("mixed", "que « tout sera reconstruit » avant l'été", "La ministre")],
        ),
        (
            "Elle a promis de reconstruire le pont.",
            [("indirect", "de reconstruire le pont", "Elle")],
        ),
        (
            "Selon le ministère de la Défense, trois soldats ont été tués.",
            [("indirect", "trois soldats ont été tués", "le ministère de la Défense")],
        ),
        (
            "D'après Marc Petit, la digue n'a pas tenu.",
            [("indirect", "la digue n'a pas tenu", "Marc Petit")],
        ),
        (
            "La ville a été prise par les forces kurdes, a annoncé le Pentagone.",
            [("indirect", "La ville a été prise par les forces kurdes", "le Pentagone")],
        ),
        (
            "Les Russes ont négocié à Genève, comme l'a dit M. Lavrov.",
            [("indirect", "Les Russes ont négocié à Genève", "M. Lavrov")],
        ),
        (
            "La récolte sera mauvaise, craignent les agriculteurs.",
            [("indirect", "La récolte sera mauvaise", "les agriculteurs")],
        ),
        (
            "« Il faut agir vite, dit Anne Leroy. La situation empire. »",
            [
                ("direct", "« Il faut agir vite", "Anne Leroy"),
                ("direct", "La situation empire. »", "Anne Leroy"),
            ],
        ),
        (
            "Le syndicat dénonce « une attaque contre les salariés ».",
            [("mixed", "« une attaque contre les salariés »", "Le syndicat")],
        ),
        ("Le président n'a pas dit que la ville était prise.", []),
        ("Les troupes ont avancé de trois kilomètres.", []),
    ],
)
def test_shapes_of_speech(french: Pipelines, text: str, expected: list[Said]) -> None:
    assert said(french, text) == expected


def test_the_cue_has_all_its_words(french: Pipelines) -> None:
    text = "La digue n'a pas tenu, d'après Marc Petit."
    (quote,) = quotes(text, 0, annotated(french, text))
    assert quote.cue is not None
    assert text[quote.cue.start : quote.cue.end] == "d'après"


def test_a_pronoun_speaks_for_the_speaker_before(french: Pipelines) -> None:
    text = "« Nous resterons », a déclaré Claire Dumas. « L'eau revient demain », a-t-elle ajouté."
    start = text.index("Claire")
    mention = Mention(start, start + len("Claire Dumas"), "Claire Dumas", "PERSON")
    annotation = annotated(french, text)
    found = voices(text, annotation, quotes(text, 0, annotation), [mention])
    assert [voice.span and voice.span.start for voice in found] == [start, start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La maire a démenti que le pont était fermé.", []),
        (
            "Anna Berg : Nous ne paierons pas.\nPaul Martin : Vous paierez bientôt.",
            [
                ("direct", "Nous ne paierons pas.", "Anna Berg"),
                ("direct", "Vous paierez bientôt.", "Paul Martin"),
            ],
        ),
        (
            "« Le pont est sûr. » — Claire Dumas",
            [("direct", "« Le pont est sûr. »", "Claire Dumas")],
        ),
    ],
    ids=["denied", "a transcript", "signed"],
)
def test_denials_transcripts_and_signatures(
    french: Pipelines, text: str, expected: list[Said]
) -> None:
    assert said(french, text) == expected
