import Foundation
import Language
import Study

/// `reviews export FILE`, `reviews import FILE`: the log of grades as comma-separated values.
enum ReviewsCommand {
  private enum Request: Sendable {
    case export(String, overwrite: Bool)
    case `import`(String)
  }

  static let command = Command(
    .learn, [.reads, .writes, .keeps],
    Declaration<Action>(
      "reviews", "Takes the log of reviews to another program, or from one.",
      examples: ["reviews export reviews.csv", "reviews export reviews.csv; reviews import reviews.csv"],
      notes: """
        Columns: card_id, rating from 1 to 4, review_datetime in ISO 8601, review_duration in milliseconds; the export adds stability, difficulty, \
        state and due after each review. What is there already is not imported twice; cards whose deck is not loaded may be among them.
        """,
      .declared(
        "action", "what to do",
        from: [
          Declaration<Request>(
            "export", "Writes all reviews into a CSV file.", examples: ["reviews export reviews.csv"],
            notes: "An earlier export is replaced, another file only by `overwrite=yes`.",
            .word("file", "the file to write", from: .files(ending: "csv")), .overwrite
          ) { .export($0, overwrite: $1) },
          Declaration<Request>(
            "import", "Adds the reviews of a CSV file, and schedules their cards anew.",
            examples: ["reviews export a.csv; reviews import a.csv"],
            .word("file", "the file to read", from: .files(ending: "csv"))
          ) { .import($0) },
        ])
    ) { request in
      Action { session, surroundings in
        let store = try surroundings.permittedReviews
        switch request {
        case .export(let path, let overwrite):
          let head = Foundation.Data(ReviewTable.text(of: [], time: timestamp).utf8)
          let url = try surroundings.files.writable(path, overwrite: overwrite) { FileAccess.head(of: $0, bytes: head.count) == head }
          let reviews = try store.log(since: nil)
          let table = try ReviewTable.text(of: reviews, time: timestamp, check: Interruption.check)
          try AtomicFile.write(Foundation.Data(table.utf8), to: url)
          return ReviewExportFacts(file: path, count: reviews.count)
        case .import(let path):
          let url = try surroundings.files.readable(path)
          guard let bytes = try? Foundation.Data(contentsOf: url) else {
            throw Complaint("`\(path)` cannot be read", hint: "`reviews export FILE` writes such a file")
          }
          guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint("`\(path)` is no UTF-8 text", hint: "save the table as UTF-8")
          }
          let reviews: [ReviewLog]
          do {
            reviews = try ReviewTable.reviews(of: text, check: Interruption.check)
          } catch let error as ReviewTable.Fault {
            throw Complaint("`\(path)`, line \(error.line): \(error.reason)", hint: "nothing was imported; mend the line and try again")
          }
          let late = surroundings.now.addingTimeInterval(86_400)
          if let future = reviews.first(where: { $0.reviewedAt > late }) {
            throw Complaint(
              "`\(path)` holds a review of \(timestamp(future.reviewedAt)), which is yet to come",
              hint: "nothing was imported; look at the times, and at this machine's clock")
          }
          let scheduler = try session.scheduler()
          let added = try store.merge(reviews, scheduler)
          // What is in by now stays in, whoever asks to stop; `stats` and `due` need not read all of it then.
          _ = try? Interruption.ignored { try store.tally(.init(scheduler: scheduler, dates: surroundings.calendar)) }
          return ReviewImportFacts(file: path, read: reviews.count, added: added, cards: Set(reviews.map(\.cardID)).count)
        }
      }
    })
}

/// What was exported.
public struct ReviewExportFacts: Facts {
  /// The file, as it was typed.
  public let file: String
  /// How many reviews it holds.
  public let count: Int
  /// File and count.
  public var json: [(String, JSONValue)] { [("file", .string(file)), ("reviews", .integer(count))] }
}

/// What was imported.
public struct ReviewImportFacts: Facts {
  /// The file, as it was typed.
  public let file: String
  /// How many reviews it holds.
  public let read: Int
  /// How many of them were new.
  public let added: Int
  /// Of how many cards they are.
  public let cards: Int
  /// File and counts.
  public var json: [(String, JSONValue)] {
    [("file", .string(file)), ("reviews", .integer(read)), ("added", .integer(added)), ("cards", .integer(cards))]
  }
}
