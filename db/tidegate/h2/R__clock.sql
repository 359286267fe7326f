-- H2's own CURRENT_TIMESTAMP stands still for the rest of a transaction; PostgreSQL has this function by itself.
create alias if not exists clock_timestamp for 'java.time.Instant.now';
