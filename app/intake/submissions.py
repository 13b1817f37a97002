"""Submissions as bytes, and the hash by which one is known before it is read."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import orjson

from app.domain.article import Published, Submission


def pack(submission: Submission) -> bytes:
    """The submission as JSON, for `unpack`."""
    given = {name: value for name, value in asdict(submission).items() if value}
    return orjson.dumps(given)


def unpack(payload: bytes) -> Submission:
    """The submission that `pack` packed."""
    given: dict[str, Any] = orjson.loads(payload)
    if "authors" in given:
        given["authors"] = tuple(given["authors"])
    if "published" in given:
        when = given["published"]
        given["published"] = Published(
            datetime.fromisoformat(when["instant"]),
            date.fromisoformat(when["day"]),
            when["precision"],
        )
    return Submission(**given)


def submission_hash(submission: Submission, cleaner: str) -> str:
    """The hash of all that a document comes from, 24 hexadecimal digits: where it is the same,
    cleaning gives the same document again."""
    return hashlib.blake2b(
        pack(submission), digest_size=12, person=cleaner.encode()[:16]
    ).hexdigest()
