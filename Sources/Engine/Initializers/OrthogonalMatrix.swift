import Kernels
import Language

/// Random matrices whose shorter side is a set of orthogonal vectors of length 1, each equally likely.
///
/// Normal draws made orthogonal one after the other (Gram and Schmidt's method, as it rounds least): the Q of a QR decomposition whose R has a
/// positive diagonal. All axes but the last are the rows. Source: Saxe, McClelland and Ganguli, 2013.
enum OrthogonalMatrix {
  static func tensor(shape: [Int], from source: inout RandomSource) throws -> Tensor {
    let columns = shape.last ?? 1, rows = Tensor.count(of: shape) / max(columns, 1)
    let count = min(rows, columns), length = max(rows, columns)
    var vectors = try (0..<count).map { _ in
      try Interruption.check()
      return (0..<length).map { _ in Double(source.normal()) }
    }
    for index in 0..<count {
      normalize(&vectors[index])
      let unit = vectors[index]
      for later in index + 1..<max(count, index + 1) {
        try Interruption.check(every: 64, at: later)
        subtract(unit, from: &vectors[later])
      }
    }
    var values = [Float](repeating: 0, count: rows * columns)
    for index in 0..<count {
      for place in 0..<length { values[rows >= columns ? place * columns + index : index * columns + place] = Float(vectors[index][place]) }
    }
    return Tensor(shape: shape, values: values)
  }

  private static func normalize(_ vector: inout [Double]) {
    var square = 0.0
    for value in vector { square += value * value }
    let length = square.squareRoot()
    for place in vector.indices { vector[place] /= length }
  }

  private static func subtract(_ unit: [Double], from vector: inout [Double]) {
    var share = 0.0
    for place in unit.indices { share += unit[place] * vector[place] }
    for place in unit.indices { vector[place] -= share * unit[place] }
  }
}
