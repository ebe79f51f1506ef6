import Deck
import Foundation
import Study

extension Session {
  /// The scheduler of these settings.
  func scheduler() throws -> Scheduler {
    do throws(Scheduler.Fault) {
      return try Scheduler(
        weights: settings.weights, retention: settings.retention, maximumInterval: settings.maximumInterval, hasFuzz: settings.fuzz)
    } catch {
      throw Complaint("retention \(settings.retention) cannot be aimed at", hint: "try `set retention 0.9`")
    }
  }

  /// What the day brings: the limits, what was asked since the day began, marks and siblings.
  @MainActor func studyPlan(_ surroundings: any Surroundings) throws -> StudyPlan {
    let store = try surroundings.permittedReviews
    let began = StudyDay.began(surroundings.now, surroundings.calendar)
    // A clock may be mended by minutes without anybody's noticing.
    let ahead = try store.log(since: surroundings.now.addingTimeInterval(3600))
    if let last = ahead.last { surroundings.warn(.reviewsAhead(ahead.count, last.reviewedAt)) }
    return StudyPlan(
      dayBegan: began, limits: DailyLimits(newCards: settings.newPerDay, reviews: settings.reviewsPerDay),
      introduced: try store.introduced(since: began), marks: try store.marks(), siblings: siblings(surroundings.files))
  }

  /// The siblings among the decks in hand and, while these are the built-in ones, their translations.
  @MainActor private func siblings(_ files: FileAccess) -> [String: String] {
    var documents = library.documents
    if libraryIsBuiltIn {
      for language in ProseLanguage.allCases where language.rawValue != settings.lang {
        var other = Session()
        other.settings.lang = language.rawValue
        other.openBuiltInDecks(files)
        documents += other.library.documents
      }
    }
    return Siblings.groups(of: documents)
  }
}
