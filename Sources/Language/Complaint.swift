/// What is wrong, where, and what would be right: the answer to every mistake.
///
/// A room makes its complaints in one file of its own (`extension Complaint { static func … }`), so that its wording stands in one place.
public struct Complaint: Error, Sendable, Equatable {
  /// What is wrong, one sentence without a full stop: "there is no layer `dens`".
  public var what: String
  /// The part of the line that is wrong, in characters from its start; nil when no single place is to blame.
  public var place: Range<Int>?
  /// What would be right: the allowed range, the nearest name, the missing step; empty when there is nothing to say.
  public var hint: String

  /// A complaint of the given words.
  public init(_ what: String, at place: Range<Int>? = nil, hint: String = "") {
    self.what = what
    self.place = place
    self.hint = hint
  }
}
