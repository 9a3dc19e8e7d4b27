-- What people did here. Never derived, never touched by `reindex`, in every backup.
-- The same statements run on SQLite and PostgreSQL: text, bigint and integer (0 or 1) only; times are milliseconds since 1970.

CREATE TABLE namespace (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('user', 'organisation')),
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    full_name   TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    quota_bytes BIGINT
);

CREATE TABLE account (
    id            TEXT PRIMARY KEY REFERENCES namespace (id) ON DELETE CASCADE,
    email         TEXT,
    password_hash TEXT,
    operator      INTEGER NOT NULL DEFAULT 0,
    disabled      INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE member (
    organisation_id TEXT NOT NULL REFERENCES namespace (id) ON DELETE CASCADE,
    account_id      TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role            TEXT NOT NULL CHECK (role IN ('read', 'contributor', 'write', 'admin')),
    PRIMARY KEY (organisation_id, account_id)
);
CREATE INDEX member_by_account ON member (account_id);

CREATE TABLE token (
    id           TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('read', 'write', 'fine-grained')),
    hash         TEXT NOT NULL UNIQUE,
    hint         TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT,
    UNIQUE (account_id, name)
);

CREATE TABLE token_entry (
    token_id  TEXT NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    entry_id  TEXT NOT NULL,
    may_write INTEGER NOT NULL,
    PRIMARY KEY (token_id, entry_id)
);

CREATE TABLE session (
    hash       TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE one_time_link (
    hash       TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE access_request (
    entry_id   TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    status     TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected')),
    fields     TEXT NOT NULL,
    reason     TEXT,
    asked      INTEGER NOT NULL DEFAULT 1,
    asked_at   BIGINT NOT NULL,
    handled_at BIGINT,
    handled_by TEXT,
    PRIMARY KEY (entry_id, account_id)
);

CREATE TABLE discussion (
    entry_id       TEXT NOT NULL,
    num            INTEGER NOT NULL,
    title          TEXT NOT NULL,
    author_id      TEXT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('draft', 'open', 'closed', 'merged')),
    pull_request   INTEGER NOT NULL,
    -- for a pull request: the branch it is meant for, that branch's head when it was opened or merged, and what it became
    target_branch  TEXT,
    base_revision  TEXT,
    merge_revision TEXT,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    PRIMARY KEY (entry_id, num)
);

CREATE TABLE discussion_event (
    id         TEXT PRIMARY KEY,
    entry_id   TEXT NOT NULL,
    num        INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    type       TEXT NOT NULL CHECK (type IN ('comment', 'status-change', 'title-change')),
    author_id  TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at  BIGINT,
    hidden     INTEGER NOT NULL DEFAULT 0,
    data       TEXT NOT NULL,
    UNIQUE (entry_id, num, seq)
);

-- An old name of an entry, until somebody takes the name again.
CREATE TABLE redirect (
    kind       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    entry_id   TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, name_key)
);

-- A deleted entry whose repository is kept until purge_at; `description` is its glasshouse.json.
CREATE TABLE trash (
    entry_id    TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    deleted_by  TEXT NOT NULL,
    deleted_at  BIGINT NOT NULL,
    purge_at    BIGINT NOT NULL
);

CREATE TABLE download_day (
    entry_id  TEXT NOT NULL,
    day       BIGINT NOT NULL,
    downloads BIGINT NOT NULL,
    PRIMARY KEY (entry_id, day)
);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
