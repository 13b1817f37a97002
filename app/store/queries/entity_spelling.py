"""Which entities a name that a person typed may mean: by its beginning, and by near spelling."""

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, select

from app.domain.names import name_key, name_skeleton
from app.errors import InvalidInput
from app.store.engine.sessions import ReadSession
from app.store.tables import alias, entity

# So many of each kind, the most mentioned first, are looked at.
_LOOKED_AT = 200
_EXACT, _BEGINS = 100, 95
# Least similarity (rapidfuzz's normalised indel, 0..100) of near spellings: 'Asad' and 'Assad' have
# 89, 'Palmira' and 'Palmyra' 86, 'Palmer' and 'Palmyra' 77.
_NEAR = 80
# Near spellings share the first consonants, and so many are enough to look among.
_CONSONANTS = 3
_LAST = "\U0010ffff"


def entities_spelled_like(s: ReadSession, q: str) -> tuple[dict[int, int], bool]:
    """The entities with a name that begins like `q` or is spelled nearly so, each with its
    relevance (0..100), and whether there may be more of them.

    Raises InvalidInput at `?q` where `q` holds no letter or digit.
    """
    key, skeleton = name_key(q), name_skeleton(q)
    if not any(map(str.isalnum, key)):
        raise InvalidInput("the name holds no letter or digit").at("?q")
    found: dict[int, int] = {}
    bounded = False
    begins = {"key": key}
    if len(skeleton) >= _CONSONANTS:
        begins["skeleton"] = skeleton[:_CONSONANTS]
    for column, value in (("key", key), ("skeleton", skeleton)):
        for table, owner in ((alias, alias.c.entity_id), (entity, entity.c.id)):
            name = table.c[column]
            looked_up = [name == value]
            if column in begins:
                looked_up.append(_begins(name, begins[column]))
            for condition in looked_up:
                rows = s.connection.execute(
                    select(owner.label("owner"), table.c.key.label("name"))
                    .where(condition, table.c.mentions >= 1)
                    .order_by(table.c.mentions.desc(), owner)
                    .limit(_LOOKED_AT)
                ).all()
                bounded = bounded or len(rows) == _LOOKED_AT
                for row in rows:
                    score = _score(key, row.name)
                    if score >= _NEAR:
                        found[row.owner] = max(found.get(row.owner, 0), score)
    return found, bounded


def _begins(column: ColumnElement[str], value: str) -> ColumnElement[bool]:
    # A range, which an index answers under any collation of code points; LIKE is not so.
    return and_(column > value, column < value + _LAST)


def _score(key: str, other: str) -> int:
    if other == key:
        return _EXACT
    if other.startswith(key):
        return _BEGINS
    # Against the beginning of a longer name too: what was typed may be unfinished.
    return round(max(fuzz.ratio(key, other), fuzz.ratio(key, other[: len(key)]) - 5))
