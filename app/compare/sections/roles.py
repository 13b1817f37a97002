"""What each side has the entities do, and what it has done to them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app.compare.evidence import first_ranked, owned, spot_in
from app.compare.method import Method
from app.compare.notes import reach
from app.domain.comparison import ArticleFindings, EvidenceSource, Side
from app.domain.portrayal import Part, Role
from app.domain.sections.roles import ComparedVerb, EntityParts, RoleItem, RoleSection

_PARTS: tuple[Part, Part] = ("agent", "patient")

type _Uses = list[tuple[ArticleFindings, Role]]
type _Verbs = dict[tuple[Part, str], _Uses]


def role_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> RoleSection:
    """The verbs that each entity is agent or patient of, by side.

    A verb counts once for an entity at one place, however many of its mentions take part there.
    The entities whose mentions take part most often come first; `top` bounds them and the verbs of
    one in a part on a side, `evidence` the spots of a verb.
    """
    totals = Counter(
        entity for side in sides for _, entity, _ in owned(side, lambda article: article.roles)
    )
    shown, named = first_ranked({entity: -n for entity, n in totals.items()}, source, top)
    tallies = {side.key: _tally(side, frozenset(shown)) for side in sides}
    more = len(totals) - len(shown)
    chosen: dict[tuple[str, int, Part], list[tuple[str, _Uses]]] = {}
    for key, tally in tallies.items():
        for entity in shown:
            for part in _PARTS:
                found = _ordered(tally.get(entity, {}), part)
                more += len(found[top:])
                chosen[key, entity, part] = found[:top]
    wanted = {
        article.article
        for found in chosen.values()
        for _, uses in found
        for article, _ in uses[:evidence]
    }
    texts = source.texts(wanted) if wanted else {}
    items = []
    for entity in shown:
        heard = Counter(verb for tally in tallies.values() for verb in tally.get(entity, ()))
        on_sides = {
            key: EntityParts(
                *(
                    tuple(
                        _verb(verb, uses, heard[part, verb] == 1, texts, evidence)
                        for verb, uses in chosen[key, entity, part]
                    )
                    for part in _PARTS
                )
            )
            for key, tally in tallies.items()
            if entity in tally
        }
        items.append(RoleItem(entity, named[entity].name, on_sides))
    note = reach(sides, "roles", lambda article: article.roles, "portrayal")
    return RoleSection(tuple(items), more, note)


def _tally(side: Side, shown: Collection[int]) -> dict[int, _Verbs]:
    tally: dict[int, _Verbs] = {}
    seen: set[tuple[int, int, int, Part]] = set()
    for article, entity, role in owned(side, lambda article: article.roles):
        place = (article.article, entity, role.start, role.part)
        if entity in shown and place not in seen:
            seen.add(place)
            verbs = tally.setdefault(entity, {})
            verbs.setdefault((role.part, role.verb), []).append((article, role))
    return tally


def _ordered(verbs: Mapping[tuple[Part, str], _Uses], part: Part) -> list[tuple[str, _Uses]]:
    """The verbs of a part, the most usual first, each with its uses by their places."""
    found = [(verb, uses) for (of, verb), uses in verbs.items() if of == part]
    return sorted(found, key=lambda each: (-len(each[1]), each[0]))


def _verb(
    verb: str, uses: _Uses, only: bool, texts: Mapping[int, str], evidence: int
) -> ComparedVerb:
    return ComparedVerb(
        verb=verb,
        count=len(uses),
        negated=sum(role.negated for _, role in uses),
        reporting=sum(role.reporting for _, role in uses),
        only=only,
        evidence=tuple(
            spot_in(article, role.start, role.end, texts) for article, role in uses[:evidence]
        ),
    )


METHOD = Method(
    "roles",
    needs=frozenset({"roles", "owners"}),
    version="1",
    make=lambda material, evidence, top: role_section(
        material.sides, material.source, evidence=evidence, top=top
    ),
)
