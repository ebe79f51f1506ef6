import Language

/// Where the value of a setting comes from; a later one wins over an earlier.
public enum SettingOrigin: String, Sendable, CaseIterable {
  /// What holds when nobody says anything.
  case standard = "default"
  /// The config file, which a person writes.
  case config
  /// What `set` kept.
  case kept
  /// A flag of the program.
  case flag
  /// This session alone.
  case session
}

/// A line of a file of settings.
public struct SettingLine: Sendable, Equatable {
  /// The number of the line, from 1.
  public let number: Int
  /// The setting's name and value, as written.
  public let name, value: String

  /// A line of the given parts.
  public init(number: Int, name: String, value: String) { (self.number, self.name, self.value) = (number, name, value) }
}

extension Settings {
  /// A value that was given before the session began.
  struct Given: Sendable, Equatable {
    var value: String
    var origin: SettingOrigin
  }

  /// Takes the lines of a file of settings; those that are wrong change nothing.
  ///
  /// - Returns: What is wrong, with the numbers of the lines.
  @discardableResult
  public mutating func take(_ lines: [SettingLine], from origin: SettingOrigin) -> [(line: Int, complaint: Complaint)] {
    lines.compactMap { line in
      do {
        let change = try SetCommand.change(line.name, line.value)
        change.apply(to: &self)
        note(change.name, origin)
        return nil
      } catch {
        let complaint = (error as? Complaint) ?? Complaint("\(error)")
        return (line.number, complaint.withoutPlace.about(line.name))
      }
    }
  }

  /// Notes where the value that a setting has now comes from.
  public mutating func note(_ name: String, _ origin: SettingOrigin) {
    guard let value = SettingsFacts.value(of: name, in: self) else { return }
    given[name, default: []].removeAll { $0.origin == origin }
    given[name, default: []].append(Given(value: value, origin: origin))
  }

  /// Where a value comes from.
  func origin(of name: String) -> SettingOrigin {
    let value = SettingsFacts.value(of: name, in: self)
    if let last = given[name]?.last { return last.value == value ? last.origin : .session }
    return value == SettingsFacts.value(of: name, in: Settings()) ? .standard : .session
  }

  /// Goes back to what the config file says, or to the usual value.
  mutating func goBack(_ name: String) throws {
    given[name]?.removeAll { $0.origin != .config }
    if given[name]?.isEmpty == true { given[name] = nil }
    let value = given[name]?.last?.value ?? SettingsFacts.value(of: name, in: Settings())
    if let value { try SetCommand.change(name, value).apply(to: &self) }
  }
}

extension Complaint {
  /// The same complaint with the name of the setting that it is about, where it does not quote it.
  fileprivate func about(_ setting: String) -> Complaint {
    guard !what.contains("`\(setting)`") else { return self }
    return Complaint("`\(setting)`: \(what)", hint: hint)
  }
}
