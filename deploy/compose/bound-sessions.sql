-- Bounds sessions as servers bound those of their own (docs/operations.md, "A pooler"): PgBouncer takes no settings of theirs.
ALTER ROLE CURRENT_USER SET statement_timeout = '30s';
ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = '60s';
