/// The guided walk of `tour`: prose and commands that are run in a session of their own.
public enum Tour {
  /// A text in both languages.
  struct Words: Sendable {
    let en, fr: String
    init(_ en: String, _ fr: String) { (self.en, self.fr) = (en, fr) }
    func text(in lang: String) -> String { lang == "fr" ? fr : en }
  }

  /// One place where the walk stops: what there is to know, then commands that show it.
  struct Stop: Sendable {
    /// A word or two, and one or two sentences in Markdown.
    let title, prose: Words
    /// A command line for each language, mostly the same.
    let commands: [Words]

    init(_ title: Words, _ prose: Words, _ commands: [Words]) { (self.title, self.prose, self.commands) = (title, prose, commands) }
    init(_ title: Words, _ prose: Words, _ commands: String...) { self.init(title, prose, commands.map { Words($0, $0) }) }
  }

  /// The stops in their order; the last one says what to try next.
  static let stops = [
    Stop(
      Words("Data", "Les données"),
      Words(
        """
        A network learns from samples. These are points on two crescent moons; the network will learn to tell the moons apart. The \
        commands run in a session of their own: yours stays as it is. Enter goes on, `q` leaves.
        """,
        """
        Un réseau apprend à partir d’exemples. Voici des points sur deux croissants de lune ; le réseau apprendra à distinguer les \
        croissants. Les commandes s’exécutent dans une session à part : la vôtre reste telle quelle. Entrée : la suite ; `q` : sortir.
        """), "data moons 1000"),
    Stop(
      Words("Layers", "Les couches"),
      Words(
        "Eight units look at the two coordinates of a point; one unit weighs their answers and says how likely the second moon is.",
        "Huit neurones regardent les deux coordonnées d’un point ; un dernier pèse leurs réponses et donne la probabilité du second croissant."
      ),
      "layer dense 8 tanh", "layer dense 1 sigmoid"),
    Stop(
      Words("Summary", "Le résumé"),
      Words(
        "This is the table that Keras prints. The parameters are the numbers that training will change: 2·8+8 in the first layer, 8+1 in the second.",
        "C’est le tableau qu’affiche Keras. Les paramètres sont les nombres que l’entraînement changera : 2·8+8 dans la première couche, 8+1 dans la seconde."
      ), "summary"),
    Stop(
      Words("Compile", "Compiler"),
      Words(
        "Three choices remain: who changes the weights (gradient descent, at the rate 0.5), what is to become small (the loss), and what to measure.",
        "Restent trois choix : qui change les poids (la descente de gradient, au taux 0.5), ce qui doit devenir petit (la perte) et ce que l’on mesure."
      ),
      "compile sgd 0.5 bce accuracy"),
    Stop(
      Words("Explain a weight", "Expliquer un poids"),
      Words(
        "Before it learns: how would the loss change with one single weight? Every number of the shell can be asked where it comes from.",
        "Avant d’apprendre : comment la perte changerait-elle avec un seul poids ? On peut demander à chaque nombre d’où il vient."),
      "explain dense.kernel[0, 1]"),
    Stop(
      Words("Fit", "Entraîner"),
      Words(
        "Now it learns: three hundred times through all the samples, 32 at a time. The loss falls as you watch.",
        "Maintenant il apprend : trois cents fois tous les exemples, 32 à la fois. La perte baisse sous vos yeux."), "fit 300"),
    Stop(
      Words("Look", "Regarder"),
      Words(
        "What has it learned? The plane is marked by its answer, the points are the samples.",
        "Qu’a-t-il appris ? Le plan est marqué selon sa réponse, les points sont les exemples."), "plot boundary"),
    Stop(
      Words("Measure", "Mesurer"),
      Words(
        "The accuracy is the share of samples that it gets right. `undo` and `redo` go back and forth between such states.",
        "L’exactitude (accuracy) est la part d’exemples bien classés. `undo` et `redo` vont et viennent entre de tels états."), "evaluate"),
    Stop(
      Words("Remember", "Retenir"),
      Words(
        "What you understand today you forget by next week, unless somebody asks. `quiz` asks cards such as this one just when you are about to forget them.",
        "Ce que l’on comprend aujourd’hui s’oublie en une semaine, à moins qu’on ne vous interroge. `quiz` pose des cartes comme celle-ci juste avant l’oubli."
      ), [Words("card 7f79b405e22b", "card 4b77c2b30a3e")]),
    Stop(
      Words("Your turn", "À vous"),
      Words(
        """
        That was all of it; your own session is as it was. Try one of these:

        - `lesson start neuron` begins the course with a single neuron
        - `quiz` asks the first cards
        - `help` lists the commands, and `help fit` explains one
        """,
        """
        C’est tout ; votre session est telle qu’avant. Essayez par exemple :

        - `lesson start neuron` commence le cours par un seul neurone
        - `quiz` pose les premières cartes
        - `help` donne la liste des commandes, et `help fit` en explique une
        """)),
  ]

  /// Walks from stop to stop. Where somebody sits it waits for Enter between them; elsewhere it plays through.
  ///
  /// - Throws: A `Complaint` when a command of the tour fails, or no scratch folder can be made.
  @MainActor static func walk(beside session: Session, _ surroundings: any Surroundings) throws -> TourFacts {
    var apart = Session()
    apart.settings = session.emptied().settings
    apart.settings.predict = false
    apart.isApart = true
    return try surroundings.inScratch { try walk(on: &apart, in: session.settings.lang, surroundings) }
  }

  @MainActor private static func walk(on apart: inout Session, in lang: String, _ surroundings: any Surroundings) throws -> TourFacts {
    var facts = TourFacts()
    for (place, stop) in stops.enumerated() {
      let title = stop.title.text(in: lang)
      surroundings.show(ProseFacts(markdown: "**\(place + 1)/\(stops.count) \(title).** \(stop.prose.text(in: lang))"))
      for (number, command) in stop.commands.enumerated() {
        surroundings.show(LessonCommandFacts(text: command.text(in: lang), isFirst: number == 0))
        let refusal = Interpreter.refusal(of: command.text(in: lang), on: &apart, surroundings)
        if surroundings.isInterrupted { return facts }
        if let refusal { throw refusal }
        facts.commands += 1
      }
      facts.stops = place + 1
      if surroundings.isAttended, place + 1 < stops.count, surroundings.ask(.pause) != .line("") { return facts }
    }
    return facts
  }
}

/// How far a tour went.
public struct TourFacts: Facts {
  /// Stops that were seen, and commands that ran.
  public internal(set) var stops = 0, commands = 0
  /// Whether its end was reached.
  public var isDone: Bool { stops == Tour.stops.count }
  /// The counts and the end.
  public var json: [(String, JSONValue)] {
    [("stops", .integer(stops)), ("commands", .integer(commands)), ("done", .bool(isDone))]
  }
}
