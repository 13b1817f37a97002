"""Which pending articles this process analyses: all, or those that it claims among others."""

import os
import secrets
import socket
import time
from collections.abc import Collection, Sequence

from app.store.articles import claims
from app.store.articles.queue import pending, pending_among
from app.store.engine.sessions import Store, WriteSession
from app.store.records import PendingArticle

# Of the lease of a claim: three renewals may fail before it expires.
_RENEWALS = 4


class OwnWork:
    """All pending articles: no other process analyses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(
        self, urgent: Sequence[int], limit: int, taken: Collection[int]
    ) -> tuple[list[PendingArticle], list[PendingArticle]]:
        """Articles to analyse that are not `taken`: those of `urgent` that wait, and `limit` more
        of those that wait longest."""
        with self._store.read() as session:
            first = pending_among(session, [each for each in urgent if each not in taken])
            skip = {*taken, *(each.id for each in first)}
            return first, pending(session, limit, skip) if limit > 0 else []

    def keep(self, taken: Collection[int]) -> None:
        """Tells that these are still in hand."""

    def done(self, session: WriteSession, articles: Collection[int]) -> None:
        """Tells that these are stored, in the transaction that stores them."""

    def give_back(self) -> None:
        """Tells that nothing is in hand any more."""


class SharedWork(OwnWork):
    """The pending articles that this process claims. Another one's are left to it until its claim
    expires, as it does within 20 seconds of its end."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._renewed = time.monotonic()

    def take(
        self, urgent: Sequence[int], limit: int, taken: Collection[int]
    ) -> tuple[list[PendingArticle], list[PendingArticle]]:
        """Claims articles to analyse."""
        with self._store.read() as session:  # without the writers' turn, while nothing waits
            if not claims.any_free(session, self._holder, taken):
                return [], []
        with self._store.write() as session:
            first = claims.claim_among(session, self._holder, urgent, taken) if urgent else []
            skip = {*taken, *(each.id for each in first)}
            if limit <= 0:
                return first, []
            return first, claims.claim_pending(session, self._holder, limit, skip)

    def keep(self, taken: Collection[int]) -> None:
        """Renews the claims when a part of their time is over."""
        if time.monotonic() - self._renewed < claims.LEASE_SECONDS / _RENEWALS:
            return
        if taken:
            with self._store.write() as session:
                claims.renew_claims(session, self._holder, taken)
        self._renewed = time.monotonic()

    def done(self, session: WriteSession, articles: Collection[int]) -> None:
        """Drops the claims."""
        claims.drop_claims(session, self._holder, articles)

    def give_back(self) -> None:
        """Drops all claims: what is pending yet is anybody's at once."""
        with self._store.write() as session:
            claims.drop_claims(session, self._holder)
