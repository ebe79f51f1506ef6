import Study

// What Screen needs to name of Study to draw a quiz: it sees these types in Shell's facts and imports Shell alone.

/// A grade from "again" to "easy".
public typealias QuizGrade = Grade
/// What a machine makes of a typed answer.
public typealias QuizMark = Mark
/// A hint at an answer.
public typealias QuizHint = AnswerHint
/// A question with options.
public typealias QuizChoice = ChoiceItem
/// A question of whatever kind.
public typealias QuizQuestion = any QuizItem
