extension SummaryTable {
  /// The table of the Keras of TensorFlow 2: 65 cells wide (98 with connections), columns that are cut where they end and go on below.
  func classicLines() -> [StyledText] {
    let length = showsConnections ? 98 : 65
    let ends = (showsConnections ? [0.33, 0.55, 0.67, 1] : [0.45, 0.85, 1]).map { Int($0 * Double(length)) }
    let titles = Array(["Layer (type)", "Output Shape", "Param #", "Connected to"].prefix(ends.count))
    var lines = ["Model: \"\(sanitized(modelName))\"", String(repeating: "_", count: length)]
    lines += Self.classicRow(titles, ends)
    lines.append(String(repeating: "=", count: length))
    for row in rows {
      let cells = [
        "\(sanitized(row.name)) (\(sanitized(row.kind)))", row.shape, row.parameters.map(String.init) ?? "0 (unbuilt)",
        "[" + row.connectedTo.map { "'\(sanitized($0))'" }.joined(separator: ", ") + "]",
      ]
      lines += Self.classicRow(Array(cells.prefix(ends.count)), ends)
      lines.append(String(repeating: " ", count: length))
    }
    lines.append(String(repeating: "=", count: length))
    for (name, count) in [("Total", trainable + nonTrainable), ("Trainable", trainable), ("Non-trainable", nonTrainable)] {
      lines.append("\(name) params: \(count) (\(memorySize(count * bytesPerParameter, smallest: "Byte")))")
    }
    lines.append(String(repeating: "_", count: length))
    return lines.map { StyledText($0) }
  }

  /// One row: a blank before the first column, three cells between any two, text that does not fit goes on in the next line.
  private static func classicRow(_ cells: [String], _ ends: [Int]) -> [String] {
    var rest = cells.map { $0[...] }
    var lines: [String] = []
    repeat {
      var line = " "
      for (index, end) in ends.enumerated() {
        let start = index == 0 ? 0 : ends[index - 1]
        // The last column is cut nowhere: what is in it is short, and a remark after it may stand out.
        let room = index == ends.count - 1 ? rest[index].count : end - start - 3
        line += rest[index].prefix(room)
        rest[index] = rest[index].dropFirst(room)
        line = line.padded(to: end)
      }
      lines.append(line)
    } while rest.contains { !$0.isEmpty }
    return lines
  }
}
