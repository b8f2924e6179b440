import Testing

/// All tests of the terminal, one after the other: a process has one.
@Suite(.serialized) enum TerminalRoom {}
