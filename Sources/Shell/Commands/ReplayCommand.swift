import Language

/// `replay FILE`: plays a script or a lesson.
enum ReplayCommand {
  static let command = Command(
    .recall, [.reads, .runs],
    Declaration<Action>(
      "replay", "Plays a script (.gradus) or a lesson (.md) in this session.", examples: ["replay Lessons/en/neuron.md"],
      notes: "It stops at a command that fails. The commands of a lesson may read its folder and write a scratch folder, nothing else.",
      .word("file", "the script or lesson", from: .files), .boolean("pause", "wait for Enter after every command", default: false)
    ) { file, pause in
      Action { session, surroundings in
        let url = try surroundings.files.readable(file)
        return try surroundings.replayer.replay(url, pausing: pause, on: &session, surroundings)
      }
    })
}
