/// The two-minute tour: a few stops, each a word of prose and commands that run before the newcomer's eyes.
enum Tour {
  /// A stop: what is said, in both languages, and what then runs.
  struct Stop: Sendable {
    /// Markdown.
    let english, french: String
    /// The commands that run after it.
    let commands: [String]
  }

  /// The stops in order; each goes on with the session that the one before left.
  static let stops: [Stop] = [
    Stop(
      english: """
        # Two minutes of Gradus

        You type a line, the shell answers. What follows runs in a session of its own: whatever you have in hand stays as it is.

        First, something to learn from: 300 points in two half-moons.
        """,
      french: """
        # Gradus en deux minutes

        Vous tapez une ligne, le shell répond. La suite se déroule dans une session à part : ce que vous avez en cours ne bouge pas.

        D’abord, de quoi apprendre : 300 points en deux demi-lunes.
        """,
      commands: ["data moons 300 noise=0.15"]),
    Stop(
      english: "A network in two lines: eight hidden neurons and one that answers. The summary counts its parameters, as Keras does.",
      french: "Un réseau en deux lignes : huit neurones cachés et un qui répond. Le résumé compte ses paramètres, comme Keras.",
      commands: ["layer dense 8 relu", "layer dense 1 sigmoid", "summary style=short"]),
    Stop(
      english:
        "Choose how it learns, then let it learn. In a terminal the curve is drawn while it runs, and Ctrl-C stops it without losing anything.",
      french:
        "Choisissez comment il apprend, puis laissez-le apprendre. Dans un terminal, la courbe se dessine pendant l’entraînement, et Ctrl-C l’arrête sans rien perdre.",
      commands: ["compile adam 0.05 bce accuracy", "fit 40"]),
    Stop(
      english: "What does it answer, and where? The picture shows every point of the plane as the network sees it.",
      french: "Que répond-il, et où ? L’image montre chaque point du plan tel que le réseau le voit.",
      commands: ["plot boundary"]),
    Stop(
      english:
        "Ask *why* of any number. Here: how should one single weight change, by the chain rule, and what does a finite difference say?",
      french:
        "Demandez *pourquoi* à n’importe quel nombre. Ici : comment un seul poids doit-il changer, d’après la règle de la chaîne, et que dit une différence finie ?",
      commands: ["explain dense_1.kernel[0,0]"]),
    Stop(
      english:
        "Nothing is lost by trying: `undo` takes back whatever changed the session, a training too. And a word you do not know is one question away.",
      french:
        "Essayer ne coûte rien : `undo` reprend tout ce qui a changé la session, un entraînement aussi. Et un mot inconnu n’est qu’à une question.",
      commands: ["undo", "explain term overfitting"]),
    Stop(
      english: """
        That was the tour. Where to go from here:

        - `lesson start neuron` begins the course: sixteen lessons with experiments and tasks.
        - `quiz` asks their cards, and those of a deck of your own (`deck load FILE`), when they are due.
        - `help` lists the commands, `help fit run 1` runs an example, and Tab completes everything.
        """,
      french: """
        C’était la visite. Et maintenant ?

        - `lesson start neuron` commence le cours : seize leçons avec des expériences et des exercices.
        - `quiz` en demande les cartes, et celles de votre propre paquet (`deck load FICHIER`), quand elles sont dues.
        - `help` liste les commandes, `help fit run 1` lance un exemple, et Tab complète tout.
        """,
      commands: []),
  ]
}
