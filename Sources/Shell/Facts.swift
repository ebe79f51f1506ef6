import Foundation

/// What a command found out or did, free of words: Screen turns it into tables, prose and pictures, and `json` into an object.
public protocol Facts: Sendable {
  /// The members of the command's JSON object, in order; names are stable.
  var json: [(String, JSONValue)] { get }
}

/// A command that has nothing to tell but that it is done, in one sentence.
public struct Notice: Facts {
  /// The sentence, without a full stop; empty when the command is silent.
  public var text: String
  /// A notice of the given sentence.
  public init(_ text: String = "") { self.text = text }
  /// The sentence as `message`, where there is one.
  public var json: [(String, JSONValue)] { text.isEmpty ? [] : [("message", .string(text))] }
}

/// A lesson's prose.
public struct ProseFacts: Facts {
  /// The text in Markdown.
  public let markdown: String
  /// The folder of the lesson, where its pictures are; nil when it came from no file.
  public let folder: URL?
  /// Prose of the given text.
  public init(markdown: String, folder: URL? = nil) {
    self.markdown = markdown
    self.folder = folder
  }
  /// The text.
  public var json: [(String, JSONValue)] { [("prose", .string(markdown))] }
}
