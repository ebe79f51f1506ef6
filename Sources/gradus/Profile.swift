import Foundation

/// The name of a learner with settings, history, sessions and store of their own.
struct Profile: Equatable {
  let name: String

  /// A name that is one folder's: letters, digits, `-`, `_` and `.`, which it does not begin with; nil for any other text.
  init?(_ argument: String) {
    guard (1...64).contains(argument.count), argument.utf8.count <= 200, argument.first != ".", argument.first != "-" else { return nil }
    guard argument.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else { return nil }
    name = argument.precomposedStringWithCanonicalMapping
  }

  /// What a name is made of.
  static let rule = "a name of at most 64 letters, digits, `-`, `_` or `.`"

  static let variable = "GRADUS_PROFILE"

  /// What the environment names, whether or not it can be a profile's name.
  static var ofEnvironment: String? { ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 } }

  /// Lists the profiles that are there, for the completions of shells.
  static let listing = #"ls "${XDG_DATA_HOME:-$HOME/.local/share}/gradus/profiles" 2>/dev/null"#
}
