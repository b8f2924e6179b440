extension Retrieval: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(inFlight)
    packer.pack(nextNumber)
    packer.pack(models)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      inFlight: try unpacker.unpack(), nextNumber: try unpacker.unpack(),
      models: try unpacker.unpack())
  }
}

extension Retrieval.Model: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(vectors)
    packer.pack(setback)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      name: try unpacker.unpack(), vectors: try unpacker.unpack(), setback: try unpacker.unpack())
  }
}

extension EmbeddingRequest: Packable {
  func pack(into packer: inout Packer) {
    packer.pack(number)
    packer.pack(model)
    packer.pack(texts)
    packer.pack(most)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(
      number: try unpacker.unpack(), model: try unpacker.unpack(), texts: try unpacker.unpack(),
      most: try unpacker.unpack())
  }
}

extension RetrievalSetback: Packable {
  func pack(into packer: inout Packer) {
    switch self {
    case .budget(let which):
      packer.pack(true)
      packer.pack(which)
    case .failed(let why):
      packer.pack(false)
      packer.pack(why)
    }
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self = try unpacker.unpack() ? .budget(try unpacker.unpack()) : .failed(try unpacker.unpack())
  }
}

extension Usage: Packable {
  func pack(into packer: inout Packer) {
    for value in [input, cachedInput, output, requests] { packer.pack(value) }
    packer.pack(isEstimated)
    packer.pack(seconds)
    packer.pack(cost)
  }
  init(from unpacker: inout Unpacker) throws(PackingFault) {
    self.init(requests: 0)
    input = try unpacker.unpack()
    cachedInput = try unpacker.unpack()
    output = try unpacker.unpack()
    requests = try unpacker.unpack()
    isEstimated = try unpacker.unpack()
    seconds = try unpacker.unpack()
    cost = try unpacker.unpack()
  }
}
