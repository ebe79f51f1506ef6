import Foundation
import Language

/// `tour`: the shell in two minutes.
enum TourCommand {
  static let command = Command(
    .learn, .runs,
    Declaration<Action>(
      "tour", "Shows the shell in two minutes; your session stays as it is.", examples: ["tour"],
      notes: "Enter goes on, `q` or Ctrl-C leaves. It speaks English or French, as `set lang` says; in a script it plays through."
    ) {
      Action { session, surroundings in
        guard !surroundings.files.isConfined else { throw Complaint.confined("tour") }
        let scratch = try ScratchFolder()
        let files = surroundings.files
        defer {
          surroundings.files = files
          scratch.remove()
        }
        surroundings.files = files.confined(to: scratch.url, scratch: scratch.url)
        var apart = session.emptied()
        apart.isApart = true
        apart.settings.predict = false
        apart.recording = nil
        var seen = 0
        for (place, stop) in Tour.stops.enumerated() {
          surroundings.show(ProseFacts(markdown: session.settings.lang == "fr" ? stop.french : stop.english, folder: nil))
          for (number, line) in stop.commands.enumerated() {
            surroundings.show(LessonCommandFacts(text: line, isFirst: number == 0))
            Interpreter.run(line, on: &apart, surroundings) { surroundings.show($0) }
          }
          seen = place + 1
          guard place + 1 < Tour.stops.count, !surroundings.isInterrupted else { break }
          guard surroundings.isAttended else { continue }
          guard case .line(let reply) = surroundings.ask(.pause), !["q", "quit", ":q", "exit"].contains(reply.lowercased()) else { break }
        }
        return TourFacts(stops: seen, all: Tour.stops.count)
      }
    })
}

/// How far the tour went.
public struct TourFacts: Facts {
  /// The stops that were seen, and how many there are.
  public let stops, all: Int
  /// Both numbers.
  public var json: [(String, JSONValue)] { [("stops", .integer(stops)), ("all", .integer(all))] }
}
