import ArgumentParser

/// What the program writes about itself for others to install: `gradus --generate man`.
///
/// All of it comes from the declared flags (`Options.swift`) and commands (`Commands`), so that nothing is described twice.
enum Generated: String, CaseIterable, ExpressibleByArgument {
  case man, bash, zsh, fish

  @MainActor var text: String {
    switch self {
    case .man: ManPage.text(of: .whole)
    case .bash: BashCompletion.text(of: .whole)
    case .zsh: ZshCompletion.text(of: .whole)
    case .fish: FishCompletion.text(of: .whole)
    }
  }
}
