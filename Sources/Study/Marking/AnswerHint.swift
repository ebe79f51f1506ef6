import Deck

/// Hints at an answer, each telling more than the one before.
public enum AnswerHint: Sendable, Hashable {
  /// The topic of the card.
  case topic(String)
  /// The first words, or letters of a single word.
  case beginning(String)
  /// The first half.
  case half(String)
  /// Two options that are wrong, by their places from 0.
  case wrongOptions([Int])
  /// How the answer is found, in Markdown.
  case method(String)
  /// The answer among others.
  case oneOf([String])

  /// The hints at the answer of an item, in their order.
  public static func hints(for item: any QuizItem) -> [AnswerHint] {
    let topic: [AnswerHint] = item.card.topic.isEmpty ? [] : [.topic(item.card.topic)]
    if let right = item.rightOption {
      return topic + [.wrongOptions(twoWrong(of: item.options.count, right: right))]
    }
    let text = PlainAnswer.plain(item.card.answer.replacing(/```[\s\S]*?```|(?m:^\s*(?:[-*+]|#+|\d+[.)])\s+)/, with: " "))
    let words = text.split(separator: " ")
    switch words.count {
    case 0: return topic
    case 1:
      let word = String(words[0])
      guard word.count > 1 else { return topic }
      let half = String(word.prefix((word.count + 1) / 2))
      return topic + [.beginning(String(word.prefix(1)))] + (half.count > 1 && half.count < word.count ? [.half(half)] : [])
    case 2: return topic + [.beginning(String(words[0].prefix(1))), .half(String(words[0]))]
    default:
      let first = max(1, min(3, words.count / 4))
      return topic + [
        .beginning(words.prefix(first).joined(separator: " ")), .half(words.prefix((words.count + 1) / 2).joined(separator: " ")),
      ]
    }
  }

  /// The places of two options that are wrong. The seeded order of the options decides which two.
  public static func twoWrong(of count: Int, right: Int) -> [Int] {
    let wrong = (0..<count).filter { $0 != right }
    return Array((wrong + wrong).dropFirst(right % max(1, wrong.count)).prefix(2)).sorted()
  }
}
