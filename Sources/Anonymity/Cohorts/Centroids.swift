import Crypto

/// The public centres of the personas, whole numbers, one release of them. Everyone who has them and a history comes to
/// the same persona.
///
/// The arithmetic, for a second implementation (it is the same in any language with IEEE 754 doubles):
///
/// 1. A history h is the sum of its items' whole-number vectors (``ItemSpace``), each component kept within ±2^23 after
///    each addition. An empty history, or one of zeros, has no persona.
/// 2. For each persona c, in the order of the list: d = Σ h_j · c_j and cc = Σ c_j · c_j; hh = Σ h_j · h_j. All are below
///    2^53, so doubles hold them exactly in any order.
/// 3. cosine = d / (sqrt(hh) × sqrt(cc)): two square roots, one product, one quotient, each rounded once as IEEE 754 says.
///    A persona whose vector is zero has the cosine 0.
/// 4. The nearest persona is the first with the largest cosine.
/// 5. Without a current persona, or with one that is not in the list, the nearest is taken. Otherwise the current one is
///    kept unless nearest cosine − current cosine > margin / 1000 (doubles, strictly greater).
public struct Centroids: Hashable, Sendable {
    public struct Persona: Hashable, Sendable, Codable {
        /// Lower-case letters, digits and hyphens; lasts as long as the release.
        public let id: String
        /// The group that speaks for the persona where it is suppressed.
        public let parent: String
        public let vector: [Int32]

        public init(id: String, parent: String, vector: [Int32]) {
            (self.id, self.parent, self.vector) = (id, parent, vector)
        }
    }

    /// How much nearer, in thousandths of cosine, another persona must be before a member moves to it.
    public struct Margin: Hashable, Sendable {
        /// Of the reference, section 9: 1.9 % unique sequences after five periods at k = 100.
        public static let standard = Margin(unchecked: 300)
        static let none = Margin(unchecked: 0)
        public let thousandths: Int

        /// - Throws: ``CohortProblem/outOfRange(field:least:most:)`` outside 150...2000: below .15 a sequence of personas
        ///   becomes a fingerprint.
        public init(thousandths: Int) throws(CohortProblem) {
            guard (150...2000).contains(thousandths) else {
                throw .outOfRange(field: "margin", least: 150, most: 2000)
            }
            self.thousandths = thousandths
        }

        private init(unchecked thousandths: Int) { self.thousandths = thousandths }
    }

    public static let format = 1
    /// Largest size of a component of a history.
    public static let largestHistory: Int32 = 1 << 23
    /// Largest size of a component of a centroid.
    public static let largestComponent: Int32 = 32767

    /// Rises with each new clustering.
    public let release: Int
    /// The least number of eligible members that each persona had when it was made.
    public let k: Int
    public let dimension: Int
    public let personas: [Persona]
    /// SHA-256, lower-case hexadecimal, of the lines `stamgast-centroids/1`, release, k, dimension, and for each persona
    /// `id parent c0,c1,…`, each ending in a line feed.
    public let digest: String
    private let flat: ContiguousArray<Double>
    private let norms: ContiguousArray<Double>

    /// - Throws: ``CohortProblem`` for a dimension, component or id that cannot be, or for no persona at all.
    public init(release: Int, k: Int, dimension: Int, personas: [Persona]) throws(CohortProblem) {
        guard (1...ItemSpace.largestDimension).contains(dimension) else {
            throw .outOfRange(field: "dimension", least: 1, most: ItemSpace.largestDimension)
        }
        guard k >= 2 else { throw .outOfRange(field: "k", least: 2, most: .max) }
        guard !personas.isEmpty, personas.allSatisfy({ $0.vector.count == dimension }) else {
            throw .malformedRows(field: "personas")
        }
        let most = Self.largestComponent
        var seen: Set<String> = []
        for persona in personas {
            guard persona.vector.allSatisfy({ (-most...most).contains($0) }) else {
                throw .outOfRange(field: "vector", least: -Int(most), most: Int(most))
            }
            guard Self.isName(persona.id), Self.isName(persona.parent), seen.insert(persona.id).inserted else {
                throw .duplicatePersona(persona.id)
            }
        }
        (self.release, self.k, self.dimension, self.personas) = (release, k, dimension, personas)
        flat = ContiguousArray(personas.flatMap { $0.vector.map(Double.init) })
        norms = ContiguousArray(
            personas.map { $0.vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() })
        var text = "stamgast-centroids/1\n\(release)\n\(k)\n\(dimension)\n"
        for persona in personas {
            text += "\(persona.id) \(persona.parent) \(persona.vector.map(String.init).joined(separator: ","))\n"
        }
        var hash = SHA256()
        ContiguousArray(text.utf8).withUnsafeBytes { hash.update(bufferPointer: $0) }
        let digits = Array("0123456789abcdef")
        digest = hash.finalize().reduce(into: "") { $0 += String([digits[Int($1 >> 4)], digits[Int($1 & 15)]]) }
    }

    /// The persona of a cumulative history, sticky: see ``Centroids`` for the arithmetic.
    /// - Parameters:
    ///   - history: `dimension` components within ±``largestHistory``.
    ///   - current: the member's persona so far, as a place in ``personas``.
    /// - Returns: a place in ``personas``, or the current one where the history says nothing.
    public func assign(history: some Collection<Int32>, current: Int?, margin: Margin = .standard) -> Int? {
        precondition(history.count == dimension, "a history has as many components as the centroids")
        let history = ContiguousArray(history.map(Double.init))
        let current = current.flatMap { personas.indices.contains($0) ? $0 : nil }
        let square = history.reduce(0.0) { $0 + $1 * $1 }
        guard square > 0 else { return current }
        let length = square.squareRoot()
        var (nearest, best) = (0, -2.0)
        var currentCosine = 0.0
        for persona in personas.indices {
            let cosine = cosine(history, length, persona)
            if cosine > best { (nearest, best) = (persona, cosine) }
            if persona == current { currentCosine = cosine }
        }
        guard let current else { return nearest }
        return best - currentCosine > Double(margin.thousandths) / 1000 ? nearest : current
    }

    /// Cosines of a history with every persona, in their order.
    public func cosines(history: some Collection<Int32>) -> [Double] {
        let history = ContiguousArray(history.map(Double.init))
        let length = history.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
        return personas.indices.map { length > 0 ? cosine(history, length, $0) : 0 }
    }

    private func cosine(_ history: ContiguousArray<Double>, _ length: Double, _ persona: Int) -> Double {
        guard norms[persona] > 0 else { return 0 }
        var product = 0.0
        let start = persona * dimension
        for column in 0..<dimension { product += history[column] * flat[start + column] }
        return product / (length * norms[persona])
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

extension Centroids: Codable {
    private enum Key: String, CodingKey {
        case format, release, k, dimension, personas, digest
    }

    /// - Throws: ``CohortProblem/wrongDigest`` where the digest is not of these centroids.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let format = try values.decode(Int.self, forKey: .format)
        guard format == Self.format else { throw CohortProblem.unknownFormat(format) }
        try self.init(
            release: values.decode(Int.self, forKey: .release), k: values.decode(Int.self, forKey: .k),
            dimension: values.decode(Int.self, forKey: .dimension),
            personas: values.decode([Persona].self, forKey: .personas))
        guard try values.decode(String.self, forKey: .digest) == digest else { throw CohortProblem.wrongDigest }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(Self.format, forKey: .format)
        try values.encode(release, forKey: .release)
        try values.encode(k, forKey: .k)
        try values.encode(dimension, forKey: .dimension)
        try values.encode(personas, forKey: .personas)
        try values.encode(digest, forKey: .digest)
    }
}
