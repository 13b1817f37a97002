from sqlalchemy import select, or_
from app.store.tables import alias, entity
from app.store.records import EntityCandidate
def candidates(s, keys, knowledge_ids):
    ids = set(s.connection.execute(select(alias.c.entity_id).where(alias.c.key.in_(keys))).scalars())
    ids |= set(s.connection.execute(select(entity.c.id).where(entity.c.knowledge_id.in_(knowledge_ids))).scalars())
    ids |= set(s.connection.execute(select(entity.c.id).where(entity.c.key.in_(keys))).scalars())
    ks = {}
    for i,k in s.connection.execute(select(alias.c.entity_id, alias.c.key).where(alias.c.entity_id.in_(ids))): ks.setdefault(i,set()).add(k)
    return [EntityCandidate(r.id, r.name, r.type, r.knowledge_id, frozenset(ks.get(r.id,()))|{r.key}, r.mentions) for r in s.connection.execute(select(entity).where(entity.c.id.in_(ids)).order_by(entity.c.id))]
