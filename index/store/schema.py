"""Defines the tables of the store.

A change here raises VERSION: of an older file only the table ``vectors`` is kept.
"""

VERSION = 4

TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,          -- of the file's bytes
    recipe TEXT NOT NULL,          -- of the code and settings that read it
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    text TEXT NOT NULL,            -- the whole file as decoded; passages are slices of it
    title TEXT NOT NULL,
    date TEXT,
    aliases TEXT NOT NULL,         -- JSON
    tags TEXT NOT NULL,            -- JSON, without those that links into the tag folder add
    properties TEXT NOT NULL,      -- JSON [[key, [value, …], start, end, inline], …]
    tasks TEXT NOT NULL,           -- JSON [[state, text, start, end, [heading, …], due, …], …]
    days TEXT NOT NULL,            -- JSON [[date, start, end], …]
    added INTEGER NOT NULL         -- the generation that wrote it
);
CREATE INDEX IF NOT EXISTS notes_by_generation ON notes(added);
CREATE INDEX IF NOT EXISTS notes_by_title ON notes(title);

-- Ids are never used again: an older FAISS or Tantivy index can miss but never mislead.
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    note_id INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    heading TEXT NOT NULL,         -- JSON
    kind TEXT NOT NULL,
    context TEXT NOT NULL,         -- title and headings as the encoder reads them, before the text
    terms TEXT NOT NULL,           -- separated by spaces, context included
    content BLOB NOT NULL,         -- hash of the text that is embedded
    added INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_note ON passages(note_id);
CREATE INDEX IF NOT EXISTS passages_by_generation ON passages(added);
CREATE INDEX IF NOT EXISTS passages_by_content ON passages(content);

CREATE TABLE IF NOT EXISTS links (
    source_id INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    fragment TEXT,
    alias TEXT,
    relation TEXT,
    explanation TEXT,
    section TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    target_path TEXT               -- resolved; NULL when no note is meant
);
CREATE INDEX IF NOT EXISTS links_by_source ON links(source_id);
CREATE INDEX IF NOT EXISTS links_by_target ON links(target_path);

-- Notes of which a link came to mean another note than when it was written.
CREATE TABLE IF NOT EXISTS moved (
    generation INTEGER NOT NULL,
    note_id INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS moved_by_generation ON moved(generation);

-- Terms that notes give in two languages, as each note writes them.
CREATE TABLE IF NOT EXISTS glosses (
    note_id INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
    english TEXT NOT NULL,
    chinese TEXT NOT NULL,
    bracketed INTEGER NOT NULL     -- whether it is the Chinese that stands in brackets
);
CREATE INDEX IF NOT EXISTS glosses_by_note ON glosses(note_id);

-- Kept by content and model: copies, moves and rebuilds embed nothing twice.
CREATE TABLE IF NOT EXISTS vectors (
    content BLOB NOT NULL,
    model TEXT NOT NULL,
    generation INTEGER NOT NULL,
    vector BLOB NOT NULL,          -- float16, unit length
    PRIMARY KEY (model, content)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS vectors_by_generation ON vectors(model, generation);

-- What has gone since a derived index was made.
CREATE TABLE IF NOT EXISTS graves (
    generation INTEGER NOT NULL,
    passage_id INTEGER,
    note_id INTEGER
);
CREATE INDEX IF NOT EXISTS graves_by_generation ON graves(generation);

CREATE TABLE IF NOT EXISTS problems (
    path TEXT NOT NULL,
    message TEXT NOT NULL,
    skipped INTEGER NOT NULL
);
"""
