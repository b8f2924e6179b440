import GRDBSQLite

/// A run's file as it lies on the disk, whatever its log says.
///
/// It is SQLite that reads it, though nothing is asked of it as of a database: it knows what locks this
/// process has on the file, which would be lost if another descriptor of it were closed here.
final class FileWithoutLog {
  /// In bytes.
  let pageSize: Int

  private let connection: OpaquePointer?
  private let file: UnsafeMutablePointer<sqlite3_file>

  /// - Returns: nil where it can't be read, or does not say what its pages are.
  init?(_ path: String) {
    var connection: OpaquePointer?
    var file: UnsafeMutablePointer<sqlite3_file>?
    guard sqlite3_open_v2(plain(path), &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      sqlite3_file_control(connection, nil, SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK,
      let file, let header = Self.read(18, of: file, at: 0)
    else {
      sqlite3_close(connection)
      return nil
    }
    // 65,536 has no room there.
    let size = Int(header[16]) << 8 | Int(header[17])
    pageSize = size == 1 ? 65_536 : size
    self.connection = connection
    self.file = file
    guard LogFrames.canBe(pageSize: pageSize) else { return nil }
  }

  deinit { sqlite3_close(connection) }

  /// - Parameter number: from 1 on.
  /// - Returns: nil where there is none.
  func page(_ number: Int) -> [UInt8]? {
    number < 1 ? nil : Self.read(pageSize, of: file, at: (number - 1) * pageSize)
  }

  private static func read(
    _ count: Int, of file: UnsafeMutablePointer<sqlite3_file>, at offset: Int
  ) -> [UInt8]? {
    guard let read = file.pointee.pMethods?.pointee.xRead else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    return read(file, &bytes, Int32(count), Int64(offset)) == SQLITE_OK ? bytes : nil
  }
}
