import Deck

/// Finds layers in a line of prose, of shorthand or of code, in English and in French.
enum LayerStatementReader {
  // The regular expressions are never changed.
  private nonisolated(unsafe) static let heads =
    /\b(?:(global)[ _]?(?:average|avg|max)[ _]?pool\w*|(max)[ _-]?pool\w*|(average|avg|mean)[ _-]?pool\w*|(pool)(?:ing)?\b|(?:separable|depthwise|transposed?)[ _]?conv\w*|(conv)(?:olution\w*)?[ _]?(?:2d)?\b|(dense|fully[ -]connected|linear|couche dense)\b|(flatten|aplati\w*))/
  /// What stands in every head.
  private static let stems = LetterSearch(["pool", "conv", "dense", "fully", "linear", "flatten", "aplati"])
  private nonisolated(unsafe) static let boundary =
    /(?:[.;:!?](?:\s|$)|,\s|→|⇒|->|=>|\bthen\b|\bpuis\b|\bensuite\b|\bfollowed by\b|\bsuivie? (?:de|d'|par)\b)/
  private static let unsupportedParts = LetterSearch(["separable", "depthwise", "transpos", "dilat", "1d", "3d", "deconv", "group"])
  private nonisolated(unsafe) static let unsupported = /\b(?:separable|depthwise|transpos|dilat|conv1d|conv3d|1d\b|3d\b|deconv|group)/

  private nonisolated(unsafe) static let filters = [
    /\b(?:f|filters?|filtres?|nb_filters|n_filters)\s*[=:]\s*(\d+)/, /\bconv\w*\s*\(\s*(\d+)\s*,/,
    /\b(\d+)\s+(?:\d+x\d+\s+)?(?:conv\w*\s+)?(?:filters?|filtres?|kernels\b|noyaux)/,
    /\b(\d+)\s*@/, /\bconv2d\s+(\d+)\s+\d+x\d+/, /\bfilters?\s+(?:of|is)\s+(\d+)\b/,
  ]
  private nonisolated(unsafe) static let windows: [Regex<(Substring, Substring, Substring?)>] = [
    /\b(?:k|kernel(?:_size|\s+size|s)?|pool_size|noyau|noyaux|taille du noyau|taille du filtre|filter size)\s*(?:=|:|of|de|is|size|taille|de taille)*\s*\(?\s*(\d+)(?:\s*[x,]\s*(\d+))?/,
    /\b(\d+)x(?:(\d+))?\s+(?:filters?|kernels?|conv\w*|filtres?|noyaux?|window|max|average|pool\w*)/,
    /\b(?:filters?|filtres?|kernels?|noyaux?|conv\w*|windows?|fenetres?|pool\w*|maxpool\w*)\s*(?:of|de|size|taille|with|avec|a|une|an|\(|layer|couche|:)*\s*(\d+)\s*x\s*(?:(\d+))?/,
    /\bconv\w*\s*\(\s*\d+\s*,\s*\(?\s*(\d+)(?:\s*,\s*(\d+)\s*\))?/, /\bpool\w*\s*\(\s*\(?\s*(\d+)(?:\s*,\s*(\d+)\s*\))?/,
    /\b(?:filters?|filtres?|kernels?|noyaux?|windows?|fenetres?)\s+(?:of size|de taille|size)\s+(\d+)(?:\s*x\s*(\d+))?/,
    /\bpool\w*\s+(?:of\s+|de\s+|by\s+|par\s+)?(\d+)(?:\s*x\s*(\d+))?/,
    /\bconv2d\s+\d+\s+(\d+)x(?:(\d+))?/, /@\s*(\d+)x(?:(\d+))?/,
  ]
  private nonisolated(unsafe) static let strides = [
    /\bs\s*=\s*(\d+)/, /\bstrides?\s*(?:of|de|=|:|is|a)?\s*\(?\s*(\d+)/, /\bpas\s+(?:de\s+|=\s*|egal a\s+)(\d+)/,
  ]
  private nonisolated(unsafe) static let paddings = [
    /\bp\s*=\s*["'`]?(same|valid|\d+)/, /\bpadding\s*(?:of|de|=|:|is|a)?\s*["'`]*(same|valid|\d+)/, /\b(same|valid)["'`]*\s+padding/,
    /\b(\d+)\s+(?:pixels?\s+)?(?:of|de)\s+padding/,
  ]
  private nonisolated(unsafe) static let noPadding = /\b(?:no|without|sans|zero|pas de|aucun)\s+(?:zero[ -]?)?(?:padding|remplissage)/
  private nonisolated(unsafe) static let units = [
    /\b(?:dense|linear)\s*\(\s*(\d+)/, /\bunits\s*=\s*(\d+)/, /\b(\d+)\s+(?:units?|neurons?|neurones?|unites?)\b/, /\bdense\s+(\d+)\b/,
    /\bdense (?:layer|couche)\s+(?:of|with|de|a|avec)\s+(\d+)/,
  ]
  private nonisolated(unsafe) static let inputs = [
    /\b(\d+)\s+(?:inputs?|entrees?|input features|features|input values|valeurs d'entree|input channels|canaux d'entree|channels in|valeurs en entree)\b/,
    /\b(?:input|entree)\s+(?:of|de)\s+(\d+)\s+(?:channels?|canaux|values|valeurs)/,
  ]
  private nonisolated(unsafe) static let counts = [
    /(\d[\d,_ ]*)\s+(?:trainable\s+|learnable\s+)?(?:param\w*|poids\b|weights\b)/,
    /\bparam\w*\s*(?:\(\w+\)\s*)?[=:](?:[^=]*=)*\s*(\d[\d,_ ]*)\s*$/,
  ]
  private nonisolated(unsafe) static let maps =
    /\b(\d+)\s+(?:matrices|matrix|feature maps?|maps?|cartes?|canaux|channels?|images)\s+(?:de caracteristiques\s+)?(?:of|de|of size|de taille)\s+(\d+)\s*x\s*(\d+)/
  private nonisolated(unsafe) static let size =
    /(?:\(\s*(?:none|-1)\s*,\s*(\d+)(?:\s*,\s*(\d+)\s*,\s*(\d+))?\s*\))|\b(\d+)\s*x\s*(\d+)(?:\s*x\s*(\d+))?\b|\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)/
  private nonisolated(unsafe) static let toOutput =
    /(?:→|⇒|->|=>|#|\b(?:gives?|outputs?|produces?|yields?|makes?|becomes|results?|donne|sort(?:ie|ies)?|produit|devient|resultat|obtient|leaves|laisse|remains|reste|keeps|garde|conserve|stays|is|est|of size|to|a|shape|taille))\s*(?:is|of|=|:|a|an|une?|shape|size|tensor|tenseur|de|la|the|still|bien|taille|en|in|with|avec|maps?|feature|\(|\s)*$/
  private nonisolated(unsafe) static let toInput =
    /\b(?:inputs?|images?|entrees?|on|sur|from|receives?|recoit|applied to|applique a|appliquee a|pour|for|takes?|prend)\s*(?:is|of|=|:|an?|une?|shape|size|the|la|l'|image|images|entree|input|de|taille|des|rgb|dimension|\(|\s)*$/
  private nonisolated(unsafe) static let isInput =
    /^\s*(?:rgb\s+|grayscale\s+|gr[ae]y\s+|colou?r\s+)?(?:images?|inputs?|entrees?|pictures?|rgb)\b/

  /// The text in the form that the expressions want: lower case, no accents, `x` between lengths, no thin blanks.
  static func plain(_ text: String) -> String {
    String(
      CardLibrary.folded(text).map { sign in
        switch sign {
        case "×", "*": "x"
        case "\u{A0}", "\u{202F}", "\u{2009}", "$", "`": " "
        default: sign
        }
      }
    ).replacing("\\times", with: "x").replacing(" x ", with: "x")
  }

  /// The layers of a line in their order.
  static func statements(in line: Passage.Line) -> [LayerStatement] {
    // Most lines tell no layer; they are not searched with expressions.
    guard stems.isMentioned(in: CardLibrary.folded(line.text)) else { return [] }
    let text = plain(line.text)
    if unsupportedParts.isMentioned(in: text), text.firstMatch(of: unsupported) != nil { return [] }
    let heads = text.matches(of: heads)
    var statements: [LayerStatement] = []
    var start = text.startIndex
    for (index, head) in heads.enumerated() {
      let end =
        index + 1 < heads.count ? beginning(of: heads[index + 1].range.lowerBound, after: head.range.upperBound, in: text) : text.endIndex
      let kind: LayerStatement.Kind =
        head.1 != nil
        ? .globalPooling
        : head.2 != nil
          ? .maxPooling
          : head.3 != nil || head.4 != nil
            ? .averagePooling
            : head.6 != nil
              ? .dense
              : head.7 != nil ? .flatten : .convolution
      if start < end { statements.append(statement(kind, String(text[start..<end]), line.number)) }
      start = end
    }
    return statements
  }

  /// Where the words begin that belong to the layer at a place: behind the last boundary before it.
  private static func beginning(of place: String.Index, after last: String.Index, in text: String) -> String.Index {
    guard last < place else { return place }
    return text[last..<place].matches(of: boundary).last?.range.upperBound ?? place
  }

  private static func statement(_ kind: LayerStatement.Kind, _ text: String, _ line: Int) -> LayerStatement {
    var statement = LayerStatement(kind: kind, line: line)
    statement.padding =
      text.firstMatch(of: noPadding) != nil ? "valid" : paddings.lazy.compactMap { text.firstMatch(of: $0) }.first.map { String($0.1) }
    if ["no bias", "without bias", "sans biais", "use_bias=false", "bias=false"].contains(where: text.contains) {
      statement.useBias = false
    }
    guard text.contains(where: \.isNumber) else { return statement }
    statement.filters = number(filters, text)
    for pattern in windows {
      if let match = text.firstMatch(of: pattern), let height = Int(match.1) {
        let width = match.2.flatMap { Int($0) } ?? height
        if (1...64).contains(height), (1...64).contains(width) {
          statement.window = [height, width]
          break
        }
      }
    }
    statement.stride = number(strides, text).flatMap { (1...100).contains($0) ? [$0, $0] : nil }
    if kind == .dense { statement.units = number(units, text) }
    statement.inputWidth = number(inputs, text)
    readSizes(text, &statement)
    statement.count = claimedCount(in: text)
    if kind == .convolution || kind == .maxPooling || kind == .averagePooling, let channels = text.firstMatch(of: maps),
      let first = Int(channels.1)
    {
      if statement.output?.count == 2 { statement.outputChannels = first }
    }
    return statement
  }

  /// The number of parameters that a text claims.
  static func claimedCount(in text: String) -> Int? {
    for pattern in counts {
      for match in text.matches(of: pattern).reversed() {
        // "8 x 4 weights" and "3 x 3 weights" are factors.
        let before = text[..<match.range.lowerBound].last { !$0.isWhitespace }
        if before.map({ "x*+-/(.,".contains($0) }) == true { continue }
        return Int(match.1.filter(\.isNumber).prefix(15))
      }
    }
    return nil
  }

  private static func number(_ patterns: [Regex<(Substring, Substring)>], _ text: String) -> Int? {
    for pattern in patterns {
      if let match = text.firstMatch(of: pattern) { return Int(match.1.prefix(9)) }
    }
    return nil
  }

  /// The sizes of a text, and whether they stand where an output or an input is told.
  static func sizes(in text: String) -> [(shape: [Int], isOutput: Bool, isInput: Bool)] {
    text.matches(of: size).compactMap { match in
      let parts = [match.1, match.2, match.3, match.4, match.5, match.6, match.7, match.8, match.9].compactMap { $0.flatMap { Int($0) } }
      guard parts.isPossible, !parts.isEmpty else { return nil }
      let before = String(text[..<match.range.lowerBound].suffix(40)), after = String(text[match.range.upperBound...].prefix(24))
      let isNoun = after.firstMatch(of: isInput) != nil && before.firstMatch(of: toArrow) == nil
      let isOutput = !isNoun && before.firstMatch(of: toOutput) != nil
      let isMaps = before.firstMatch(of: mapsBefore) != nil
      let isFirst = !isOutput && (before.firstMatch(of: toInput) != nil || after.firstMatch(of: becomes) != nil)
      return (parts, isOutput || isMaps, isNoun || isFirst && !isMaps)
    }
  }

  private nonisolated(unsafe) static let toArrow = /(?:→|⇒|->|=>)\s*$/
  private nonisolated(unsafe) static let mapsBefore =
    /\b(?:matrices|feature maps?|maps?|cartes?|canaux)\s+(?:de caracteristiques\s+)?(?:of|de|of size|de taille)\s*$/

  private nonisolated(unsafe) static let becomes = /^\s*(?:becomes|devient|deviennent|become|shrinks?|goes|passe)\b/

  private static func readSizes(_ text: String, _ statement: inout LayerStatement) {
    for (shape, isOutput, isInput) in sizes(in: text) {
      if isInput, statement.input == nil, shape != statement.window {
        statement.input = shape
      } else if isOutput, shape != statement.window || statement.kind == .convolution && text.contains("matri") {
        statement.output = shape
      }
    }
    if let input = statement.input, input.count == 2 {
      if let width = statement.inputWidth {
        statement.input = input + [width]
      } else if ["rgb", "colour", "color", "couleur"].contains(where: text.contains) {
        statement.input = input + [3]
      } else if ["gray", "grey", "gris", "noir et blanc"].contains(where: text.contains) {
        statement.input = input + [1]
      }
    }
  }
}
