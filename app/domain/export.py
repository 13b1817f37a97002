"""What a collection can be written out as: its tables, their columns, the formats of files."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from app.domain.article import Published

# The type of a column's values: one of these, a list of one (`[str]`), or a map by name.
type Kind = type[int | float | str | bool | datetime | date | Published] | list[Kind] | Columns
type Columns = Mapping[str, Kind]


class TableFormat(StrEnum):
    """The file formats of a table."""

    ndjson = "ndjson"
    csv = "csv"
    parquet = "parquet"


_WHERE: Columns = {"article": int, "revision": int}
_SPAN: Columns = {"start": int, "end": int, "text": str}
_OWNER: Columns = {"entity": int, "entity_name": str}
_OF_OUTLET: Columns = {"mentions": int, "articles": int}

COLUMNS: Mapping[str, Columns] = MappingProxyType(
    {
        "articles": {
            **{"id": int, "external_id": str, "url": str, "source": str, "title": str},
            **{"subtitle": str, "authors": [str], "published_at": Published},
            **{"published_precision": str, "language": str, "word_count": int, "state": str},
            **{"reason": str, "revision": int, "story": int, "pipeline": str, "body_start": int},
            **{"created_at": datetime, "updated_at": datetime, "text": str},
        },
        "mentions": {"id": int, **_WHERE, **_SPAN, "type": str, **_OWNER, "source": str},
        "quotes": {
            **{"id": int, **_WHERE, "kind": str, **_SPAN, "cue": str, "speaker": str},
            **_OWNER,
            "source": str,
        },
        "figures": {
            **_WHERE,
            **_SPAN,
            **{"kind": str, "value": float, "upper": float, "quantifier": str, "unit": str},
            **{"per": str, "noun": str, "attribution": str, "source": str},
        },
        "dates": {
            **_WHERE,
            **_SPAN,
            **{"value": str, "granularity": str, "reason": str, "source": str},
        },
        "entities": {
            **{"id": int, "name": str, "type": str, "mentions": int, "articles": int},
            "aliases": [{"text": str, "mentions": int}],
            "sources": [{"source": str, **_OF_OUTLET}],
            "place": {"latitude": float, "longitude": float, "country": str},
            **{"knowledge_id": str, "merged_into": int, "updated_at": datetime},
        },
        "stories": {
            **{"id": int, "title": str, "articles": int, "outlets": int},
            **{"first_published": datetime, "last_published": datetime},
            "sources": [{"source": str, "articles": int}],
            "entities": [{"entity": int, "name": str, "type": str, **_OF_OUTLET}],
            **{"merged_into": int, "updated_at": datetime},
        },
        "sources": {
            **{"slug": str, "name": str, "articles": int},
            **{"first_published": datetime, "last_published": datetime},
            **{"domains": [str], "country": str, "language": str, "tags": [str]},
        },
        "corrections": {
            **{"id": int, "kind": str, "entity": int, "story": int, "other": int},
            **{"source": str, "to_source": str, "values": [str]},
            **{"aliases": [str], "name": str, "type": str, "articles": [int]},
            "mentions": [{**_WHERE, **_SPAN}],
            **{"author": str, "reason": str, "created_at": datetime, "undone_at": datetime},
            **{"undone_by": str, "undone_reason": str},
        },
    }
)
TABLES = tuple(COLUMNS)
