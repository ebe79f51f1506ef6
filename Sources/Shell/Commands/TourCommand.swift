import Language

/// `tour`: a guided walk of two minutes.
enum TourCommand {
  static let command = Command(
    .learn, .runs,
    Declaration<Action>(
      "tour", "Shows the shell in two minutes: data, a network, its training, its pictures, a card.", examples: [],
      notes: """
        Its commands run in a session of their own, and yours stays as it is. Enter goes on, `q` leaves, and so do Ctrl-C and Ctrl-D. In a pipe it \
        plays through. The prose is in English or French, as `set lang` says.
        """
    ) {
      Action { session, surroundings in try Tour.walk(beside: session, surroundings) }
    })
}
