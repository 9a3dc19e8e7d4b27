-- What is derived from repositories. `glasshouse reindex` empties it and fills it again.
-- The same statements run on SQLite and PostgreSQL.

CREATE TABLE entry (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('model', 'dataset', 'space')),
    namespace      TEXT NOT NULL,
    namespace_key  TEXT NOT NULL,
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL,
    visibility     TEXT NOT NULL CHECK (visibility IN ('public', 'private', 'protected')),
    gate           TEXT NOT NULL CHECK (gate IN ('none', 'auto', 'manual')),
    default_branch TEXT NOT NULL,
    sdk            TEXT,
    creator_id     TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    -- below: what the head of the default branch holds
    head           TEXT,
    modified_at    BIGINT NOT NULL,
    card           TEXT NOT NULL DEFAULT '{}',
    title          TEXT NOT NULL DEFAULT '',
    licence        TEXT,
    library        TEXT,
    task           TEXT,
    parameters     BIGINT,
    weights        TEXT,
    file_count     BIGINT NOT NULL DEFAULT 0,
    file_bytes     BIGINT NOT NULL DEFAULT 0,
    used_bytes     BIGINT NOT NULL DEFAULT 0,
    contradicted   INTEGER NOT NULL DEFAULT 0,
    statements     INTEGER NOT NULL DEFAULT 0,
    fault          TEXT,
    -- copied from time to time from what is kept, to order lists by
    downloads      BIGINT NOT NULL DEFAULT 0,
    UNIQUE (kind, namespace_key, name_key)
);
CREATE INDEX entry_by_modified ON entry (kind, modified_at);
CREATE INDEX entry_by_namespace ON entry (namespace_key);

CREATE TABLE entry_tag (
    entry_id TEXT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    tag      TEXT NOT NULL,
    PRIMARY KEY (entry_id, tag)
);
CREATE INDEX entry_by_tag ON entry_tag (tag);

-- Which objects of the store an entry holds: what may be read and committed through it.
CREATE TABLE held_object (
    entry_id   TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    held_since BIGINT NOT NULL,
    PRIMARY KEY (entry_id, sha256)
);
CREATE INDEX held_by_object ON held_object (sha256);

-- What the index has seen of each branch and tag; start-up compares it with the repositories.
CREATE TABLE seen_ref (
    entry_id TEXT NOT NULL,
    ref      TEXT NOT NULL,
    revision TEXT NOT NULL,
    PRIMARY KEY (entry_id, ref)
);

-- What was counted at the head of the default branch, and at which revision: the next count looks at the difference alone.
CREATE TABLE tally (
    entry_id TEXT PRIMARY KEY,
    revision TEXT NOT NULL,
    body     TEXT NOT NULL
);

-- Work that is done in the background. `rank` 0 goes first. Of the same work one row at most is waiting.
CREATE TABLE job (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    entry_id    TEXT NOT NULL,
    subject     TEXT NOT NULL,
    rank        INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    run_at      BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT,
    steps_done  BIGINT NOT NULL DEFAULT 0,
    steps_total BIGINT NOT NULL DEFAULT 0,
    message     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX job_by_state ON job (state, rank, run_at);
CREATE INDEX job_by_entry ON job (entry_id, created_at);
CREATE UNIQUE INDEX job_waiting ON job (kind, entry_id, subject) WHERE state = 'waiting';

-- What was seen, by the SHA-256 of its JSON: the same evidence is kept once, however many revisions it is about.
CREATE TABLE evidence (
    digest      TEXT PRIMARY KEY,
    body        TEXT NOT NULL,
    observed_at BIGINT NOT NULL
);

-- What one inspector gave for what it read; found again for any revision that has the same artefacts.
CREATE TABLE look (
    cache_key TEXT NOT NULL,
    seq       INTEGER NOT NULL,
    of_total  INTEGER NOT NULL,
    digest    TEXT NOT NULL,
    PRIMARY KEY (cache_key, seq)
);
CREATE INDEX look_by_evidence ON look (digest);

CREATE TABLE inspection (
    entry_id     TEXT NOT NULL,
    revision     TEXT NOT NULL,
    finished_at  BIGINT NOT NULL,
    inspectors   TEXT NOT NULL,
    digest       TEXT NOT NULL,
    contradicted INTEGER NOT NULL,
    statements   INTEGER NOT NULL,
    PRIMARY KEY (entry_id, revision)
);

CREATE TABLE inspection_evidence (
    entry_id TEXT NOT NULL,
    revision TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    digest   TEXT NOT NULL,
    PRIMARY KEY (entry_id, revision, seq)
);
CREATE INDEX inspection_by_evidence ON inspection_evidence (digest);
