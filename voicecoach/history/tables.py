"""What the history keeps of each call, as tables. The journal is the truth: all of this can be read again from it.

A database may hold the calls of several data folders: ``origin`` says whose. Rows of a call go with the call. Changes
to these tables go into a new migration beside the others, and never into an old one.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", String(36), nullable=False),  # of the data folder that has the journal
    Column("name", String(255), nullable=False),  # of the call's folder
    Column("trainee", String(300), nullable=False),
    Column("persona", String(300), nullable=False),
    Column("started", String(300), nullable=False),  # wall clock, ISO 8601, as it stands in the journal
    Column("day", String(10), nullable=False),  # YYYY-MM-DD, of `started`; sorts as text
    Column("seed", BigInteger, nullable=False),
    Column("stt", String(300), nullable=False),
    Column("voice", String(300), nullable=False),
    Column("version", String(300), nullable=False),  # of voicecoach, when the call was taken
    Column("outcome", String(40), nullable=False),  # "" when the journal has no end
    Column("reason", Text, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("start_anger", Float, nullable=False),
    Column("peak_anger", Float, nullable=False),
    Column("end_anger", Float, nullable=False),
    Column("heard", Float, nullable=False),
    Column("resolution", Float, nullable=False),
    Column("card", JSON, nullable=False),  # the whole score card, as `review --json` prints it
    Column("stamp", String(60), nullable=False),  # sizes and times of the files it was read from
    Column("rubric", String(300), nullable=False, server_default=""),  # name and version of what judged it
    Column("points", Integer, nullable=False, server_default="0"),  # 0..100
    Column("passed", Boolean, nullable=False, server_default=false()),  # all that the rubric asks of a call
    UniqueConstraint("origin", "name"),
    Index(None, "day"),
    Index(None, "trainee"),
)


def _call_id() -> Column[int]:
    return Column("call_id", Integer, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)


techniques = Table(
    "techniques",
    metadata,
    _call_id(),
    Column("technique", String(64), primary_key=True),
    Column("present", Boolean, nullable=False),  # else missed; without an opportunity there is no row
    Column("count", Integer, nullable=False),
    Column("anger", Float, nullable=False),  # by how much it moved the anger in all
    Column("day", String(10), nullable=False),  # of the call, so that progress is read from this table alone
    Index(None, "technique", "day", "present"),
)

mistakes = Table(
    "mistakes",
    metadata,
    _call_id(),
    Column("mistake", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("anger", Float, nullable=False),
    Column("day", String(10), nullable=False),
    Index(None, "mistake", "day"),
)

corrections = Table(
    "corrections",
    metadata,
    _call_id(),
    Column("number", Integer, primary_key=True),  # in the order they were made, from 1
    Column("turn", Integer, nullable=False),
    Column("technique", String(64), nullable=False),
    Column("added", Boolean, nullable=False),  # else taken out
    Column("reason", Text, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", String(40), nullable=False),
    Column("withdraws", Integer, nullable=False),
)

unreadable = Table(
    "unreadable",
    metadata,
    Column("origin", String(36), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("stamp", String(60), nullable=False),
    Column("told", Text, nullable=False),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", String(36), nullable=False),
    Column("path", Text, nullable=False),
    Column("format", String(20), nullable=False),
    Column("made", String(40), nullable=False),
    Column("sha256", String(64), nullable=False),  # so that nothing else is ever removed in its place
    Column("trainees", JSON, nullable=False),  # whose calls are in it
)
