"""The rubric that a call was judged by, and what came of it. Calls from before are read again from their journals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; no stamp fits any more, so that the next start reads every journal that is there."""
    with op.batch_alter_table("calls") as calls:
        calls.add_column(sa.Column("rubric", sa.String(300), nullable=False, server_default=""))
        calls.add_column(sa.Column("points", sa.Integer, nullable=False, server_default="0"))
        calls.add_column(sa.Column("passed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE calls SET stamp = ''")
