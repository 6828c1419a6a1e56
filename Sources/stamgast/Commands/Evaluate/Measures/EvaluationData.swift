import Anonymity
import Primitives
import Recommending

/// What both evaluations read: who took up what and when, and what the items are about.
struct EvaluationData: Sendable {
    let rows: RatedRows
    let genres: [String]
    /// For each item of ``rows`` its genres, as places in ``genres``.
    let genresOf: [[Int32]]

    /// - Parameter films: genres by item; items that are not in it have none.
    init(rows: RatedRows, films: [String: [String]]) {
        self.rows = rows
        let names = Set(films.values.joined()).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        genres = names
        genresOf = rows.items.map { item in Set(films[item] ?? []).compactMap { places[$0] }.sorted() }
    }

    /// Each member's items, the newest last.
    static func histories(_ interactions: Interactions) throws -> SparseRows {
        try SparseRows(offsets: interactions.offsets, items: interactions.columns, itemCount: interactions.items)
    }
}

/// Personas as an installation makes them: public vectors of items, centres, and who is in which.
struct PersonaSet: Sendable {
    let k: Int
    let space: ItemSpace
    let histories: ContiguousArray<Int32>
    let clustering: Clustering
    /// Members of each persona.
    let counts: [Int]
    let publication: Publication

    /// - Throws: `CohortProblem`, as for fewer members than k.
    init(_ rows: SparseRows, space: ItemSpace, k: Int, seed: UInt64, guarded: Bool = true) throws {
        let histories = space.histories(rows)
        let telling = (0..<rows.count).count { row in
            histories[row * space.dimension..<(row + 1) * space.dimension].contains { $0 != 0 }
        }
        // More than a half of what k allows: the smallest are merged until each has k.
        let personas = max(1, telling * 6 / (10 * k))
        let clustering = try Clustering.make(
            histories: histories, dimension: space.dimension,
            terms: ClusteringTerms(k: guarded ? k : 2, personas: personas, largeGroups: guarded), release: 1,
            seed: seed)
        var counts = [Int](repeating: 0, count: clustering.centroids.personas.count)
        for persona in clustering.assignment where persona >= 0 { counts[Int(persona)] += 1 }
        self.k = k
        self.space = space
        self.histories = histories
        self.clustering = clustering
        self.counts = counts
        publication = try Publication(counts: counts, centroids: clustering.centroids)
    }

    static func space(_ rows: SparseRows, dimension: Int = 32, seed: UInt64) throws -> ItemSpace {
        try ItemSpace.latent(of: rows, dimension: min(dimension, max(2, rows.itemCount / 16)), seed: seed)
    }

    /// Each persona's items by how many of its members have them.
    func itemCounts(_ rows: SparseRows) -> [[Double]] {
        var sums = counts.map { _ in [Double](repeating: 0, count: rows.itemCount) }
        for row in 0..<rows.count where clustering.assignment[row] >= 0 {
            for item in rows[row] { sums[Int(clustering.assignment[row])][Int(item)] += 1 }
        }
        return sums
    }

    /// What each persona is offered, as it is published: names in order.
    func lists(_ rows: SparseRows, strength: Double = 100, limit: Int = 200) throws -> SparseRows {
        let everyone = rows.frequencies().map(Double.init)
        return try SparseRows(
            itemCounts(rows).map {
                PersonaList(counts: $0, everyone: everyone, strength: strength, limit: limit).items
            }, itemCount: rows.itemCount)
    }
}
