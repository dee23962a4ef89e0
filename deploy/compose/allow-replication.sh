#!/bin/bash
# Lets streaming replicas connect as the user that owns the database.
set -e
echo "host replication $POSTGRES_USER all scram-sha-256" >> "$PGDATA/pg_hba.conf"
