import Shell

/// Draws what an examination found.
enum DoctorText {
  static func lines(of facts: DoctorFacts, on canvas: Canvas) -> [StyledText] {
    let width = (facts.findings.map(\.subject.count).max() ?? 0) + 2
    let indent = width + 9
    return facts.findings.flatMap { finding -> [StyledText] in
      let (mark, style) =
        switch finding.state {
        case .good: ("good", Style(.good))
        case .limited: ("limited", Style(.warning))
        case .missing: ("missing", Style(.bad))
        }
      let head = StyledText(finding.subject.padded(to: width), Style(.accent)) + StyledText(mark.padded(to: 9), style)
      let remedy = finding.remedy.map { StyledText(sanitized($0), .muted).wrapped(to: max(20, canvas.width - indent)) } ?? []
      let says = StyledText(sanitized(finding.says)).wrapped(to: max(20, canvas.width - indent))
      return (says + remedy).enumerated().map { ($0 == 0 ? head : StyledText(String(repeating: " ", count: indent))) + $1 }
    }
  }
}
