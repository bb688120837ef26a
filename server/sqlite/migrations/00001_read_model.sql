-- +goose Up

-- Tells this program's files from other SQLite databases: "OPTM".
PRAGMA application_id = 1330664525;

-- Every record there is: living users, tombstones of deleted ones, and the
-- marks (version 0) of users that never came to be. In the order of change, so
-- that a write touches few pages and what changed lately lies together.
CREATE TABLE records (
    change          INTEGER NOT NULL PRIMARY KEY, -- The database's change number.
    id              TEXT    NOT NULL UNIQUE,
    living          INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    email           TEXT    NOT NULL,
    email_key       TEXT,             -- The email in lower case while living.
    version         INTEGER NOT NULL, -- Effective changes so far.
    name_seq        INTEGER NOT NULL, -- Log sequence of the last change of the name.
    email_seq       INTEGER NOT NULL,
    name_by         TEXT    NOT NULL, -- Client of the last change of the name.
    email_by        TEXT    NOT NULL,
    seq             INTEGER NOT NULL, -- Of the last event folded into the record.
    last_seq        INTEGER NOT NULL, -- Of the last event about it, void ones too.
    newest_seq      INTEGER NOT NULL, -- Of the last event meant to change it: in commands.
    born_seq        INTEGER NOT NULL, -- Of the create of the last living user.
    changed_client  TEXT    NOT NULL, -- Whose command changed it last.
    changed_command TEXT    NOT NULL
) STRICT;

CREATE UNIQUE INDEX records_email ON records (email_key) WHERE email_key IS NOT NULL;

-- The fate of every command, kept for ever.
CREATE TABLE commands (
    seq          INTEGER NOT NULL PRIMARY KEY, -- Of its event or its refusal.
    client       TEXT    NOT NULL,
    command_id   TEXT    NOT NULL,
    record       TEXT    NOT NULL,
    op           TEXT    NOT NULL, -- create, edit or delete.
    status       TEXT    NOT NULL, -- applied, rejected or refused.
    version      INTEGER NOT NULL, -- Of the record after it, if applied.
    code         TEXT    NOT NULL, -- Why it was rejected or refused.
    why          TEXT    NOT NULL,
    fallen       INTEGER NOT NULL, -- 1: what was typed on it falls with it.
    root_client  TEXT    NOT NULL, -- The create that fell first.
    root_command TEXT    NOT NULL,
    root_seq     INTEGER NOT NULL,
    logged       INTEGER NOT NULL, -- 1: the log has the rejection, or needs none.
    change       INTEGER NOT NULL, -- The database's change number of a rejection.
    UNIQUE (client, command_id)
) STRICT;

CREATE INDEX commands_unlogged ON commands (seq) WHERE status = 'rejected' AND logged = 0;
CREATE UNIQUE INDEX commands_change ON commands (change) WHERE change > 0;

-- How far the log is projected, in one row.
CREATE TABLE checkpoint (
    one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    stream    TEXT    NOT NULL, -- The log's random id.
    seq       INTEGER NOT NULL, -- The last event projected,
    event_id  TEXT    NOT NULL, -- and its id.
    build     INTEGER NOT NULL, -- Which build of the read model this is,
    epoch_seq INTEGER NOT NULL, -- and the event that announced it.
    change    INTEGER NOT NULL  -- The last change number given.
) STRICT;

CREATE VIEW users AS
    SELECT id, name, email, version, seq FROM records WHERE living = 1;

CREATE VIEW rejected AS
    SELECT seq, client, command_id, record, op, code, why FROM commands WHERE status = 'rejected';
