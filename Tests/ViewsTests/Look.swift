import Testing
import Screen
import Tree
@testable import Views
#if canImport(Glibc)
import Glibc
#endif
func save(_ name: String, _ s: Surface) {
  let f = fopen("/tmp/views/\(name).txt", "w"); fputs(s.text + "\n\n" + s.styles, f!); fclose(f!)
}
@Test func look() {
  for (w, h) in [(120, 40), (80, 24), (200, 60), (60, 20), (30, 12), (20, 6), (40,14)] {
    var s = Scenario.sketch.state(w, h)
    save("follow\(w)", s.draw())
    _ = s.update(.key(.up)); _ = s.update(.key(.character("h"))); _ = s.update(.key(.character("l")))
    let run = Scenario.sketch
    s.go(to: run[18]); _ = s.update(.key(.tab)); _ = s.update(.key(.tab))
    save("main\(w)", s.draw())
    for t in 2...4 { _ = s.update(.key(.character(Character("\(t)")))); save("tab\(t)-\(w)", s.draw()) }
    _ = s.update(.key(.character(" ")))
    s.go(to: run[9]); _ = s.update(.key(.character(" ")))
    _ = s.update(.key(.character("c")))
    save("compare\(w)", s.draw())
    _ = s.update(.key(.character("?")))
    save("help\(w)", s.draw())
    s = Scenario.sketch.state(w, h); _ = s.update(.key(.tab)); save("detail\(w)", s.draw())
    s.go(to: run[3]); s.focus = .tree; _ = s.update(.key(.character("x"))); save("ask\(w)", s.draw())
  }
}
