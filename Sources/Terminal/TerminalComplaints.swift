import Language

extension Complaint {
  /// The history cannot be kept beyond this session.
  static func historyNotKept(path: String) -> Complaint {
    Complaint("the history cannot be written to `\(path)`", hint: "it is kept for this session only; check the folder's permissions")
  }
}
