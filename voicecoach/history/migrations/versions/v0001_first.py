"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("origin", sa.String(36), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("trainee", sa.String(300), nullable=False),
        sa.Column("persona", sa.String(300), nullable=False),
        sa.Column("started", sa.String(300), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("stt", sa.String(300), nullable=False),
        sa.Column("voice", sa.String(300), nullable=False),
        sa.Column("version", sa.String(300), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("start_anger", sa.Float, nullable=False),
        sa.Column("peak_anger", sa.Float, nullable=False),
        sa.Column("end_anger", sa.Float, nullable=False),
        sa.Column("heard", sa.Float, nullable=False),
        sa.Column("resolution", sa.Float, nullable=False),
        sa.Column("card", sa.JSON, nullable=False),
        sa.Column("stamp", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("origin", "name", name="uq_calls_origin_name"),
    )
    op.create_index("ix_calls_day", "calls", ["day"])
    op.create_index("ix_calls_trainee", "calls", ["trainee"])
    _of_a_call(
        "techniques",
        sa.Column("technique", sa.String(64), nullable=False),
        sa.Column("present", sa.Boolean, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("anger", sa.Float, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        key="technique",
    )
    op.create_index("ix_techniques_technique_day_present", "techniques", ["technique", "day", "present"])
    _of_a_call(
        "mistakes",
        sa.Column("mistake", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("anger", sa.Float, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        key="mistake",
    )
    op.create_index("ix_mistakes_mistake_day", "mistakes", ["mistake", "day"])
    _of_a_call(
        "corrections",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("technique", sa.String(64), nullable=False),
        sa.Column("added", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("withdraws", sa.Integer, nullable=False),
        key="number",
    )
    op.create_table(
        "unreadable",
        sa.Column("origin", sa.String(36), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("stamp", sa.String(60), nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("origin", "name", name="pk_unreadable"),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("origin", sa.String(36), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("made", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("trainees", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
    )


def _of_a_call(
    name: str, *columns: sa.Column[int] | sa.Column[str] | sa.Column[bool] | sa.Column[float], key: str
) -> None:
    op.create_table(
        name,
        sa.Column("call_id", sa.Integer, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=f"fk_{name}_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", key, name=f"pk_{name}"),
    )
