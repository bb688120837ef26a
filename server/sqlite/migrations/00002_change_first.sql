-- +goose Up

-- 1: the last change was written before its event, which the log may not have
-- yet. In commands, such a change has a negative seq until its event is met.
ALTER TABLE records ADD COLUMN direct INTEGER NOT NULL DEFAULT 0;

-- Events that were decided, and written to the rows, but are not in the log
-- yet: oldest first.
CREATE TABLE outbox (
    id    INTEGER NOT NULL PRIMARY KEY,
    event TEXT    NOT NULL -- CloudEvents in JSON, as the log gets it.
) STRICT;

-- Who holds an email by the log. A claim that ended stays, for its last_seq.
CREATE TABLE claims (
    token      TEXT    NOT NULL PRIMARY KEY, -- Of the email, as in subjects.
    email      TEXT    NOT NULL,
    record     TEXT    NOT NULL, -- Whom it is claimed for; empty: nobody.
    client     TEXT    NOT NULL, -- Whose command claimed it.
    command_id TEXT    NOT NULL,
    seq        INTEGER NOT NULL, -- Of the reservation; 0: it has ended.
    last_seq   INTEGER NOT NULL  -- Of the last event about it.
) STRICT, WITHOUT ROWID;
