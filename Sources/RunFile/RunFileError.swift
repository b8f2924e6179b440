import GRDB

/// Why a run file can't be used as asked.
package enum RunFileError: Error, Hashable, Sendable {
  case missing(path: String)
  /// A run is never overwritten.
  case exists(path: String)
  /// A file of somebody else has a name that the run needs for itself.
  case inTheWay(of: String, path: String)
  case empty(path: String)
  /// A folder, a pipe, a device.
  case notAFile(path: String, isFolder: Bool)
  /// Not an SQLite database, or one of another program.
  case notARun(path: String)
  /// The same of a file of replies that runs share.
  case notACache(path: String)
  /// Written by a later version of this program.
  case newer(path: String, version: Int, known: Int)
  case damaged(path: String, Damage)
  /// Another process writes this run; 0 where it can't be told which.
  case inUse(path: String, process: Int32)
  /// No process writes this run, so nobody would answer.
  case noWriter(path: String)
  case diskFull(path: String)
  case notWritable(path: String, reason: String)
  case notReadable(path: String, reason: String)
  /// It was not closed, and its log can't be read where no file can be made beside it.
  case leftOpen(path: String)
  /// A read or write failed for a reason outside the file.
  case failed(path: String, reason: String)
  /// The program tried to change a file that it opened for reading.
  case notOpenForWriting(path: String)
  /// This program has closed it in the meantime.
  case closed(path: String)

  /// A line of an export can't be used: it is not JSON, of an unknown kind, changed, out of its
  /// place, or missing (then it is the line after the last).
  case badLine(path: String, line: Int)

  /// What is wrong with the history in a file.
  package enum Damage: Hashable, Sendable {
    /// The configuration of the run can't be trusted.
    case configuration
    /// The second copy of the configuration and its texts can't be trusted; the first may be good.
    case spare
    /// This event is missing, changed, or can't be read; those before it are good.
    case event(ordinal: Int)
    /// The file ends after `found` events of `expected`.
    case lostTail(found: Int, expected: Int)
    /// The file was copied without its `-wal`, which held the newest events.
    case missingLog
    /// Its `-wal` is damaged; of what follows the first `found` events some was in it.
    case damagedLog(found: Int)
    /// The `-wal` that lies beside it is not its own: without it there is more in the file.
    case foreignLog
    /// A text is gone or changed.
    case text(id: String)
    /// A part that no run can do without is lost, and so is its copy.
    case essential(part: String)
    /// These calls are missing in the ledger, changed, or can't be read; they count from 1.
    case calls(ClosedRange<Int>)
    /// The reply that the ledger keeps of this call has been changed.
    case reply(call: Int)
    /// The ledger has more calls than it should.
    case callCount
    /// The tables are not those of the file's version.
    case schema(fault: String)
    /// SQLite can't read it.
    case unreadable(reason: String)
  }
}

extension RunFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "There is no run file \(path). espalier runs lists the runs there are."
    case .exists(let path):
      "\(path) exists already, and a run is never overwritten. Choose another name."
    case .inTheWay(let run, let path):
      "There is a file \(path), which is what \(run) needs to be written. Choose another name."
    case .empty(let path):
      "\(path) is empty: no run was ever recorded in it. Delete it and start anew."
    case .notAFile(let path, isFolder: true):
      "\(path) is a folder. espalier runs \(path.shellWord) lists the runs in it."
    case .notAFile(let path, isFolder: false):
      "\(path) is not a regular file, and nothing else can hold a run. Check the path."
    case .notARun(let path):
      """
      \(path) is not a run of espalier. Check the path; of an export or a published search \
      espalier import \(path.shellWord) --run NEW makes one.
      """
    case .notACache(let path):
      "\(path) is not a cache of replies, which --cache needs. Name one, or a file to be made."
    case .newer(let path, let version, let known):
      """
      \(path) was written by a newer espalier (format \(version); this one knows up to \(known)). \
      Update espalier to open it.
      """
    case .damaged(let path, let damage):
      """
      \(path) is damaged: \(damage). The file was left as it is; \
      espalier file repair \(path.shellWord) --into NEW recovers what is good.
      """
    case .inUse(let path, let process):
      """
      \(path) is being written by \(process > 0 ? "process \(process)" : "another process"). Follow it with espalier open \(path.shellWord), or \
      stop that process first.
      """
    case .noWriter(let path):
      """
      No process is at work on \(path), so there is nobody to ask. To go on with it: \
      espalier resume \(path.shellWord).
      """
    case .diskFull(let path):
      "The disk of \(path) is full. Nothing is lost; free some space there to go on."
    case .notWritable(let path, let reason):
      "\(path) can't be written: \(reason). Check the permissions of the file and its folder."
    case .notReadable(let path, let reason):
      "\(path) can't be read: \(reason). Check the permissions of the file and the folders above it."
    case .leftOpen(let path):
      """
      \(path) was not closed, and the newest events are in its companion file -wal, which can only be \
      read where a file can be made beside it. Copy both to a folder of yours, and look at the copy.
      """
    case .failed(let path, let reason):
      "\(path) can't be read or written at the moment: \(reason)."
    case .notOpenForWriting(let path):
      "\(path) is open for reading only here, so nothing can be added to it."
    case .closed(let path): "\(path) has been closed."
    case .badLine(let path, let line):
      """
      \(path) was not made: line \(line) of the export is missing, changed or out of place. \
      Export the run again; an export with --redact is for reading only.
      """
    }
  }
}

extension RunFileError.Damage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .configuration: "its configuration has been changed or can't be read"
    case .spare: "the spare copy of its configuration is missing or has been changed"
    case .event(let ordinal): "event \(ordinal) is missing or has been changed"
    case .lostTail(let found, let expected): "it ends after \(found) events of \(expected)"
    case .missingLog:
      "it was not closed, and its companion file -wal with the newest events is missing"
    case .damagedLog(let found):
      "it ends after \(found) events, where its companion file -wal is damaged"
    case .foreignLog: "its companion file -wal is not its own"
    case .text(let id): "text \(id) is missing or has been changed"
    case .essential(let part): "\(part) is lost, and so is the spare copy of it"
    case .calls(let calls):
      calls.lowerBound == calls.upperBound
        ? "call \(calls.lowerBound) of its ledger is missing or has been changed"
        : """
        calls \(calls.lowerBound) to \(calls.upperBound) of its ledger are missing or have been \
        changed
        """
    case .reply(let call): "the reply to call \(call) in its ledger has been changed"
    case .callCount: "the count of the calls in its ledger has been changed"
    case .schema(let fault): "\(fault)"
    case .unreadable(let reason): "SQLite says \"\(reason)\""
    }
  }
}

extension RunFileError {
  /// What an error of SQLite means for the file.
  init(_ error: any Error, path: String) {
    if let error = error as? RunFileError {
      self = error
      return
    }
    if let fault = error as? ColumnFault {
      self = .damaged(path: path, .unreadable(reason: "no value in \(fault.column)"))
      return
    }
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? "error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_SCHEMA, .SQLITE_ERROR, .SQLITE_MISMATCH:
      self = .damaged(path: path, .unreadable(reason: reason))
    case .SQLITE_NOTADB: self = .notARun(path: path)
    case .SQLITE_IOERR where PrivateFile.isDiskFull(path),
      .SQLITE_CANTOPEN where PrivateFile.isDiskFull(path):
      self = .diskFull(path: path)
    case .SQLITE_CANTOPEN where RunFile.hasLog(path) && !PrivateFile.canMakeFile(beside: path):
      self = .leftOpen(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      self = .notWritable(path: path, reason: reason)
    default: self = .failed(path: path, reason: reason)
    }
  }
}

/// Does something with the database and says in the words of this room what went wrong.
func reporting<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch {
    throw RunFileError(error, path: path)
  }
}
