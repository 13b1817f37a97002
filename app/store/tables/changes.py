"""The tables of what changed, for those who follow the collection."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.domain.change import KINDS, TYPES
from app.store.engine.column_types import Coded, Id, Instant
from app.store.tables.base import CLUSTERED, Base


class ChangeRow(Base, table=True):
    """The last change of a kind that happened to a thing: a log that keeps of each thing what its
    follower needs, and grows with the collection alone. Of what is deleted only that stays.
    `other_id` is where it went: into which entity or story."""

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("number"), CLUSTERED)

    type: str = Field(primary_key=True, sa_type=Coded(*TYPES))
    object_id: int = Field(primary_key=True, sa_type=Id)
    kind: str = Field(primary_key=True, sa_type=Coded(*KINDS))
    number: int = Field(sa_type=Id)
    at: datetime = Field(sa_type=Instant)
    other_id: int | None = Field(default=None, sa_type=Id)


class ChangeCountRow(Base, table=True):
    """The last number that a change was given, in one row, which is there from the first change on.
    Whoever takes numbers holds it until the end of the transaction, so that numbers become visible
    in their order, in whichever database."""

    __tablename__ = "change_count"

    id: int = Field(primary_key=True, sa_type=Id)
    last: int = Field(sa_type=Id)


change = ChangeRow.__table__
change_count = ChangeCountRow.__table__
