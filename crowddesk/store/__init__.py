"""The only home of SQLModel and SQLAlchemy: tables, transactions, queries, migrations."""
