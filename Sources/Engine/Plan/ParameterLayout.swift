import Kernels
import Language

/// Where each parameter lies in the plan's one buffer: trainable ones first, each beginning at a cache line.
struct ParameterLayout {
  private(set) var entries: [(parameter: NamedParameter, range: Range<Int>)] = []
  private var ranges: [String: Range<Int>] = [:]
  /// How many floats the buffer has.
  let count: Int
  /// How many of them, from the start, the optimizer changes.
  let trainableCount: Int

  init(_ parameters: [NamedParameter]) {
    var end = 0
    var trainable = 0
    for wantsTrainable in [true, false] {
      for parameter in parameters where parameter.spec.isTrainable == wantsTrainable {
        let range = end..<end + parameter.spec.count
        entries.append((parameter, range))
        ranges[parameter.name] = range
        end = (range.upperBound + 15) / 16 * 16
      }
      if wantsTrainable { trainable = end }
    }
    count = end
    trainableCount = trainable
  }

  /// A parameter's part of a buffer of this layout.
  func slice(_ name: String, of buffer: FloatBuffer) -> FloatBuffer { FloatBuffer(ranges[name] ?? 0..<0, of: buffer) }
}

extension Plan {
  /// Takes in a network's parameters.
  ///
  /// - Throws: A `Complaint` when they are another network's.
  public func load(_ values: Parameters) throws {
    if lent.holds(values, at: version.number) { return }
    parametersChange()
    for (parameter, range) in layout.entries {
      try Interruption.check()
      guard let tensor = values[parameter.name], tensor.shape == parameter.spec.shape else {
        throw Complaint.foreignParameters(parameter.name)
      }
      FloatBuffer(range, of: parameters).load(tensor.values)
    }
  }

  /// The parameters as they are now, in the network's order. They are copied when somebody looks at them, or before they change.
  public func currentParameters() throws -> Parameters {
    if let loan = lent.parameters.present(at: version.number) { return Parameters(loan) }
    let loan = ParameterLoan(
      try network.parameterSpecs().map {
        ParameterLoan.Entry(name: $0.name, shape: $0.spec.shape, buffer: layout.slice($0.name, of: parameters))
      }, owed: owed)
    lent.parameters.append(loan, at: version.number)
    return Parameters(loan)
  }

  /// Takes in what the optimizer remembers; what is missing is 0.
  func load(_ state: OptimizerState, of optimizer: any OptimizerDescription) throws {
    if lent.holds(state, at: version.number) { return }
    // What was handed out is no longer what is here, also where the work ends on the way.
    lent.slots.settle()
    for (name, slot) in zip(optimizer.slotNames, slots) {
      try Interruption.check()
      slot.fill(optimizer.slotStart)
      for (parameter, range) in layout.entries where parameter.spec.isTrainable {
        guard let tensor = state.slots["\(parameter.name)/\(name)"], tensor.count == range.count else { continue }
        try Interruption.check()
        FloatBuffer(range, of: slot).load(tensor.values)
      }
    }
  }

  /// What the optimizer remembers now; copied as the parameters are.
  func currentState(of optimizer: any OptimizerDescription, updates: Int) -> OptimizerState {
    if let loan = lent.slots.present(at: version.number) { return OptimizerState(slots: Parameters(loan), updates: updates) }
    let trainable = layout.entries.filter(\.parameter.spec.isTrainable)
    let loan = ParameterLoan(
      trainable.flatMap { parameter, range in
        zip(optimizer.slotNames, slots).map { name, slot in
          ParameterLoan.Entry(
            name: "\(parameter.name)/\(name)", shape: parameter.spec.shape, buffer: FloatBuffer(range, of: slot))
        }
      }, owed: owed)
    lent.slots.append(loan, at: version.number)
    return OptimizerState(slots: Parameters(loan), updates: updates)
  }

  /// To be called before parameters or slots change: who still has what was lent gets it to keep.
  func parametersChange() {
    settleUpdate()
    lent.parameters.settle()
    lent.slots.settle()
    version.change()
  }
}

/// What a plan has lent out of its memory, by which it also knows its own values when they come back: taking them in again would cost as much
/// as a few updates.
struct LentValues {
  /// Loans of one kind.
  struct Loans {
    private struct Loan {
      weak var loan: ParameterLoan?
      let version: Int
    }

    private var loans: [Loan] = []

    /// The loan of that version that somebody still has.
    func present(at version: Int) -> ParameterLoan? { loans.last { $0.version == version && $0.loan != nil }?.loan }

    mutating func append(_ loan: ParameterLoan, at version: Int) {
      loans.removeAll { $0.loan == nil }
      loans.append(Loan(loan: loan, version: version))
    }

    /// Lets those keep their values who still have them.
    mutating func settle() {
      if loans.isEmpty { return }
      for loan in loans { loan.loan?.settled() }
      loans.removeAll(keepingCapacity: true)
    }

    /// Whether values are one of the loans of that version.
    func hold(_ values: Parameters, at version: Int) -> Bool {
      loans.contains { $0.version == version && $0.loan.map(values.isLent) ?? false }
    }
  }

  /// The parameters.
  var parameters = Loans()
  /// What the optimizer remembers.
  var slots = Loans()

  /// Whether these are the plan's parameters as they still are.
  func holds(_ values: Parameters, at version: Int) -> Bool { parameters.hold(values, at: version) }

  /// Whether this is what the plan's slots still hold.
  func holds(_ state: OptimizerState, at version: Int) -> Bool { slots.hold(state.slots, at: version) }
}
