import Shell

/// Turns facts into lines: the one place that knows a drawing for every kind of facts.
enum FactsRenderer {
  /// The lines of some facts; facts that nobody draws show their members.
  static func lines(of facts: any Facts, on canvas: Canvas) -> [StyledText] {
    switch facts {
    case let facts as Notice: return facts.text.isEmpty ? [] : StyledText(sanitized(facts.text), .muted).wrapped(to: canvas.width)
    case let facts as ModelFacts: return ModelText.lines(of: facts, on: canvas)
    case let facts as SummaryFacts: return ModelText.lines(of: facts, on: canvas)
    case let facts as CompileFacts: return ModelText.lines(of: facts).flatMap { $0.wrapped(to: canvas.width) }
    case let facts as TensorFacts: return TensorText.lines(of: facts, on: canvas)
    case let facts as DataFacts: return DataText.lines(of: facts, on: canvas)
    case let facts as SamplesFacts: return DataText.lines(of: facts, on: canvas)
    case let facts as DescriptionFacts: return DataText.lines(of: facts, on: canvas)
    case let facts as TrainingFacts: return TrainingText.lines(of: facts, on: canvas)
    case let facts as EvaluationFacts: return TrainingText.lines(of: facts, on: canvas)
    case let facts as PredictionFacts: return TrainingText.lines(of: facts, on: canvas)
    case let facts as GradientCheckFacts: return TrainingText.lines(of: facts, on: canvas)
    case let facts as ExplanationFacts: return ExplanationText.lines(of: facts, on: canvas)
    case let facts as LayerFacts: return LayerText.lines(of: facts, on: canvas)
    case let facts as ParameterCountFacts: return ParameterCountText.lines(of: facts, on: canvas)
    case let facts as HelpFacts: return HelpText.lines(of: facts, on: canvas)
    case let facts as SettingsFacts: return HelpText.lines(of: facts, on: canvas)
    case let facts as StandingFacts: return HelpText.lines(of: facts, on: canvas)
    case is VersionFacts: return [StyledText("gradus \(VersionFacts.version)")]
    case let facts as DeckFacts: return CardText.lines(of: facts, on: canvas)
    case let facts as DeckCheckFacts: return DeckCheckText.lines(of: facts, on: canvas)
    case let facts as RelinkFacts: return RelinkText.lines(of: facts, on: canvas)
    case let facts as RelinkMoment: return RelinkText.lines(of: facts, on: canvas)
    case let facts as TopicsFacts: return CardText.lines(of: facts, on: canvas)
    case let facts as CardListFacts: return CardText.lines(of: facts, on: canvas)
    case let facts as CardFacts: return CardText.lines(of: facts, on: canvas)
    case let facts as QuizFacts: return QuizText.lines(of: facts, on: canvas)
    case let facts as QuizMoment: return QuizText.lines(of: facts, on: canvas)
    case let facts as DrillListFacts: return DrillText.lines(of: facts, on: canvas)
    case let facts as ForecastMoment: return ForecastText.lines(of: facts, on: canvas)
    case let facts as DueFacts: return QuizText.lines(of: facts).flatMap { $0.wrapped(to: canvas.width) }
    case let facts as ReviewExportFacts: return ReviewText.lines(of: facts, on: canvas)
    case let facts as ReviewImportFacts: return ReviewText.lines(of: facts).flatMap { $0.wrapped(to: canvas.width) }
    case let facts as OptimizationFacts: return ReviewText.lines(of: facts, on: canvas)
    case let facts as ExchangeFacts: return CardText.lines(of: facts, on: canvas)
    case let facts as StatsFacts: return StatsText.lines(of: facts, on: canvas)
    case let facts as ProseFacts: return LessonText.lines(of: facts, on: canvas)
    case let facts as LessonCommandFacts: return LessonText.lines(of: facts)
    case let facts as LessonListFacts: return CourseText.lines(of: facts, on: canvas)
    case let facts as LessonStepFacts: return CourseText.lines(of: facts, on: canvas)
    case let facts as LessonStatusFacts: return CourseText.lines(of: facts, on: canvas)
    case let facts as LessonEndFacts: return CourseText.lines(of: facts, on: canvas)
    case let facts as LessonMoment: return CourseText.lines(of: facts, on: canvas)
    case let facts as RecordFacts: return CourseText.lines(of: facts).flatMap { $0.wrapped(to: canvas.width) }
    case let facts as ReplayFacts: return LessonText.lines(of: facts).flatMap { $0.wrapped(to: canvas.width) }
    case let facts as TermFacts: return TermText.lines(of: facts, on: canvas)
    case let facts as RunListFacts: return RunText.lines(of: facts, on: canvas)
    case let facts as RunFacts: return RunText.lines(of: facts, on: canvas)
    case let facts as RerunFacts: return RunText.lines(of: facts, on: canvas)
    case let facts as SweepFacts: return SweepText.lines(of: facts, on: canvas)
    case let facts as SweepListFacts: return SweepText.lines(of: facts, on: canvas)
    case let facts as CompareFacts: return RunText.lines(of: facts, on: canvas)
    case let facts as StoreFacts: return StoreText.lines(of: facts, on: canvas)
    case let facts as TravelFacts: return ModelText.lines(of: facts, on: canvas)
    case let facts as DoctorFacts: return DoctorText.lines(of: facts, on: canvas)
    case let facts as WeightsFacts:
      let count = "\(facts.tensors.count) \(facts.tensors.count == 1 ? "tensor" : "tensors"), \(grouped(facts.parameters)) numbers"
      let words = facts.isLoaded ? "\(sanitized(facts.file)): \(count)" : "\(count) \(canvas.arrow) \(sanitized(facts.file))"
      let rest = facts.passedOver.isEmpty ? "" : "; passed over: " + facts.passedOver.map { sanitized($0) }.joined(separator: ", ")
      return StyledText(words + rest, .muted).wrapped(to: canvas.width)
    case let facts as KeyFacts: return HelpText.lines(of: facts, on: canvas)
    case let facts as TypedFacts: return HelpText.lines(of: facts, on: canvas)
    case is ExampleFacts: return []
    case let facts as TourFacts:
      let words = StyledText("`tour` begins again, `lesson start neuron` is the first lesson", .muted)
      return facts.isDone ? [] : words.wrapped(to: canvas.width)
    case let facts as FolderFacts: return FolderText.lines(of: facts, on: canvas)
    case let facts as ScriptFacts: return FolderText.lines(of: facts, on: canvas)
    case let facts as VariableFacts: return VariableText.lines(of: facts, on: canvas)
    case let facts as RepeatFacts:
      let words = facts.passes == facts.count ? "\(grouped(facts.passes)) passes" : "stopped after \(facts.passes) of \(facts.count) passes"
      return [StyledText(facts.count == 1 ? "1 pass" : words, .muted)]
    case let facts as KerasFacts: return KerasText.lines(of: facts, on: canvas)
    case let facts as SessionFacts: return SessionText.lines(of: facts, on: canvas)
    case let facts as TryFacts:
      let count = facts.commands == 1 ? "1 command" : "\(grouped(facts.commands)) commands"
      return StyledText("the experiment of \(sanitized(facts.id)): \(count); your session is as it was", .muted).wrapped(to: canvas.width)
    case let facts as WorstFacts: return WorstText.lines(of: facts, on: canvas)
    case let facts as PlotFacts:
      let remarks = facts.remarks.flatMap { StyledText(sanitized($0)).wrapped(to: canvas.width) }
      guard let file = facts.file else { return remarks }
      return remarks + [StyledText("plot \(canvas.arrow) \(sanitized(file))", .muted)]
    case let facts as DrawingFacts:
      guard let file = facts.file else { return CharacterDrawing.lines(of: facts, on: canvas) }
      return [StyledText("draw \(canvas.arrow) \(sanitized(file))", .muted)]
    default: return facts.json.map { StyledText("\($0.0): \($0.1.text)") }
    }
  }
}
