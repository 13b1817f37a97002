"""Corrections of mentions carried to a new revision of their article."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from operator import attrgetter

from sqlalchemy import select

from app.domain.correction import Anchor, Carried, Correction, Unplaced
from app.domain.moved_spans import Revised
from app.domain.text import Span
from app.store.corrections.log import corrections_of_mentions, log_anchors
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import revision


def carry_corrections(s: WriteSession, article_id: int, number: int, text: str) -> None:
    """Carries the corrections in force of an article's mentions over to a new revision of it; one
    that cannot be carried over says why.

    A mention is looked for from where it was last placed; where that leads nowhere, from where it
    was corrected: what an outlet takes out and brings back is the same again.
    """
    of_article = corrections_of_mentions(s, article_id)
    if not of_article:
        return
    known = [at for each in of_article for at in each.anchors if at.article == article_id]
    texts = _texts(s, article_id, {each.revision for each in known})
    changes = {old: Revised(before, text) for old, before in texts.items()}
    for each in of_article:
        log_anchors(s, _carried(each, article_id, number, changes))


def _carried(
    correction: Correction, article_id: int, number: int, changes: Mapping[int, Revised]
) -> Correction:
    last = {each.mention: each for each in correction.carried}
    unplaced = {each.mention: each for each in correction.unplaced}
    for index, mention in enumerate(correction.mentions):
        if mention.article != article_id:
            continue
        unplaced.pop(index, None)
        known = [last[index].anchor, mention] if index in last else [mention]
        found = [changes[each.revision].find(Span(each.start, each.end)) for each in known]
        spans = [each for each in found if isinstance(each, Span)]
        reasons = [each for each in found if isinstance(each, str)]
        if spans:
            there = Anchor(article_id, number, spans[0].start, spans[0].end, mention.text)
            last[index] = Carried(index, there)
        else:
            unplaced[index] = Unplaced(index, article_id, number, mention.text, reasons[0])
    return replace(
        correction,
        carried=tuple(sorted(last.values(), key=attrgetter("mention"))),
        unplaced=tuple(sorted(unplaced.values(), key=attrgetter("mention"))),
    )


def _texts(s: ReadSession, article_id: int, numbers: Collection[int]) -> dict[int, str]:
    rows = s.connection.execute(
        select(revision.c.number, revision.c.text).where(
            revision.c.article_id == article_id, revision.c.number.in_(numbers)
        )
    )
    return {row.number: row.text for row in rows}
