import Datasets
import Engine
import Language

/// `worst 10`: the samples that the model gets most wrong.
enum WorstCommand {
  static let command = Command(
    .explain,
    Declaration<Action>(
      "worst", "Shows the samples with the greatest loss.",
      examples: ["data iris; layer dense 3 softmax; compile adam 0.05 cce accuracy; fit 5; worst 5"],
      notes: "Held-out data where there is any; it says which. Images are shown too.",
      .integer("count", "how many samples", in: 1...1000, default: 10)
    ) { count in
      Action { session, _ in
        let answers = try Answers(&session)
        guard let dataset = session.data?.dataset else { throw Complaint.noData() }
        let judged = try Judgement.all(of: answers.outputs, samples: answers.samples, loss: answers.loss)
        // A loss that is no number is the worst of all.
        let order = judged.sorted { left, right in
          let (a, b) = (left.loss.isFinite ? left.loss : .infinity, right.loss.isFinite ? right.loss : .infinity)
          return a == b ? left.place < right.place : a > b
        }
        func name(_ index: Int) -> String { index < answers.classNames.count ? answers.classNames[index] : "\(index)" }
        let samples = order.prefix(count).map { judgement in
          WorstFacts.Sample(
            row: answers.rows[judgement.place], truth: dataset.targetText(answers.rows[judgement.place]),
            predicted: judgement.classes.map { name($0.answer) }, isRight: judgement.classes.map { $0.truth == $0.answer },
            probability: judgement.probability, outputs: judgement.outputs, loss: judgement.loss)
        }
        let wrong = judged.reduce(0) { $0 + ($1.classes.map { $0.truth != $0.answer ? 1 : 0 } ?? 0) }
        return WorstFacts(
          samples: samples, on: answers.on, isWhole: answers.isWhole, judged: judged.count,
          wrong: judged.first?.classes == nil ? nil : wrong,
          plot: dataset.sampleShape.count == 3 ? pictures(samples, dataset, session) : nil)
      }
    })

  private static func pictures(_ samples: [WorstFacts.Sample], _ dataset: Dataset, _ session: Session) -> PlotFacts {
    let pictures = SamplePictures(dataset)
    var panel = Plot.Panel()
    panel.pictures = samples.prefix(WeightsPlot.mostPictures).map { sample in
      // What it is, and what it is taken for.
      pictures.picture(sample.row, caption: sample.predicted.map { "\(sample.truth) as \($0)" } ?? sample.truth)
    }
    return PlotFacts(
      kind: "worst", plot: Plot(title: "the greatest losses", panels: [panel]), file: nil, style: session.settings.plot)
  }
}

/// The samples with the greatest loss, the worst first.
public struct WorstFacts: Facts {
  /// One sample.
  public struct Sample: Sendable, Equatable {
    /// Its row in the data, from 0.
    public let row: Int
    /// Its class, or its number.
    public let truth: String
    /// The class that the model answers; nil where the loss knows none.
    public let predicted: String?
    /// Whether that is its class.
    public let isRight: Bool?
    /// The probability that the model gives to its answer.
    public let probability: Double?
    /// The outputs.
    public let outputs: [Float]
    /// The loss of this sample alone.
    public let loss: Double
  }

  /// The samples.
  public let samples: [Sample]
  /// `val` or `train`.
  public let on: String
  /// Whether they are out of all samples, because none are held out.
  public let isWhole: Bool
  /// How many samples were judged.
  public let judged: Int
  /// How many are taken for another class; nil where there are no classes.
  public let wrong: Int?
  /// The images; nil where the samples are none.
  public let plot: PlotFacts?

  /// The samples in rows, on which data, and how many are wrong.
  public var json: [(String, JSONValue)] {
    let rows = samples.map { sample in
      JSONValue.object([
        ("row", .integer(sample.row)), ("true", .string(sample.truth)), ("predicted", .optional(sample.predicted)),
        ("probability", sample.probability.map { .number($0) } ?? .null), ("outputs", .floats(sample.outputs)),
        ("loss", .number(sample.loss)),
      ])
    }
    return [
      ("rows", .array(rows)), ("on", .string(on)), ("samples", .integer(judged)), ("wrong", wrong.map { .integer($0) } ?? .null),
    ]
  }
}
