"""What the root of the command line hands to the commands of this folder."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from app.domain.article import Article, Source
from app.domain.entity import Entity
from app.domain.feed import PolledFeed
from app.domain.page import Page
from app.domain.story import Story

if TYPE_CHECKING:
    from app.settings import Settings
    from app.store.engine.sessions import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """How commands get their settings, the collection that is there, and one that is made where
    there is none; and the API's JSON of a list of articles, entities, stories, outlets or feeds."""

    settings: "Callable[[], Settings]"
    collection: "Callable[[], AbstractContextManager[Store]]"
    store: "Callable[[Settings], AbstractContextManager[Store]]"
    article_list: Callable[[Page[Article]], str]
    entity_list: Callable[[Page[Entity]], str]
    story_list: Callable[[Page[Story]], str]
    source_list: Callable[[Page[Source]], str]
    feed_list: Callable[[Page[PolledFeed]], str]


def parts_of(context: typer.Context) -> Parts:
    """The parts that the root handed over."""
    parts: Parts = context.obj
    return parts
