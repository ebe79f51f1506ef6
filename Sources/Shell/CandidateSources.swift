import Language

/// The words that only a session knows, for completion.
extension CandidateSource {
  static let tensors = CandidateSource("tensors")
  static let parameters = CandidateSource("parameters")
  static let explainable = CandidateSource("explainable")
  static let topics = CandidateSource("topics")
  static let cards = CandidateSource("cards")
  static let lessons = CandidateSource("lessons")
  static let curves = CandidateSource("curves")
  static let columns = CandidateSource("columns")
  static let livePlots = CandidateSource("live")
  static let summaryColumns = CandidateSource("summary columns")
  static let commands = CandidateSource("commands")
}
