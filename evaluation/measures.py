"""Figures of a system on each corpus, by their short names."""

from collections.abc import Mapping, Sequence

from evaluation.corpora import LABELS, Corpus, score
from evaluation.systems import Linked

type Figures = Mapping[str, float]

# What the table shows, in its order: the figure asked for (None: reported only), and whether more
# is better.
ASKED: Mapping[str, tuple[float | None, bool]] = {
    "articles F1": (0.98, True),
    "articles B3": (0.99, True),
    "re3d F1": (0.45, True),
    "wikigold F1": (0.73, True),
    "meantime B3": (0.92, True),
    "meantime CEAF-e": (0.88, True),
    "meantime false": (0.03, False),
    "meantime type": (None, True),
    "ecbplus B3": (0.88, True),
    "ecbplus CEAF-e": (0.72, True),
    "ecbplus false": (0.02, False),
    "ecbplus type": (None, True),
}


def typed(corpus: Corpus, results: Sequence[Sequence[Linked]]) -> Figures:
    """Exact typed F1 of names in each corpus of the file, articles and possessives left out."""
    rows = [
        {"id": id_, "entities": [_span(each) | {"label": _label(each)} for each in linked]}
        for id_, linked in zip(corpus.ids, results, strict=True)
    ]
    figures = score("score_ner.py", corpus, rows, "--named-only", "--trim")
    return {
        f"{name} F1": figures[name]["exact"]["micro"]["f1"] for name in figures if name != "all"
    }


def linked_names(
    corpus: Corpus, results: Sequence[Sequence[Linked]], kinds: str = "PERSON,ORG,PLACE"
) -> Figures:
    """B-cubed F1 and CEAF-e F1 over all names of each corpus of the file, the share of false
    merges, and that of the names found whose type is right."""
    rows = [
        {
            "id": id_,
            "mentions": [
                _span(each) | {"type": _label(each), "entity": each.entity} for each in linked
            ],
        }
        for id_, linked in zip(corpus.ids, results, strict=True)
    ]
    figures = score("score_entities.py", corpus, rows, "--kinds", kinds)
    found: dict[str, float] = {}
    for name in figures:
        if name != "all":
            every = figures[name]["all"]
            found[f"{name} B3"] = every["bcubed"]["f1"]
            found[f"{name} CEAF-e"] = every["ceaf_e"]["f1"]
            found[f"{name} false"] = figures[name]["false_merge"] or 0.0
            found[f"{name} type"] = figures[name]["type_accuracy"]
    return found


def _label(each: Linked) -> str:
    return LABELS.get(each.mention.type, "OTHER")


def _span(each: Linked) -> dict[str, object]:
    return {"start": each.mention.start, "end": each.mention.end}
