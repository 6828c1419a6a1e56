/// Small dense linear algebra for thin matrices, row-major.
enum DenseMatrix {
    /// Makes the columns orthonormal, by the eigenvectors of the columns' products.
    /// - Returns: width × width: the directions of the columns' products, largest first. Directions that the columns do
    ///   not span become zero.
    static func orthonormalise(_ matrix: inout ContiguousArray<Float>, width: Int) -> ContiguousArray<Double> {
        let rows = matrix.count / width
        var products = ContiguousArray<Double>(repeating: 0, count: width * width)
        matrix.withUnsafeBufferPointer { matrix in
            products.withUnsafeMutableBufferPointer { products in
                for row in 0..<rows {
                    for first in 0..<width {
                        let value = Double(matrix[row * width + first])
                        guard value != 0 else { continue }
                        for second in first..<width {
                            products[first * width + second] += value * Double(matrix[row * width + second])
                        }
                    }
                }
            }
        }
        for first in 0..<width {
            for second in 0..<first { products[first * width + second] = products[second * width + first] }
        }
        let (values, vectors) = eigenvectors(products, width: width)
        let least = max(values[0], 0) * 1e-10
        let scales = values.map { $0 > least ? 1 / $0.squareRoot() : 0 }
        let turn = ContiguousArray((0..<width * width).map { Float(vectors[$0] * scales[$0 % width]) })
        var line = ContiguousArray<Float>(repeating: 0, count: width)
        matrix.withUnsafeMutableBufferPointer { matrix in
            for row in 0..<rows {
                for column in 0..<width { line[column] = 0 }
                for inner in 0..<width {
                    let value = matrix[row * width + inner]
                    guard value != 0 else { continue }
                    for column in 0..<width { line[column] += value * turn[inner * width + column] }
                }
                for column in 0..<width { matrix[row * width + column] = line[column] }
            }
        }
        return vectors
    }

    /// Eigenvalues, largest first, and eigenvectors as columns, of a symmetric matrix: cyclic Jacobi rotations.
    static func eigenvectors(
        _ symmetric: ContiguousArray<Double>, width: Int
    ) -> (values: ContiguousArray<Double>, vectors: ContiguousArray<Double>) {
        var matrix = symmetric
        var vectors = ContiguousArray<Double>(repeating: 0, count: width * width)
        for index in 0..<width { vectors[index * width + index] = 1 }
        let whole = matrix.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<30 {
            var outside = 0.0
            for first in 0..<width {
                for second in 0..<first { outside += matrix[first * width + second] * matrix[first * width + second] }
            }
            guard outside > whole * 1e-26 else { break }
            for p in 0..<width {
                for q in (p + 1)..<max(width, p + 1) {
                    let apq = matrix[p * width + q]
                    guard apq != 0 else { continue }
                    let theta = (matrix[q * width + q] - matrix[p * width + p]) / (2 * apq)
                    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<width {
                        let (kp, kq) = (matrix[k * width + p], matrix[k * width + q])
                        matrix[k * width + p] = c * kp - s * kq
                        matrix[k * width + q] = s * kp + c * kq
                    }
                    for k in 0..<width {
                        let (pk, qk) = (matrix[p * width + k], matrix[q * width + k])
                        matrix[p * width + k] = c * pk - s * qk
                        matrix[q * width + k] = s * pk + c * qk
                    }
                    for k in 0..<width {
                        let (kp, kq) = (vectors[k * width + p], vectors[k * width + q])
                        vectors[k * width + p] = c * kp - s * kq
                        vectors[k * width + q] = s * kp + c * kq
                    }
                }
            }
        }
        let order = (0..<width).sorted {
            let (a, b) = (matrix[$0 * width + $0], matrix[$1 * width + $1])
            return a > b || (a == b && $0 < $1)
        }
        var sorted = vectors
        for (place, column) in order.enumerated() {
            for row in 0..<width { sorted[row * width + place] = vectors[row * width + column] }
        }
        return (ContiguousArray(order.map { matrix[$0 * width + $0] }), sorted)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): clustering is repeatable from a seed. Never for noise or keys.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// Uniform on 0..<1 in steps of 2^-53.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
