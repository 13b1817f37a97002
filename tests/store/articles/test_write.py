"""Articles on their way in: what becomes of a document, and of the article when it changes."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.domain.annotation import (
    Analysis,
    Annotation,
    Cluster,
    Mention,
    Term,
    Tokens,
)
from app.domain.article import Published, Removed
from app.domain.page import ArticleFilter, MentionFilter, PageRequest
from app.domain.place import Place
from app.errors import Conflict, NotFound
from app.services import query
from app.store.analyses.entity_candidates import entity_candidates
from app.store.analyses.model_output import stored_annotations
from app.store.analyses.write import store_analysis
from app.store.articles.queue import mark_failed, mark_pending, pending
from app.store.articles.write import (
    add_articles,
    change_article,
    delete_article,
    find_identity,
    stored_document,
)
from app.store.engine.sessions import Store
from app.store.records import Accepted, ResolvedAnalysis, ResolvedCluster
from tests.store.desk import add, analyse_all, document, found, is_tombstoned, new_store

ALL = PageRequest()
NAMES = {"Assad": None, "Putin": None}


def test_a_new_identity_makes_a_pending_article(store: Store) -> None:
    with store.write() as s:
        assert add(s, document("Assad met Putin.", identity="a")) == Accepted(1, "created")
    with store.read() as s:
        assert [(each.id, each.revision, each.text) for each in pending(s, 10)] == [
            (1, 1, "Assad met Putin.")
        ]
        assert query.article(s, 1).article.state == "pending"


def test_the_same_again_is_the_article_that_is_there(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        assert add(s, document("Assad met Putin.", identity="a")) == Accepted(1, "existing")
        assert query.articles(s, ArticleFilter(), ALL).total.value == 1


def test_documents_of_one_group_meet_each_other_in_their_order(store: Store) -> None:
    one, same, changed = (
        document(text, identity="a") for text in ("Assad spoke.", "Assad spoke.", "Putin spoke.")
    )
    gone, other = (document("Putin left.", identity=name) for name in ("b", "c"))
    with store.write() as s:
        add(s, gone)
        delete_article(s, 1)
        group = [(each, None) for each in (one, gone, same, other, changed)]
        assert add_articles(s, group, revive=False) == [
            Accepted(2, "created"),
            Accepted(None, "deleted"),
            Accepted(2, "existing"),
            Accepted(3, "created"),
            Accepted(2, "revised"),
        ]


def test_the_same_again_fills_what_was_missing_and_overwrites_nothing(store: Store) -> None:
    poor = document("Assad met Putin.", identity="a", published=None, source=None, language=None)
    rich = replace(
        document("Assad met Putin.", identity="a", published="2016-03-25"),
        url="https://star.example/1",
        authors=("A. Writer",),
    )
    other = replace(rich, url="https://other.example/2", published=Published.parse("2020-01-01"))
    with store.write() as s:
        add(s, poor)
        analyse_all(s, NAMES)
        add(s, rich)
        add(s, other)
        article = query.article(s, 1).article
        assert article.url == "https://star.example/1"
        assert article.authors == ("A. Writer",)
        assert article.published == Published.parse("2016-03-25")
        assert article.source is not None
        assert article.source.slug == "daily-star"
        assert query.entity(s, 1).entity.sources[0].mentions == 1
        assert query.entity(s, 1).first_seen == article.published.instant


def test_other_content_is_a_new_revision_and_the_old_one_stays_readable(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        analyse_all(s, NAMES)
        assert add(s, document("Putin was alone.", identity="a")) == Accepted(1, "revised")
        assert query.article(s, 1).article.state == "pending"
        assert query.mentions(s, 1, MentionFilter(), ALL).items == ()
        assert query.revision(s, 1, 1).text == "Assad met Putin."
        assert query.revision(s, 1, 2).text == query.article(s, 1).text == "Putin was alone."
        assert [each.number for each in query.revisions(s, 1, ALL).items] == [2, 1]


def test_the_full_text_index_follows_the_current_revision(store: Store) -> None:
    def ids(q: str) -> list[int]:
        return [each.id for each in query.articles(s, ArticleFilter(q=q), ALL).items]

    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        add(s, document("Obama spoke.", identity="a"))
        assert (ids("assad"), ids("obama")) == ([], [1])
        delete_article(s, 1)
        assert ids("obama") == []


def test_a_deleted_article_stays_away_unless_it_is_wanted_back(store: Store) -> None:
    again = document("Assad met Putin.", identity="a")
    with store.write() as s:
        add(s, again)
        analyse_all(s, NAMES)
        delete_article(s, 1)
        assert is_tombstoned(s, "a")
        assert add(s, again) == Accepted(None, "deleted")
        back = add(s, again, revive=True)
        assert back == Accepted(2, "created")  # the id is never used again
        assert not is_tombstoned(s, "a")
        with pytest.raises(NotFound):
            query.article(s, 1)
        with pytest.raises(NotFound):
            delete_article(s, 1)


def test_an_entity_without_mentions_keeps_its_id_and_leaves_the_lists(store: Store) -> None:
    from app.domain.page import EntityFilter

    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        analyse_all(s, NAMES)
        delete_article(s, 1)
        assert query.entities(s, EntityFilter(), ALL).items == ()
        assert query.entity(s, 1).entity.mentions == 0
        assert [each.entity for each in entity_candidates(s, {"assad"}, set(), 20)] == [1]


def test_an_analysis_counts_once_and_only_for_the_revision_it_read(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        old = found(1, 1, "Assad met Putin.", NAMES)
        add(s, document("Putin was alone.", identity="a"))
        assert store_analysis(s, [old]) == ()
        new = found(1, 2, "Putin was alone.", NAMES)
        assert store_analysis(s, [new]) == (1,)
        assert store_analysis(s, [new]) == ()
        assert query.mentions(s, 1, MentionFilter(), ALL).total.value == 1


def test_every_mention_is_its_text(store: Store) -> None:
    body = "𝄞 Assad met Putin; Assad’s guest left.\n\nAssad stayed."
    with store.write() as s:
        add(s, document(body, title="Assad é Putin"))
        analyse_all(s, NAMES)
        stored = query.article(s, 1).text
        mentions = query.mentions(s, 1, MentionFilter(), ALL).items
        assert len(mentions) == 6
        assert all(stored[each.start : each.end] == each.text for each in mentions)
        assert [each.start for each in mentions] == sorted(each.start for each in mentions)


def test_headline_and_lead_are_counted_where_they_stand(store: Store) -> None:
    body = "Assad met Putin.\n\nAssad left. Assad slept."
    with store.write() as s:
        add(s, document(body, title="Assad abroad"))
        analyse_all(s, NAMES)
        rows = s.connection.execute(
            text("SELECT mentions, headline, lead FROM entity_article ORDER BY entity_id")
        ).all()
        assert [tuple(row) for row in rows] == [(4, 1, 1), (1, 0, 1)]


def test_clusters_of_one_call_and_group_share_a_new_entity(store: Store) -> None:
    with store.write() as s:
        for n in range(3):
            add(s, document(f"Assad, report {n}."))
        analyse_all(s, {"Assad": None})
        entity = query.entity(s, 1).entity
        assert (entity.mentions, entity.articles) == (3, 3)


def test_what_is_known_of_a_place_is_learnt_once(store: Store) -> None:
    place = Place(34.56, 38.28, "SY")
    cluster = Cluster("Palmyra", "GPE", (Mention(0, 7, "Palmyra", "GPE"),), None, ())
    known = replace(cluster, knowledge_id="Q5747", place=place)
    other = replace(cluster, place=Place(0.0, 0.0, None))
    with store.write() as s:
        for n, each in enumerate((cluster, known, other), start=1):
            add(s, document(f"Palmyra, report {n}."))
            entity = None if n == 1 else 1
            analysis = Analysis("p1", None, (), (), "en")
            store_analysis(s, [ResolvedAnalysis(n, 1, analysis, (ResolvedCluster(each, entity),))])
        found_entity = query.entity(s, 1).entity
        assert found_entity.place == place
        assert found_entity.knowledge_id == "Q5747"
        assert [each.entity for each in entity_candidates(s, set(), {"Q5747"}, 20)] == [1]


def test_candidates_are_found_by_the_keys_that_clusters_brought(store: Store) -> None:
    cluster = Cluster("Bashar al-Assad", "PERSON", (Mention(0, 5, "Assad", "PERSON"),), None, ())
    with store.write() as s:
        add(s, document("Assad met Putin."))
        analysis = Analysis("p1", None, (), (), "en")
        resolved = ResolvedCluster(cluster, None, keys=("bashar al assad", "~assad"))
        store_analysis(s, [ResolvedAnalysis(1, 1, analysis, (resolved,))])
        for key in ("~assad", "bashar al assad"):
            assert entity_candidates(s, {key}, set(), 20)[0].keys >= {"bashar al assad", "~assad"}
        assert entity_candidates(s, {"assad"}, set(), 20) == []


def test_what_the_model_said_is_kept_whole(store: Store) -> None:
    tokens = Tokens((0, 6), (5, 9), ("PROPN", "VERB"), ("NNP", "VBD"), ("Assad", "meet"), (1, 1),
                    ("nsubj", "ROOT"))  # fmt: skip
    annotation = Annotation("m 1", "en", tokens, ((0, 9),), (Mention(0, 5, "Assad", "PERSON"),))
    analysis = Analysis("p1", annotation, (), (Term("meet", ((6, 9),)),), "en")
    with store.write() as s:
        add(s, document("Assad met."))
        store_analysis(s, [ResolvedAnalysis(1, 1, analysis, ())])
        assert stored_annotations(s, [(1, 1), (1, 2)]) == {(1, 1): (annotation,)}


def test_what_the_model_said_is_kept_once_for_each_model(store: Store) -> None:
    def said(model: str) -> Annotation:
        return Annotation(model, "en", Tokens((), (), (), (), (), (), ()), (), ())

    with store.write() as s:
        add(s, document("Assad met."))
        for pipeline, model in (("p1", "m 1"), ("p2", "m 1"), ("p3", "m 2")):
            mark_pending(s, [1])
            analysis = Analysis(pipeline, said(model), (), (), "en")
            store_analysis(s, [ResolvedAnalysis(1, 1, analysis, ())])
        assert stored_annotations(s, [(1, 1)]) == {(1, 1): (said("m 2"), said("m 1"))}
        kept = s.connection.exec_driver_sql(
            "SELECT version FROM pipeline JOIN analysis ON pipeline_id = pipeline.id "
            "WHERE annotation IS NOT NULL ORDER BY version"
        )
        assert kept.scalars().all() == ["p2", "p3"]


def test_a_failed_analysis_says_why_and_can_be_asked_for_again(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin."))
        assert mark_failed(s, 1, 1, "the model broke")
        assert not mark_failed(s, 1, 1, "again")
        article = query.article(s, 1).article
        assert (article.state, article.reason) == ("failed", "the model broke")
        assert mark_pending(s, [1]) == 1
        assert [each.id for each in pending(s, 10)] == [1]


def test_pending_leaves_out_what_is_under_way(store: Store) -> None:
    with store.write() as s:
        for n in range(4):
            add(s, document(f"Report {n}."))
        assert [each.id for each in pending(s, 2, skip={1, 3})] == [2, 4]


def test_changed_metadata_takes_effect_everywhere(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        analyse_all(s, NAMES)
        stored = stored_document(s, 1)
        changed = replace(
            stored.document,
            source="Evening Post",
            published=Published.parse("2017-01-02"),
            identity="b",
        )
        change_article(s, 1, changed, source_slug="evening-post", based_on=1)
        assert find_identity(s, "a") is None
        assert query.source(s, "daily-star").articles == 0
        assert query.source(s, "evening-post").articles == 1
        entity = query.entity(s, 1)
        assert [each.source.slug for each in entity.entity.sources] == ["evening-post"]
        assert entity.first_seen == Published.parse("2017-01-02").instant
        assert query.article(s, 1).article.state == "ready"


def test_a_changed_title_is_a_new_revision(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        stored = stored_document(s, 1).document
        titled = document("Assad met Putin.", identity="a", title="Summit")
        changed = replace(stored, title="Summit", text=titled.text, body_start=titled.body_start)
        change_article(s, 1, changed, source_slug="daily-star", based_on=1)
        article = query.article(s, 1).article
        assert (article.revision, article.title, article.state) == (2, "Summit", "pending")


def test_a_change_of_what_has_moved_on_is_a_conflict(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", identity="a"))
        add(s, document("Obama spoke.", identity="b"))
        mine = stored_document(s, 1).document
        with pytest.raises(Conflict, match="article 2"):
            change_article(s, 1, replace(mine, identity="b"), source_slug="daily-star", based_on=1)
        add(s, document("Assad met nobody.", identity="a"))
        with pytest.raises(Conflict, match="revision 2"):
            change_article(s, 1, mine, source_slug="daily-star", based_on=1)


def test_a_document_comes_back_as_it_was_stored(store: Store) -> None:
    made = replace(
        document("Assad met Putin.", title="Summit"),
        removed=(Removed("Share this", "share line", 3, 13),),
        raw="<p>Assad met Putin.</p>",
        raw_kind="html",
        extracted="Assad met Putin.",
        external_id="x1",
    )
    with store.write() as s:
        add(s, made)
        assert stored_document(s, 1).document == made
        assert query.article(s, 1).removed == made.removed
        assert query.revision(s, 1, 1).raw == made.raw


def test_stores_do_not_share_anything(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with new_store(tmp_path_factory.mktemp("other")) as other:
        with other.write() as s:
            add(s, document("Assad met Putin."))
        with store.read() as s:
            assert query.articles(s, ArticleFilter(), ALL).total.value == 0
