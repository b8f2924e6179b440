import GRDB

/// The tables of a run file and how older ones become new.
enum Schema {
  /// "Espl", in the header of the file: by it a run file is told from any other database.
  static let applicationID: Int32 = 0x4573_706c

  /// The version that this program writes; it is the number of migrations.
  static let version = 5

  /// The tables of each version, beside those of the versions before it.
  private static let tables = [
    1: ["call", "control", "event", "run", "tail", "text"], 2: ["memory"],
    3: ["snapshot", "snapshotPage"], 4: ["spare"],
  ]

  /// What is amiss with the tables of a file of its version; nil where nothing is. What is in them is not
  /// looked at.
  static func fault(_ db: Database) throws -> String? {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let found = try Set(
      String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
    let wanted = tables.filter { $0.key <= version }.flatMap(\.value).sorted()
    if let lost = wanted.first(where: { !found.contains($0) }) {
      return "there is no table \(lost)"
    }
    let applied =
      found.contains("grdb_migrations")
      ? try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations") : []
    return Set(applied) == Set((1...max(version, 1)).map(String.init))
      ? nil : "the table grdb_migrations is not that of version \(version)"
  }

  /// - Parameter path: of the file that becomes new.
  static func migrator(for path: String) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(applicationID);
          PRAGMA user_version = 1;

          -- One row: what the run is. `id` is drawn anew for each run; `configuration` is JSON;
          -- `chain` is the hash of all three, where the chain of the events starts.
          CREATE TABLE run (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            created REAL NOT NULL,
            configuration TEXT NOT NULL,
            chain INTEGER NOT NULL
          ) STRICT;

          -- One row: where the history ends. `isOpen` is 1 in the file itself as long as a writer has
          -- it open, so that a copy without the -wal is recognised.
          CREATE TABLE tail (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            count INTEGER NOT NULL,
            chain INTEGER NOT NULL,
            isOpen INTEGER NOT NULL
          ) STRICT;

          -- The truth. `chain` is a hash over all that came before and this row.
          CREATE TABLE event (
            ordinal INTEGER PRIMARY KEY,
            time REAL NOT NULL,
            kind TEXT NOT NULL,
            payload TEXT NOT NULL,
            chain INTEGER NOT NULL
          ) STRICT;

          -- Texts by the hash of their content; bytes of UTF-8, because a text may hold a NUL.
          CREATE TABLE text (
            id BLOB PRIMARY KEY NOT NULL,
            content BLOB NOT NULL
          ) STRICT;

          -- The ledger of model calls, and the cache of their replies.
          CREATE TABLE call (
            id INTEGER PRIMARY KEY,
            time REAL NOT NULL,
            call TEXT NOT NULL,
            request INTEGER NOT NULL,
            role TEXT NOT NULL,
            model TEXT NOT NULL,
            status TEXT NOT NULL,
            input INTEGER NOT NULL,
            cachedInput INTEGER NOT NULL,
            output INTEGER NOT NULL,
            isEstimated INTEGER NOT NULL,
            requests INTEGER NOT NULL,
            seconds REAL NOT NULL,
            cost REAL,
            reply BLOB
          ) STRICT;
          CREATE INDEX callByRequest ON call(request);

          -- What other processes ask of the writer, and its answers.
          CREATE TABLE control (
            id INTEGER PRIMARY KEY,
            time REAL NOT NULL,
            request TEXT NOT NULL,
            answer TEXT,
            answeredAt REAL
          ) STRICT;
          """)
    }
    migrator.registerMigration("2") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 2;

          -- What was learned of the models' servers. Not part of the history.
          CREATE TABLE memory (
            name TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
          ) STRICT;
          """)
    }
    migrator.registerMigration("3") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 3;

          -- At most one row: the run as it was after `count` events, so that opening need not fold
          -- them. `version` is that of the packed form; `chain` is that of the last of the events.
          -- Never needed, and never believed over the events. `content` is what is needed at once;
          -- what is known of the nodes is in pages, each with a checksum of its own, which are read
          -- when somebody looks at a node.
          CREATE TABLE snapshot (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            version INTEGER NOT NULL,
            count INTEGER NOT NULL,
            chain INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            content BLOB NOT NULL
          ) STRICT;
          CREATE TABLE snapshotPage (
            number INTEGER PRIMARY KEY,
            checksum INTEGER NOT NULL,
            content BLOB NOT NULL
          ) STRICT;
          """)
    }
    migrator.registerMigration("4") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 4;

          -- One row: a second copy of `run`, and the texts that its configuration names as a JSON
          -- array. Read where the first is damaged or lost.
          CREATE TABLE spare (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            created REAL NOT NULL,
            configuration TEXT NOT NULL,
            chain INTEGER NOT NULL,
            texts TEXT NOT NULL
          ) STRICT;
          """)
      do {
        try Spare.write(to: db, path: path)
      } catch RunFileError.damaged {
        // Of that there is no copy to make; nor of a file that is only being made.
      }
    }
    migrator.registerMigration("5") { db in
      try db.execute(
        sql: """
          PRAGMA user_version = 5;

          -- The ledger, with ids from 1 on without gaps. `checksum` is over all columns but the
          -- reply, for which `replyHash` stands, so that a reply can be dropped. The reply is the
          -- last of the columns: who does not read it need not go past it.
          ALTER TABLE call RENAME TO earlierCall;
          CREATE TABLE call (
            id INTEGER PRIMARY KEY,
            time REAL NOT NULL,
            call TEXT NOT NULL,
            request INTEGER NOT NULL,
            role TEXT NOT NULL,
            model TEXT NOT NULL,
            status TEXT NOT NULL,
            input INTEGER NOT NULL,
            cachedInput INTEGER NOT NULL,
            output INTEGER NOT NULL,
            isEstimated INTEGER NOT NULL,
            requests INTEGER NOT NULL,
            seconds REAL NOT NULL,
            cost REAL,
            replyHash INTEGER,
            checksum INTEGER NOT NULL,
            reply BLOB
          ) STRICT;

          -- How many calls the ledger has.
          ALTER TABLE tail ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
          UPDATE tail SET calls = (SELECT coalesce(max(id), 0) FROM earlierCall);
          """)
      try db.copyCalls(from: "earlierCall")
      try db.execute(
        sql: "DROP TABLE earlierCall; CREATE INDEX callByRequest ON call(request)")
    }
    return migrator
  }

  /// - Throws: `RunFileError.notARun` or `.newer`.
  static func checkVersion(_ db: Database, path: String) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    guard application == applicationID else { throw RunFileError.notARun(path: path) }
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard found <= version else {
      throw RunFileError.newer(path: path, version: found, known: version)
    }
  }
}
