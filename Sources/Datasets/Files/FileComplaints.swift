import Language

/// The wording of complaints about files as a whole.
extension Complaint {
  static func noFile(_ path: String) -> Complaint {
    Complaint("there is no file `\(path)`", hint: "a relative path starts from the current folder")
  }

  static func isFolder(_ path: String) -> Complaint { Complaint("`\(path)` is a folder", hint: "name a file in it") }

  static func noFolder(_ path: String) -> Complaint {
    Complaint("there is no folder `\(path)`", hint: "a relative path starts from the current folder")
  }

  static func isFile(_ path: String) -> Complaint { Complaint("`\(path)` is a file", hint: "name a folder") }

  static func isDevice(_ path: String) -> Complaint { Complaint("`\(path)` is a device", hint: "name a file") }

  static func unreadableFile(_ path: String) -> Complaint {
    Complaint("`\(path)` cannot be read", hint: "look at its permissions")
  }

  static func emptyFile(_ file: String) -> Complaint { Complaint("\(file) is empty", hint: "a header and at least one row are needed") }

  static func fileTooLarge(_ file: String, bytes: Int, most: Int) -> Complaint {
    Complaint("\(file) has \(grouped(bytes)) bytes", hint: "at most \(grouped(most)) are read")
  }

  static func isUTF16(_ file: String) -> Complaint { Complaint("\(file) is UTF-16", hint: "save it as UTF-8") }

  static func isBinary(_ file: String) -> Complaint { Complaint("\(file) is not a text file", hint: "a CSV file is plain text in UTF-8") }

  static func notUTF8(_ file: String, line: Int) -> Complaint {
    Complaint("line \(line) of \(file) is not UTF-8", hint: "save the file as UTF-8")
  }

  static func noEmbeddedFolder(_ file: String) -> Complaint {
    Complaint("the folder with \(file) was not found", hint: "it is Lessons/data: name the lessons with --lessons or GRADUS_LESSONS")
  }

  static func embeddedUnreadable(_ path: String, because reason: String?) -> Complaint {
    Complaint(
      "the embedded data cannot be read: \(reason ?? path)", hint: "name the folder of the lessons with --lessons or GRADUS_LESSONS")
  }

  static func embeddedDamaged(_ file: String, because reason: String) -> Complaint {
    Complaint("the embedded file \(file) is damaged: \(reason)", hint: "put the shipped one back")
  }
}

/// The wording of complaints about the content of CSV files.
extension Complaint {
  static func oneColumn(_ file: String) -> Complaint {
    Complaint("\(file) has one column only", hint: "features and a target are needed, separated by commas, semicolons or tabs")
  }

  static func tooManyColumns(_ file: String, _ columns: Int) -> Complaint {
    Complaint("\(file) has \(grouped(columns)) columns", hint: "at most \(grouped(CSVTable.mostColumns)) are read")
  }

  static func onlyHeader(_ file: String) -> Complaint {
    Complaint("\(file) holds a header and no rows", hint: "if its only line is a row: header=no")
  }

  static func headerOfNumbers(_ file: String) -> Complaint {
    Complaint("the first line of \(file) holds numbers, not the names of columns", hint: "header=no reads it as a row, header=yes as names")
  }

  static func columnTwice(_ file: String, _ name: String) -> Complaint {
    Complaint("two columns of \(file) are named `\(name)`", hint: "rename one in the first line, or read with header=no")
  }

  static func raggedRow(_ file: String, line: Int, fields: Int, expected: Int) -> Complaint {
    Complaint(
      "line \(line) of \(file) has \(fields) \(fields == 1 ? "field" : "fields"), \(expected) expected",
      hint: "the first line decides; a field with a separator in it must be quoted")
  }

  static func csvFlaw(_ file: String, line: Int, _ kind: CSVScanner.Flaw.Kind) -> Complaint {
    switch kind {
    case .quoteNeverClosed: Complaint("nothing closes the quote that opens in line \(line) of \(file)", hint: "end the field with \"")
    case .textAfterQuote:
      Complaint("line \(line) of \(file) goes on after a closing quote", hint: "write a quote within a quoted field twice")
    }
  }

  static func noColumn(_ file: String, _ name: String, names: [String]) -> Complaint {
    let near = Int(name) == nil ? NearNames.hint(for: name, among: names) : nil
    return Complaint("\(file) has no column `\(name)`", hint: near ?? "there is \(listed(names)), or a number from 1 to \(names.count)")
  }

  static func targetDropped(_ name: String) -> Complaint {
    Complaint("`\(name)` is the target and cannot be dropped", hint: "name another target or leave it out of drop")
  }

  static func noFeatures(_ file: String) -> Complaint {
    Complaint("nothing but the target is left of \(file)", hint: "drop fewer columns")
  }

  static func emptyColumn(_ file: String, _ name: String) -> Complaint {
    Complaint("every cell of the column `\(name)` of \(file) is missing", hint: "leave it out: drop=\(commandWord(name))")
  }

  static func targetMissing(_ place: CSVPlace, count: Int) -> Complaint {
    let more = count > 1 ? " (and in \(grouped(count - 1)) more)" : ""
    return Complaint(
      "the target `\(place.column)` is missing in line \(place.line) of \(place.file)\(more)", hint: "fill it in or remove the row")
  }

  static func decimalComma(_ place: CSVPlace, _ text: String) -> Complaint {
    Complaint(
      "`\(text)` in line \(place.line) of \(place.file), column `\(place.column)`, has a comma in a number",
      hint: "the decimal sign is a point: \(text.replacing(",", with: "."))")
  }

  static func notANumber(_ place: CSVPlace, _ text: String, numbers: Int) -> Complaint {
    Complaint(
      "`\(text)` in line \(place.line) of \(place.file), column `\(place.column)`, is not a number as \(grouped(numbers)) others are",
      hint: "write a number, or nothing where it is missing; or drop=\(commandWord(place.column))")
  }

  static func numberTooLarge(_ place: CSVPlace, _ text: String) -> Complaint {
    Complaint(
      "`\(text)` in line \(place.line) of \(place.file), column `\(place.column)`, is too large for 32 bits",
      hint: "numbers up to 3.4e38 can be used")
  }

  static func tooManyTexts(_ place: CSVPlace, _ text: String, most: Int) -> Complaint {
    Complaint(
      "the column `\(place.column)` of \(place.file) holds over \(grouped(most)) different texts, such as `\(text)` in line \(place.line)",
      hint: "classes are expected; leave the column out: drop=\(commandWord(place.column))")
  }
}
