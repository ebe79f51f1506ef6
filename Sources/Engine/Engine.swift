import Kernels
import Language
public protocol LayerDescription: Sendable {}
public struct NamedLayer: Sendable, Equatable { public let name: String; public let layer: any LayerDescription; public static func ==(a: Self, b: Self)->Bool {true} }
public enum LayerReference: Sendable, Equatable { case name(String), number(Int);  public init(_ word: String) { self = .name(word) } }
public struct Network: Sendable, Equatable {
  public private(set) var inputShape: [Int]?
  public private(set) var layers: [NamedLayer] = []
  public init(inputShape: [Int]? = nil) {}
  public mutating func setInput(_ shape: [Int]?) throws   {}
  @discardableResult public mutating func append(_ layer: any LayerDescription, name: String? = nil) throws -> NamedLayer {fatalError()}
  @discardableResult public mutating func insert(_ layer: any LayerDescription, at reference: LayerReference, name: String? = nil) throws -> NamedLayer  {fatalError()}
  @discardableResult public mutating func replace(_ reference: LayerReference, with layer: any LayerDescription, name: String? = nil) throws -> NamedLayer {fatalError()}
  @discardableResult public mutating func remove(_ reference: LayerReference) throws -> NamedLayer {fatalError()}
  public func layer(_ reference: LayerReference) throws -> NamedLayer  {fatalError()}
  public var summary: NetworkSummary { fatalError() }
}
public struct NetworkSummary: Sendable, Equatable {
  public struct Row: Sendable, Equatable { public let name, kind: String; public let outputShape: [Int?]?; public let parameters, trainable, nonTrainable: Int; public let inputs: [String] }
  public let inputShape: [Int]?; public let rows: [Row]; public let total, trainable, nonTrainable, bytes: Int
}
public protocol OptimizerDescription: Sendable { var name: String {get}; var rate: Float {get set} }
public enum TargetKind: Sendable { case numbers, zeroOne, oneHot, index }
public protocol LossDescription: Sendable { var name: String {get}; var targetKind: TargetKind {get}; var fromLogits: Bool {get} }
public protocol MetricDescription: Sendable { var name: String {get} }
public struct TrainingSettings: Sendable, Equatable { public var optimizer: any OptimizerDescription; public var loss: any LossDescription; public var metrics: [any MetricDescription]
  public init(optimizer: any OptimizerDescription, loss: any LossDescription, metrics: [any MetricDescription]) {fatalError()}
  public static func ==(a: Self, b: Self)->Bool {true}
  public func check(_ network: Network) throws {} }
public struct Parameters: Sendable, Equatable {
  public init(of network: Network, seed: UInt64) throws {}
  public var names: [String] { [] }
  public subscript(name: String) -> Tensor? { nil }
  public mutating func set(_ name: String, to tensor: Tensor) throws {}
}
public struct OptimizerState: Sendable, Equatable { public static let empty = OptimizerState() }
public struct TrainingState: Sendable, Equatable {
  public var parameters: Parameters
  public var optimizer: OptimizerState
  public var epoch: Int, position: Int
  public var updates: Int
  public let seed: UInt64
  public init(network: Network, seed: UInt64) throws {fatalError()}
  public func adapted(to network: Network) throws -> TrainingState {fatalError()}
}
public struct Samples: Sendable { public let inputs: Tensor; public let targets: Tensor; public init(inputs: Tensor, targets: Tensor) throws {fatalError()} }
public final class Trainer {
  public init(network: Network, settings: TrainingSettings, batch: Int = 32) throws {}
  public func step(_ state: inout TrainingState, on samples: Samples, count: Int = 1, shuffle: Bool = true,
                   interrupted: () -> Bool = { false }) throws -> StepReport {fatalError()}
  public func fit(_ state: inout TrainingState, on samples: Samples, validation: Samples? = nil, epochs: Int, shuffle: Bool = true,
                  interrupted: () -> Bool = { false }, eachBatch: ((BatchReport) -> Void)? = nil,
                  eachEpoch: (EpochReport) -> Bool ) throws -> FitReport {fatalError()}
  public func evaluate(_ parameters: Parameters, on samples: Samples, interrupted: () -> Bool) throws -> [NamedValue]      {fatalError()}
}
public final class Predictor { public init(network: Network, batch: Int = 256) throws {}; public func predict(_ parameters: Parameters, _ inputs: Tensor) throws -> Tensor {fatalError()} }
public struct NamedValue: Sendable, Equatable { public let name: String; public let value: Double; public init(name: String, value: Double) {fatalError()} }
public struct EpochReport { public var epoch: Int, epochs: Int, values: [NamedValue], rate: Float, updates: Int }
public struct BatchReport { public var epoch: Int, batch: Int, batches: Int, loss: Double }
public struct StepReport { public var updates: [Update] ; public struct Update { public var lossBefore, lossAfter: Double; public var epoch: Int; public var samples: [Int] }; public var ending: TrainingEnding }
public struct FitReport { public var history: TrainingHistory; public var epochs, updates: Int; public var ending: TrainingEnding }
public enum TrainingEnding: Sendable, Equatable { case completed, stopped, interrupted, notFinite(epoch: Int, update: Int) }
public struct TrainingHistory: Sendable, Equatable { public var names: [String] = []; public init() {}; public subscript(name: String) -> [Double] {[]}; public mutating func append(_ v: [NamedValue]) {}; public mutating func append(_ v: TrainingHistory) {} }
public struct Inspection { public static func nextUpdate(network: Network, settings: TrainingSettings, state: TrainingState, samples: Samples, batch: Int, shuffle: Bool = true) throws -> Inspection {fatalError()}
  public var names: [String] {[]}; public subscript(name: String) -> Tensor? {nil} }
public struct GradientDifference: Sendable { public let name: String; public let greatest, relative: Double }
public struct GradientCheck { public static func run(network: Network, settings: TrainingSettings, parameters: Parameters, samples: Samples) throws -> [GradientDifference] {[]} }
public enum Layers { public static let all: [Declaration<any LayerDescription>] = [] }
public enum Losses { public static let all: [Declaration<any LossDescription>] = [] }
public enum Optimizers { public static let all: [Declaration<any OptimizerDescription>] = [] }
public enum Metrics { public static let all: [Declaration<any MetricDescription>] = [] }
