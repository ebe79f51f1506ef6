/// The commands of LaTeX that stand for one character or one name.
enum MathSymbols {
  /// Letters and signs that are read as letters.
  static let atoms: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "partial": "∂", "nabla": "∇", "infty": "∞", "ell": "ℓ", "hbar": "ℏ",
    "Re": "ℜ", "Im": "ℑ", "emptyset": "∅", "varnothing": "∅", "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "top": "⊤",
    "bot": "⊥", "angle": "∠", "degree": "°", "prime": "′", "dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱",
    "dotsc": "…", "dotsb": "⋯", "dotsi": "⋯", "dotsm": "⋯", "dag": "†", "dagger": "†", "aleph": "ℵ", "checkmark": "✓", "vert": "|",
    "Vert": "‖", "|": "‖", "lvert": "|", "rvert": "|",
    "lVert": "‖", "rVert": "‖", "{": "{", "}": "}", "%": "%", "$": "$", "_": "_", "&": "&", "#": "#", "backslash": "\\", "imath": "ı",
    "jmath": "ȷ", "square": "□", "blacksquare": "■", "star": "⋆",
  ]

  /// Signs between two things.
  static let infixes: [String: String] = [
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "*", "circ": "∘", "bullet": "•", "oplus": "⊕", "ominus": "⊖",
    "otimes": "⊗", "odot": "⊙", "cup": "∪", "cap": "∩", "setminus": "∖", "wedge": "∧", "vee": "∨", "land": "∧", "lor": "∨",
    "bmod": "mod", "cdotp": "·", "colon": ":",
  ]

  /// Signs that compare or point.
  static let relations: [String: String] = [
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃",
    "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
    "supset": "⊃", "supseteq": "⊇", "mid": "|", "parallel": "∥", "perp": "⊥", "leftarrow": "←", "gets": "←", "rightarrow": "→",
    "to": "→", "leftrightarrow": "↔", "Leftarrow": "⇐", "Rightarrow": "⇒", "implies": "⇒", "Leftrightarrow": "⇔", "iff": "⇔",
    "mapsto": "↦", "longrightarrow": "⟶", "longleftarrow": "⟵", "longmapsto": "⟼", "uparrow": "↑", "downarrow": "↓",
    "hookrightarrow": "↪", "leadsto": "⇝", "rightsquigarrow": "⇝", "triangleq": "≜", "doteq": "≐", "lt": "<", "gt": ">", "coloneqq": "≔",
    "vdash": "⊢", "models": "⊨",
    "leqslant": "≤", "geqslant": "≥", "lesssim": "≲", "gtrsim": "≳", "upharpoonright": "↾",
    "longleftrightarrow": "⟷", "Longrightarrow": "⟹", "impliedby": "⇐", "nearrow": "↗", "searrow": "↘",
  ]

  /// Names written upright.
  static let functions: Set<String> = [
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth",
    "det", "dim", "ker", "deg", "gcd", "hom", "arg", "Pr", "sgn", "sign", "softmax", "relu", "sigmoid", "tr", "rank", "var", "cov",
  ]

  /// Signs and names whose scripts stand below and above.
  static let large: [String: String] = [
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "lim": "lim",
    "max": "max", "min": "min", "sup": "sup", "inf": "inf", "argmax": "argmax", "argmin": "argmin", "limsup": "lim sup",
    "liminf": "lim inf",
  ]

  /// Signs as they are typed without a command, the longer ones first.
  static let typed: [(String, String)] = [("<->", "↔"), (":=", "≔"), ("<=", "≤"), (">=", "≥"), ("->", "→"), ("=>", "⇒"), ("<-", "←")]

  /// Signs whose scripts stand beside.
  static let integrals: [String: String] = ["int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮"]

  /// Marks over a letter, and what they are called.
  static let accents: [String: (Unicode.Scalar, String)] = [
    "hat": ("\u{302}", "hat"), "widehat": ("\u{302}", "hat"), "bar": ("\u{304}", "bar"), "overline": ("\u{305}", "bar"),
    "tilde": ("\u{303}", "tilde"), "widetilde": ("\u{303}", "tilde"), "vec": ("\u{20D7}", "vec"),
    "overrightarrow": ("\u{20D7}", "vec"), "dot": ("\u{307}", "dot"), "ddot": ("\u{308}", "ddot"), "check": ("\u{30C}", "check"),
    "breve": ("\u{306}", "breve"), "acute": ("\u{301}", "acute"), "grave": ("\u{300}", "grave"), "mathring": ("\u{30A}", "mathring"),
    "underline": ("\u{332}", "under"),
  ]

  /// Brackets after `\left`, `\right` and alone.
  static let brackets: [String: String] = [
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "{": "{", "}": "}", "|": "‖", "vert": "|", "Vert": "‖", "lvert": "|", "rvert": "|", "lVert": "‖",
    "rVert": "‖", ".": "",
  ]

  /// Room, in cells.
  static let spaces: [String: Int] = [
    ",": 1, ";": 1, ":": 1, ">": 1, "!": 0, " ": 1, "~": 1, "quad": 2, "qquad": 4, "enspace": 1, "thinspace": 1, "mspace": 1, "enskip": 1,
    "hspace": 1,
  ]

  /// What changes only the letters' size or place and is left off.
  static let ignored: Set<String> = [
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr",
    "biggl", "biggr", "Biggl", "Biggr", "middle", "nonumber", "notag", "allowbreak", "left", "right", "hline", "scriptscriptstyle",
    "bigm", "Bigm", "bf", "it", "rm", "mathstrut", "strut", "centering", "noindent", "newline", "relax", "protect",
  ]

  /// Commands with an argument whose letters are taken as they are.
  static let upright: Set<String> = [
    "text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "mbox", "operatorname", "mathrm", "mathop", "hbox",
  ]

  /// Commands with an argument that is shown as if they were not there.
  static let transparent: Set<String> = [
    "mathbf", "mathit", "mathsf", "mathtt", "mathnormal", "boldsymbol", "bm", "boxed", "pmb", "cancel", "bcancel", "mathclap", "mathrlap",
    "smash", "ensuremath", "emph",
  ]

  /// Letters of other alphabets, where the Basic Multilingual Plane has them and terminals' fonts therefore too.
  static let alphabets: [String: [String: String]] = [
    "mathbb": ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"],
    "mathcal": ["B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"],
    "mathscr": ["B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"],
    "mathfrak": [:],
  ]

  /// The characters that Unicode has as superscripts and as subscripts.
  static let superscripts = table(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ′*⊤∘†",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ′*ᵀ°†")
  static let subscripts = table("0123456789+-−=()aehijklmnoprstuvxβγρφχ,", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ,")

  private static func table(_ from: String, _ to: String) -> [Character: Character] { Dictionary(uniqueKeysWithValues: zip(from, to)) }
}
