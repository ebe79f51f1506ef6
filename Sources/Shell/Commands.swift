import Language

/// All commands, in the order of `help`; a test fails when a file of `Commands/` is not listed.
public enum Commands {
  /// The commands.
  public static let all: [Command] = [
    InputCommand.command, LayerCommand.command, PresetCommand.command, FreezeCommands.freeze, FreezeCommands.unfreeze, DataCommand.command,
    HistoryCommands.undo, HistoryCommands.redo, HistoryCommands.rewind,
    HistoryCommands.reset,
    CompileCommand.command, TrainingCommands.fit, TrainingCommands.epoch, TrainingCommands.step, EvaluateCommand.command,
    PredictCommand.command,
    CheckCommand.command,
    FindCommand.command,
    SummaryCommand.command, ShowCommand.command, PlotCommand.command, WorstCommand.command,
    SweepCommand.command,
    RunsCommand.command, RerunCommand.command, CompareCommand.command,
    DrawCommand.command, KerasCommand.command,
    ExplainCommand.command,
    DeckCommand.command, CardCommands.topics, CardCommands.cards, CardCommands.card, QuizCommand.command, DueCommand.command,
    DrillCommand.command, TryCommand.command, StatsCommand.command, ReviewsCommand.command,
    TourCommand.command, LessonCommand.command, LessonCommand.next, LessonCommand.back, LessonCommand.skip, LessonCommand.hint,
    ReplayCommand.command, RecordCommand.command, SessionCommands.save, SessionCommands.open, WeightsCommand.command, StoreCommand.command,
    HelpCommand.help, HelpCommand.apropos, TypingCommands.history, TypingCommands.edit, SetCommand.command, LetCommand.command,
    RepeatCommand.command, ScriptCommand.command,
    FolderCommands.cd, FolderCommands.ls, SettingsCommand.command, DoctorCommand.command, VersionCommand.command, QuitCommand.command,
  ]

  /// The commands by what is typed.
  public static let index = DeclarationIndex(all.map(\.declaration))

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.declaration.name, $0) })

  /// The outlines of all commands, for completion and help.
  public static let outlines = all.map(\.declaration.outline)
}
