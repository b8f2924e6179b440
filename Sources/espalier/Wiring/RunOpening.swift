import RunFile
import Tree
import Workbench

/// How a run file comes onto the screen: at once where its snapshot, or its shortness, lets it; else its
/// first events at once, and the rest when it has been read.
struct RunOpening: Sendable {
  let past: RunPast
  private let file: RunFile
  private let isWhole: Bool

  /// As many events as make a first picture.
  private static let first = 200

  /// - Parameter whole: wait for all of it in any case.
  /// - Throws: `RunFileError` for damage in what has been read so far.
  init(_ file: RunFile, whole: Bool) throws {
    self.file = file
    isWhole = try whole || file.opensQuickly()
    let moment =
      try isWhole
      ? file.moment(whole: false)
      : RunMoment(configuration: file.configuration, events: file.events(limit: Self.first))
    past = Self.past(moment, in: file)
  }

  private static func past(_ moment: RunMoment, in file: RunFile) -> RunPast {
    RunPast(moment: moment) { [count = moment.count] in try file.events(limit: count) }
  }

  /// Reads what is still to be read, and tells of it or of what is wrong with it.
  ///
  /// - Returns: what the screen then knows.
  func finish(into mail: UpdateMail) -> RunMoment {
    guard !isWhole else { return past.moment }
    do {
      let (moment, damage) = try file.soundMoment()
      mail.post(.opened(Self.past(moment, in: file)))
      if let damage { mail.post(.damaged(damage.description)) }
      return moment
    } catch {
      mail.post(.notice(String(describing: error)))
      return past.moment
    }
  }
}
