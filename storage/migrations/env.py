"""Alembic's entry: runs on the connection it is given, which never turns foreign keys on.

Rebuilding a SQLite table in batch mode with foreign keys on deletes the rows of tables that refer to it.
"""

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="tables.",
)
with context.begin_transaction():
    context.run_migrations()
