import Engine
import Foundation
import Language

extension Sweeping {
  /// Trains a run again from where it began and puts its model in the place of the session's.
  ///
  /// - Parameter wanted: The run's number; nil for the best of the newest sweep.
  static func use(_ wanted: Int?, _ session: inout Session, _ surroundings: any Surroundings) throws -> RerunFacts {
    let runs = try surroundings.permittedRuns
    let number: Int
    if let wanted {
      number = wanted
    } else {
      guard let best = try show(nil, session, surroundings).best?.outcome?.run else {
        throw Complaint("the newest sweep has no run that went well", hint: "`sweep` shows it; `sweep use N` takes a run of another")
      }
      number = best
    }
    var made: [ScriptLine] = []
    var (apart, run, facts) = try Rerunning.again(number, runs, session, surroundings) { apart, words, text in
      made = ScriptLine.lines(of: apart, then: text.typed)
      var request = try words.request(for: apart.model.settings)
      // It is that run, not another one.
      request.isKept = false
      return try Training.fit(request, &apart, surroundings)
    }
    guard facts.ending != .interrupted else { throw Complaint("the training was interrupted", hint: "your model is as it was") }
    session.model = apart.model
    session.data = apart.data
    session.made = made
    facts.run = nil
    return RerunFacts(run: number, of: run.history, training: facts, isTaken: true)
  }
}
