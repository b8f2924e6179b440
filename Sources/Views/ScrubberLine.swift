import Screen
import Tree

/// Where in the past it is: the event, and what it was, in words. The time is that of the status line,
/// which is as it was then, too.
enum ScrubberLine {
  static func draw(into surface: inout Surface, _ state: State) {
    guard let replay = state.replay else { return }
    let events = state.timeline.events
    var line = StyledText(" event ", .muted)
    line.append(
      Displayable(state.replayed.map { "\($0.ordinal)" } ?? "–"), .accent, .bold)
    line.append(" of \(events.last?.ordinal ?? 0)  ", .muted)
    let width = min(30, surface.width / 4)
    if width >= 8 {
      let done = events.isEmpty ? 0 : replay.position * width / events.count
      line.append(Displayable("━").repeated(done), .accent)
      line.append(Displayable("─").repeated(width - done), .muted)
      line.append("  ", .text)
    }
    if let event = state.replayed {
      line.append(Displayable(state.eventWords(event.event, state.tree)), .text)
    } else {
      line.append("before the first event", .text)
    }
    surface.put(line.truncated(to: surface.width), x: 0, y: 0)
  }
}
