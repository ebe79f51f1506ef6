import Language

/// The words that only a session, or what lies around it, knows: the sources of completions that declarations name.
extension CandidateSource {
  // The model.
  static let tensors = CandidateSource("tensors")
  static let parameters = CandidateSource("parameters")
  static let explainable = CandidateSource("explainable")
  /// What a training measures, by the names of its curves; validation's stand beside training's in one plot.
  static let curves = CandidateSource("curves")
  /// The same with validation's.
  static let measures = CandidateSource("measures")
  static let classWeights = CandidateSource("class weights")
  static let livePlots = CandidateSource("live plots")
  static let summaryColumns = CandidateSource("summary columns")
  static let sweepAxes = CandidateSource("sweep axes")
  // The data.
  static let columns = CandidateSource("columns")
  // What is kept.
  static let runs = CandidateSource("runs")
  static let runData = CandidateSource("data of runs")
  static let runModels = CandidateSource("models of runs")
  static let runOptimizers = CandidateSource("optimizers of runs")
  static let runOrders = CandidateSource("orders of runs")
  static let sweeps = CandidateSource("sweeps")
  // Cards and lessons.
  static let topics = CandidateSource("topics")
  static let cards = CandidateSource("cards")
  static let experiments = CandidateSource("cards with an experiment")
  static let lessons = CandidateSource("lessons")
  /// The numbers of the steps of the lesson that stands in the command.
  static let lessonSteps = CandidateSource("steps of a lesson")
  /// The word that stands for every lesson.
  static let all = CandidateSource("all")
  /// The word that ends a recording.
  static let stop = CandidateSource("stop")
  // The shell.
  static let commands = CandidateSource("commands")
  static let subjects = CandidateSource("subjects of commands")
  static let undoable = CandidateSource("undoable")
  static let redoable = CandidateSource("redoable")
  static let typedLines = CandidateSource("typed lines")
  static let assignments = CandidateSource("assignments")
  static let settingValues = CandidateSource("values of settings")
}
