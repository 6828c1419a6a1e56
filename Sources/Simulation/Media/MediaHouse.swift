public import Primitives

/// A media house with everything it made: for the demo, and as the ground on which the simulated population reads.
public struct MediaHouse: Sendable {
    public let name: String
    public let makers: [Maker]
    public let series: [Series]
    /// Ordered by publication.
    public let items: [MediaItem]
    private let positions: [String: Int]

    public init(name: String, makers: [Maker], series: [Series], items: [MediaItem]) {
        self.name = name
        self.makers = makers
        self.series = series
        self.items = items.sorted { ($0.publishedAt, $0.id) < ($1.publishedAt, $1.id) }
        positions = Dictionary(
            self.items.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    public func item(_ id: String) -> MediaItem? { positions[id].map { items[$0] } }
    public func maker(_ id: String) -> Maker? { makers.first { $0.id == id } }

    /// Everything as the catalogue's documents: `{"makers": […], "series": […], "items": […]}`.
    ///
    /// - Parameters:
    ///   - pages: address of the publisher's pages, without a slash at its end.
    ///   - covers: address under which the covers are served, likewise.
    public func document(pages: String? = nil, covers: String? = nil) -> JSONValue {
        [
            "makers": .array(makers.map { $0.document(pages: pages) }),
            "series": .array(series.map(\.document)),
            "items": .array(items.map { $0.document(pages: pages, covers: covers) }),
        ]
    }
}
