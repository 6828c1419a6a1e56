import Dispatch
import Foundation

/// The linear autoencoder EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019), cut to the
/// largest weights of every source row: for catalogues below about 5,000 active items.
public struct EASE: Sendable, Hashable {
    /// λ, the ridge.
    public var ridge: Float
    /// Weights kept per source row, by size; they may be negative.
    public var neighbours: Int

    public init(ridge: Float = 100, neighbours: Int = 100) {
        (self.ridge, self.neighbours) = (ridge, neighbours)
    }

    /// `P = (RᵀR + λI)⁻¹`, `B_ij = -P_ij / P_jj`, `B_ii = 0`.
    ///
    /// Takes 4·n² bytes and about n³ operations for n items.
    public func fit(_ interactions: Interactions, threads: Int = 2) -> ItemNeighbours {
        var matrix = SymmetricMatrix(size: interactions.items)
        for user in 0..<interactions.users {
            for a in interactions[user] {
                for b in interactions[user] where b <= a { matrix[Int(a), Int(b)] += 1 }
            }
        }
        for item in 0..<interactions.items { matrix[item, item] += ridge }
        matrix.invert(threads: threads)
        matrix.mirror()
        var top = TopSelection()
        let rows = (0..<interactions.items).map { source -> [(item: Int32, weight: Float)] in
            top.removeAll()
            for target in 0..<interactions.items where target != source {
                top.append(size: abs(matrix[source, target] / matrix[target, target]), item: Int32(target))
            }
            top.keep(neighbours)
            return top.entries.map { entry in
                (entry.item, matrix[source, Int(entry.item)] < 0 ? entry.size : -entry.size)
            }
        }
        return ItemNeighbours(rows: rows)
    }
}

/// A symmetric positive definite matrix, its lower triangle in use, padded to whole blocks with ones on the diagonal.
struct SymmetricMatrix {
    private static let block = 64
    private let size: Int
    private let stride: Int
    private var values: [Float]

    init(size: Int) {
        self.size = size
        stride = max(1, (size + Self.block - 1) / Self.block) * Self.block
        values = [Float](repeating: 0, count: stride * stride)
        for index in size..<max(size, stride) { values[index * stride + index] = 1 }
    }

    subscript(row: Int, column: Int) -> Float {
        get { values[row * stride + column] }
        set { values[row * stride + column] = newValue }
    }

    /// Copies the lower triangle above the diagonal.
    mutating func mirror() {
        for row in 0..<stride {
            for column in 0..<row { values[column * stride + row] = values[row * stride + column] }
        }
    }

    /// The inverse, by sweeping one diagonal block after another: each is inverted through its Cholesky factor, then
    /// the rest of the triangle gets one product of a panel with its transpose (block form of Goodnight's sweep operator,
    /// The American Statistician 1979). As many operations as a Cholesky factor and its inverse, in one loop that
    /// threads share.
    mutating func invert(threads: Int) {
        let (n, b) = (stride, Self.block)
        var panel = [Float](repeating: 0, count: n * b)
        var product = [Float](repeating: 0, count: n * b)
        var turned = [Float](repeating: 0, count: n * b)
        for start in Swift.stride(from: 0, to: n, by: b) {
            let inverse = Self.invertedBlock(
                (0..<b).map { row in
                    (0..<b).map { column in Double(self[start + max(row, column), start + min(row, column)]) }
                })
            // The block's column of the whole matrix, and what it becomes: V = W · D⁻¹.
            for row in 0..<n {
                for k in 0..<b {
                    let value = row >= start ? self[row, start + k] : self[start + k, row]
                    let inside = row >= start && row < start + b
                    panel[row * b + k] = inside ? 0 : value
                    turned[k * n + row] = inside ? 0 : value
                }
            }
            panel.withUnsafeBufferPointer { panel in
                product.withUnsafeMutableBufferPointer { product in
                    for row in 0..<n {
                        for k in 0..<b { product[row * b + k] = 0 }
                        for l in 0..<b {
                            let value = panel[row * b + l]
                            if value == 0 { continue }
                            for k in 0..<b { product[row * b + k] += value * inverse[l * b + k] }
                        }
                    }
                }
            }
            Self.update(&values, n, product, turned, threads)
            for row in 0..<n {
                for k in 0..<b {
                    if row >= start + b {
                        self[row, start + k] = product[row * b + k]
                    } else if row < start {
                        self[start + k, row] = product[row * b + k]
                    } else {
                        self[row, start + k] = -inverse[(row - start) * b + k]
                    }
                }
            }
        }
        for index in values.indices { values[index] = -values[index] }
    }

    /// `A -= V · Wᵀ` below the diagonal, in pieces of 4 rows by 16 columns that stay in registers.
    private static func update(
        _ values: inout [Float], _ n: Int, _ product: [Float], _ turned: [Float], _ threads: Int
    ) {
        let b = block
        let rows = Counter()
        values.withUnsafeMutableBufferPointer { values in
            nonisolated(unsafe) let values = values.baseAddress!
            let work: @Sendable (Int) -> Void = { _ in
                product.withUnsafeBufferPointer { product in
                    turned.withUnsafeBufferPointer { turned in
                        let (left, right) = (product.baseAddress!, turned.baseAddress!)
                        while true {
                            let first = rows.take(b)
                            guard first < n else { return }
                            for column in Swift.stride(from: 0, to: first + b, by: 16) {
                                for row in Swift.stride(from: first, to: first + b, by: 4) {
                                    piece(values + row * n + column, n, left + row * b, right + column)
                                }
                            }
                        }
                    }
                }
            }
            DispatchQueue.concurrentPerform(iterations: max(1, threads), execute: work)
        }
    }

    @inline(__always)
    private static func piece(
        _ target: UnsafeMutablePointer<Float>, _ n: Int, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>
    ) {
        typealias Lane = SIMD8<Float>
        let b = block
        var (a0, a1, a2, a3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
        var (c0, c1, c2, c3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
        for k in 0..<b {
            let raw = UnsafeRawPointer(right + k * n)
            let x = raw.loadUnaligned(as: Lane.self)
            let y = raw.loadUnaligned(fromByteOffset: 32, as: Lane.self)
            let (l0, l1, l2, l3) = (left[k], left[b + k], left[2 * b + k], left[3 * b + k])
            a0 += l0 * x
            c0 += l0 * y
            a1 += l1 * x
            c1 += l1 * y
            a2 += l2 * x
            c2 += l2 * y
            a3 += l3 * x
            c3 += l3 * y
        }
        subtract(target, a0, c0)
        subtract(target + n, a1, c1)
        subtract(target + 2 * n, a2, c2)
        subtract(target + 3 * n, a3, c3)
    }

    @inline(__always)
    private static func subtract(_ target: UnsafeMutablePointer<Float>, _ x: SIMD8<Float>, _ y: SIMD8<Float>) {
        let raw = UnsafeMutableRawPointer(target)
        raw.storeBytes(of: raw.loadUnaligned(as: SIMD8<Float>.self) - x, as: SIMD8<Float>.self)
        raw.storeBytes(
            of: raw.loadUnaligned(fromByteOffset: 32, as: SIMD8<Float>.self) - y, toByteOffset: 32,
            as: SIMD8<Float>.self)
    }

    /// The inverse of one block, row by row, by its Cholesky factor.
    private static func invertedBlock(_ input: [[Double]]) -> [Float] {
        let b = input.count
        var factor = input
        for j in 0..<b {
            var diagonal = factor[j][j]
            for k in 0..<j { diagonal -= factor[j][k] * factor[j][k] }
            factor[j][j] = diagonal.squareRoot()
            for i in (j + 1)..<max(b, j + 1) {
                var value = factor[i][j]
                for k in 0..<j { value -= factor[i][k] * factor[j][k] }
                factor[i][j] = value / factor[j][j]
            }
        }
        var output = [Float](repeating: 0, count: b * b)
        for column in 0..<b {
            var x = [Double](repeating: 0, count: b)
            for i in 0..<b {
                var value = i == column ? 1.0 : 0
                for k in 0..<i { value -= factor[i][k] * x[k] }
                x[i] = value / factor[i][i]
            }
            for i in Swift.stride(from: b - 1, through: 0, by: -1) {
                var value = x[i]
                for k in (i + 1)..<max(b, i + 1) { value -= factor[k][i] * x[k] }
                x[i] = value / factor[i][i]
            }
            for i in 0..<b { output[i * b + column] = Float(x[i]) }
        }
        return output
    }
}
