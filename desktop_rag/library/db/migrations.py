"""The schema, as the steps that lead to it; a step once released never changes.

    libraries ─┬─ members ── files ──┬── documents
       │       one row per path      several paths may hold one content
       ├─ conversations ── turns
       └─ tables ── table_lines ── cells

A path that is not valid Unicode is a BLOB of the system's bytes, see `values`.
"""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE libraries (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
        created_at INTEGER NOT NULL DEFAULT (strftime('%s', 'now'))
    );

    CREATE TABLE documents (
        id TEXT PRIMARY KEY,  -- SHA-256 of the bytes
        title TEXT NOT NULL DEFAULT '',
        pages INTEGER NOT NULL DEFAULT 0,
        language TEXT NOT NULL DEFAULT '',
        chunks INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL CHECK (
            state IN ('queued', 'reading', 'embedding', 'waiting', 'ready', 'failed')
        ),
        error TEXT,
        generation INTEGER,  -- of the chunks that serve; none has served yet where NULL
        updated_at INTEGER NOT NULL DEFAULT (strftime('%s', 'now'))
    );

    CREATE TABLE files (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        document TEXT REFERENCES documents (id) ON DELETE SET NULL,
        error TEXT
    );
    CREATE INDEX files_by_document ON files (document);

    CREATE TABLE members (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        path TEXT NOT NULL REFERENCES files (path) ON DELETE CASCADE,
        PRIMARY KEY (library, path)
    ) WITHOUT ROWID;
    CREATE INDEX members_by_path ON members (path);

    -- What a library shows: each document once, by the path that came first (SQLite takes the
    -- other columns from the row of the minimum), and each file whose content is not known.
    CREATE VIEW entries AS
    SELECT members.library, min(files.rowid) AS place, files.path, files.document, files.error
    FROM members JOIN files ON files.path = members.path
    GROUP BY members.library, coalesce(files.document, files.path);
    """,
    """
    ALTER TABLE members ADD COLUMN added_at INTEGER;  -- not known of the first version's where NULL
    UPDATE members SET added_at = (
        SELECT documents.updated_at FROM files JOIN documents ON documents.id = files.document
        WHERE files.path = members.path
    );

    -- Ids are never given twice: whoever takes a deletion back finds the number free.
    CREATE TABLE conversations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        folded TEXT NOT NULL,  -- the title without case and accents, to search in
        created_us INTEGER NOT NULL,  -- microseconds since 1970
        changed_us INTEGER NOT NULL,
        sampling TEXT,  -- JSON; the settings in force where NULL
        scope TEXT  -- JSON; the whole library where NULL
    );
    CREATE INDEX conversations_by_library ON conversations (library);

    CREATE TABLE turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 0),
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        folded TEXT NOT NULL,  -- of the question and the answer
        mode TEXT NOT NULL,
        stopped INTEGER NOT NULL,
        created_us INTEGER NOT NULL,
        payload TEXT NOT NULL,  -- JSON: sources, quotes, figures, prompt
        UNIQUE (conversation, position)
    );
    """,
    """
    CREATE TABLE models (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('writer', 'embedder', 'reranker')),
        name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
        path TEXT NOT NULL UNIQUE,  -- a GGUF file, or the folder of an encoder
        size INTEGER NOT NULL,
        repository TEXT NOT NULL DEFAULT '',
        sha256 TEXT NOT NULL DEFAULT '',
        licence TEXT NOT NULL DEFAULT '',
        ours INTEGER NOT NULL,  -- in our own folder, and removed with the row
        facts TEXT,  -- JSON: the header of the file
        added_us INTEGER NOT NULL,  -- microseconds since 1970
        used_us INTEGER,
        prompt_tps REAL,
        decode_tps REAL,
        memory INTEGER,
        adapters TEXT NOT NULL DEFAULT '[]',  -- JSON
        context_tokens INTEGER,
        stretch TEXT NOT NULL DEFAULT 'none'
    );

    CREATE TABLE downloads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('writer', 'embedder', 'reranker')),
        name TEXT NOT NULL,
        repository TEXT NOT NULL,
        revision TEXT NOT NULL,
        licence TEXT NOT NULL DEFAULT '',
        parts TEXT NOT NULL,  -- JSON: names, sizes and hashes of its files
        state TEXT NOT NULL CHECK (state IN ('waiting', 'paused', 'failed')),
        error TEXT,
        rank INTEGER NOT NULL,  -- the lowest is got first
        added_us INTEGER NOT NULL
    );

    -- Which embedder the documents were given to; '' is the one that comes with the program.
    CREATE TABLE embedded_with (embedder TEXT NOT NULL);
    INSERT INTO embedded_with VALUES ('');
    """,
    """
    -- One table of LanceDB: an embedder, and how large the chunks are. The one that serves is
    -- searched; one that is being built takes its place when every document is in it.
    CREATE TABLE indexes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        embedder TEXT NOT NULL,  -- name@weights; '' is the one that comes with the program
        chunk_tokens INTEGER,  -- not known of the first one's where NULL
        state TEXT NOT NULL CHECK (state IN ('serving', 'building', 'retired'))
    );
    CREATE UNIQUE INDEX one_index_of_a_kind ON indexes (state) WHERE state <> 'retired';
    INSERT INTO indexes (embedder, state) SELECT embedder, 'serving' FROM embedded_with;
    DROP TABLE embedded_with;

    -- Which documents are whole in the index that is being built.
    CREATE TABLE built (
        document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        chunks INTEGER NOT NULL
    ) WITHOUT ROWID;

    ALTER TABLE documents DROP COLUMN generation;  -- chunks tells whether any serve

    -- How much text recognition trusts what it read, 0 to 1; nothing was recognized where NULL.
    ALTER TABLE documents ADD COLUMN quality REAL;

    -- The disk a file was last seen on: it is gone only if that disk is there without it.
    ALTER TABLE files ADD COLUMN device INTEGER;

    -- Folders whose files are taken in as they come, change, move and go.
    CREATE TABLE watches (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        patterns TEXT NOT NULL DEFAULT '[]',  -- JSON: as in a .gitignore, what is left out
        added_us INTEGER NOT NULL,
        PRIMARY KEY (library, path)
    ) WITHOUT ROWID;
    """,
    """
    -- What the program remembers of its use, as JSON: the model that was chosen, the order of the
    -- queue, how fast the machine is.
    CREATE TABLE remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    -- A document that was ready and whose text is recognized anew: it is found as it was until
    -- that is bound, and whatever interrupts it, it is not forgotten.
    ALTER TABLE documents ADD COLUMN renewal TEXT CHECK (renewal IN ('wanted', 'bound'));
    """,
    """
    -- The version of reading and splitting that an index is made with; the first where NULL.
    ALTER TABLE indexes ADD COLUMN reading INTEGER;
    """,
    """
    -- Files that came in documents, and lie in a folder of ours. They stay known until their
    -- parent is forgotten, so that taking that out can be taken back.
    CREATE TABLE attachments (
        path TEXT PRIMARY KEY,
        parent TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE
    );
    CREATE INDEX attachments_by_parent ON attachments (parent);
    """,
    """
    -- What a file says of itself, besides its title; the date in ISO 8601.
    ALTER TABLE documents ADD COLUMN author TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN date TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN subject TEXT NOT NULL DEFAULT '';
    """,
    """
    -- How language models did in the exam, by what tells one file with its adapters from another.
    CREATE TABLE exams (
        model TEXT PRIMARY KEY,  -- JSON: names, sizes and times of its files
        edition INTEGER NOT NULL,
        grade TEXT NOT NULL  -- JSON
    ) WITHOUT ROWID;
    """,
    """
    -- There are models of more kinds, which the program knows; no id is given a second time.
    CREATE TABLE models_of_any_kind (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind <> ''),
        name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
        path TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        repository TEXT NOT NULL DEFAULT '',
        sha256 TEXT NOT NULL DEFAULT '',
        licence TEXT NOT NULL DEFAULT '',
        ours INTEGER NOT NULL,
        facts TEXT,
        added_us INTEGER NOT NULL,
        used_us INTEGER,
        prompt_tps REAL,
        decode_tps REAL,
        memory INTEGER,
        adapters TEXT NOT NULL DEFAULT '[]',
        context_tokens INTEGER,
        stretch TEXT NOT NULL DEFAULT 'none'
    );
    INSERT INTO sqlite_sequence (name, seq)
        SELECT 'models_of_any_kind', seq FROM sqlite_sequence WHERE name = 'models';
    INSERT INTO models_of_any_kind SELECT * FROM models;
    DROP TABLE models;
    ALTER TABLE models_of_any_kind RENAME TO models;

    CREATE TABLE downloads_of_any_kind (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind <> ''),
        name TEXT NOT NULL,
        repository TEXT NOT NULL,
        revision TEXT NOT NULL,
        licence TEXT NOT NULL DEFAULT '',
        parts TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'paused', 'failed')),
        error TEXT,
        rank INTEGER NOT NULL,
        added_us INTEGER NOT NULL
    );
    INSERT INTO sqlite_sequence (name, seq)
        SELECT 'downloads_of_any_kind', seq FROM sqlite_sequence WHERE name = 'downloads';
    INSERT INTO downloads_of_any_kind SELECT * FROM downloads;
    DROP TABLE downloads;
    ALTER TABLE downloads_of_any_kind RENAME TO downloads;
    """,
    """
    -- What a language model made of parts of documents; the digest is of all that decided it.
    CREATE TABLE kept_texts (
        document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (document, digest)
    ) WITHOUT ROWID;
    """,
    """
    -- What is said of a document as a bibliographic record, and by whom; empty where a person
    -- says that there is nothing to be said.
    CREATE TABLE reference_fields (
        document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        field TEXT NOT NULL,  -- as CSL calls it
        origin TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (document, field, origin)
    ) WITHOUT ROWID;
    """,
    """
    -- Questions over many documents: a line for each document, a cell for each question in it.
    -- A cell that is not there was not asked yet, or is to be asked again.
    CREATE TABLE tables (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        questions TEXT NOT NULL,  -- JSON
        writer TEXT NOT NULL,  -- the language model that answers; '' where documents are quoted
        paused INTEGER NOT NULL DEFAULT 0,
        created_us INTEGER NOT NULL  -- microseconds since 1970
    );
    CREATE INDEX tables_by_library ON tables (library);

    -- Lines stay when their document has gone.
    CREATE TABLE table_lines (
        table_id INTEGER NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        document TEXT NOT NULL,  -- '' of a file whose content is not known
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (table_id, line)
    ) WITHOUT ROWID;

    CREATE TABLE cells (
        table_id INTEGER NOT NULL,
        line INTEGER NOT NULL,
        question INTEGER NOT NULL,  -- its place among those of the table
        state TEXT NOT NULL CHECK (state IN ('found', 'absent', 'failed')),
        text TEXT NOT NULL,
        place TEXT NOT NULL,  -- the label of the page that it rests on
        mode TEXT NOT NULL,
        verdict TEXT NOT NULL,
        error TEXT,
        edited TEXT,  -- what somebody wrote in its place
        payload TEXT NOT NULL,  -- JSON: quotes, checks
        PRIMARY KEY (table_id, line, question),
        FOREIGN KEY (table_id, line) REFERENCES table_lines (table_id, line) ON DELETE CASCADE
    );
    """,
    """
    -- Zotero libraries that are followed, and what they say of each file, as JSON.
    CREATE TABLE zotero_sources (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        folder TEXT NOT NULL,
        PRIMARY KEY (library, folder)
    ) WITHOUT ROWID;
    CREATE TABLE zotero_files (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        folder TEXT NOT NULL,
        path TEXT NOT NULL,
        said TEXT NOT NULL,
        PRIMARY KEY (library, path)
    ) WITHOUT ROWID;
    CREATE INDEX zotero_files_by_path ON zotero_files (path);
    """,
)
