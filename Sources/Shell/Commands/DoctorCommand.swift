import Language

/// `doctor`: what the machine and the terminal can do for the shell.
enum DoctorCommand {
  static let command = Command(
    .shell, .keeps,
    Declaration<Action>(
      "doctor", "Says what plots, the terminal, the processor, the store and the folders can do, and what would mend what cannot.",
      examples: ["doctor"],
      notes: "It looks and changes nothing. In a terminal it asks it once whether it shows pictures."
    ) {
      Action { session, surroundings in
        guard !surroundings.files.isConfined else { throw Complaint.confined("doctor") }
        return DoctorFacts(findings: surroundings.examine(session))
      }
    })
}

/// What an examination of the surroundings found.
public struct DoctorFacts: Facts {
  /// How well a thing does.
  public enum State: String, Sendable {
    /// All of it works.
    case good
    /// It works with less.
    case limited
    /// It does not work.
    case missing
  }

  /// What was found of one thing.
  public struct Finding: Sendable {
    /// The thing: `gnuplot`.
    public var subject: String
    /// How well it does.
    public var state: State
    /// What it is, or what is wrong.
    public var says: String
    /// What would mend it; nil where nothing is to be mended.
    public var remedy: String?

    /// A finding of the given parts.
    public init(_ subject: String, _ state: State, _ says: String, remedy: String? = nil) {
      self.subject = subject
      self.state = state
      self.says = says
      self.remedy = remedy
    }
  }

  /// What was found, in order.
  public let findings: [Finding]

  /// The findings.
  public var json: [(String, JSONValue)] {
    [
      (
        "findings",
        .array(
          findings.map {
            .object([
              ("subject", .string($0.subject)), ("state", .string($0.state.rawValue)), ("says", .string($0.says)),
              ("remedy", .optional($0.remedy)),
            ])
          })
      )
    ]
  }
}
