"""Run by Alembic: the migrations, in the transaction of whoever asked for them."""

from __future__ import annotations

from alembic import context

from voicecoach.history.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot change most of a table in place
    transactional_ddl=True,
)
context.run_migrations()
