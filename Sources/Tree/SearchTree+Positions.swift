extension SearchTree {
  /// Where the node is in `nodes`, for who reads many and must not copy each: a position never
  /// changes, as nodes are only added.
  package func position(of id: NodeID) -> Int? { index[id] }
}
