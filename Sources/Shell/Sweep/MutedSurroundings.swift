import Foundation
import Language

/// Surroundings of work that is done many times over: nobody is asked, nothing is shown, and each warning is told once.
@MainActor final class MutedSurroundings: Surroundings {
  private let base: any Surroundings
  private var told = Set<String>()

  init(_ base: any Surroundings) { self.base = base }

  var now: Date { base.now }
  var calendar: Calendar { base.calendar }
  var isInterrupted: Bool { base.isInterrupted }
  var timeStopped: @Sendable () -> Duration { base.timeStopped }
  var reviews: any ReviewStore { get throws { try base.reviews } }
  var replayer: any Replayer { base.replayer }
  var tutor: any Tutor { base.tutor }
  var recorder: any Recorder { base.recorder }
  var progressStore: any ProgressStore { get throws { try base.progressStore } }
  var runs: any RunStore { get throws { try base.runs } }
  var confinedRuns: MemoryRuns { base.confinedRuns }
  var plotter: any Plotter { base.plotter }
  var preferences: any PreferenceStore { base.preferences }
  var files: FileAccess {
    get { base.files }
    set { base.files = newValue }
  }

  func ask(_ question: Question) -> Reply { .end }
  func show(_ facts: any Facts) {}
  func show(_ report: Report) {}
  func warn(_ complaint: Complaint) { if told.insert(complaint.what).inserted { base.warn(complaint) } }
  func progress(_ progress: TrainingProgress) {}
}
