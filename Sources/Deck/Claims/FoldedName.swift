/// The words of prose that mean something in a formula, in English and in French, in lower case and without accents.
enum FoldedName {
  /// A word in lower case and without accents.
  static func of(_ text: String) -> String { CardLibrary.folded(text) }

  /// Words between two numbers that stand for a sign.
  static let signs: [String: Character] = ["times": "*", "fois": "*", "plus": "+", "minus": "-", "moins": "-", "over": "/"]

  /// Words between a computation and a number that say its result.
  static let sayings: Set<String> = [
    "is", "gives", "equals", "makes", "yields", "donne", "donnent", "font", "fait", "vaut", "valent", "egale", "egal", "soit", "est", "are",
    "make",
    "give",
  ]

  /// The same in more than one word: the first, what follows it, and what it stands for.
  static let phrases: [(first: String, rest: String, kind: MathToken.Kind)] = [
    ("multiplied", " by ", .sign("*")), ("multiplie", " par ", .sign("*")), ("multiplies", " par ", .sign("*")),
    ("multipliee", " par ", .sign("*")), ("multipliees", " par ", .sign("*")), ("divided", " by ", .sign("/")),
    ("divise", " par ", .sign("/")),
    ("divises", " par ", .sign("/")), ("divisee", " par ", .sign("/")), ("divisees", " par ", .sign("/")), ("is", " equal to ", .saying),
    ("est", " egal a ", .saying), ("est", " egale a ", .saying), ("egal", " a ", .saying), ("egale", " a ", .saying),
    ("adds", " up to ", .saying),
    ("which", " is ", .saying), ("c", "est ", .saying), ("which", " gives ", .saying), ("ce", " qui donne ", .saying),
    ("ce", " qui fait ", .saying),
  ]

  /// Greek letters by their names.
  static let greek: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ", "lambda": "λ",
    "mu": "μ",
    "nu": "ν", "rho": "ρ", "sigma": "σ", "sigma'": "σ'", "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω", "psi": "ψ", "xi": "ξ",
    "kappa": "κ",
    "pi": "π", "zeta": "ζ", "chi": "χ", "sigmoide": "sigmoid", "sigmoïde": "sigmoid",
  ]

  /// Words that follow a number and are not what it counts, so that a formula cannot go over them.
  static let stops: Set<String> = [
    "and", "et", "or", "ou", "with", "avec", "so", "donc", "then", "puis", "where", "the", "le", "la", "les", "for", "pour", "is", "est",
    "that", "which", "qui", "que", "if", "si", "when", "quand", "on", "in", "dans", "to", "a", "au", "aux", "by", "par", "from", "as", "at",
    "but",
    "mais", "because", "car", "sur", "sans", "without", "soit", "are", "sont", "has", "give", "gives", "donne", "donnent", "make", "makes",
    "an",
    "un", "une", "per", "each", "chaque", "un", "nous", "we", "you", "it", "times", "fois", "of", "de", "des", "du", "d", "l",
  ]

  /// Words that join the parts of what a number counts: "8 neurones de sortie".
  static let links: Set<String> = ["of", "de", "d", "du", "des", "par", "per", "a", "en"]

  /// Words before a computation that change what its result means.
  static let changing: Set<String> = [
    "times", "fois", "twice", "double", "triple", "half", "halves", "third", "quarter", "plus", "minus", "moins", "over", "sur", "by",
    "par", "moitie", "tiers",
    "quart", "squared", "carre", "than", "que", "not", "pas", "of", "except", "sauf",
  ]
}
