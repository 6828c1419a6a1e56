import Loyalty
import Primitives

/// What the planner looks up for every event, as plain arrays.
struct GroundFacts {
    let items: [ShelfItem]
    /// The kinds of items that events are about.
    let kinds: [String]
    /// At least one.
    let subjectCount: Int
    /// By item: length in seconds, publication in milliseconds, kind (-1: no event is about it), subjects, first maker.
    let seconds: [Int32]
    let published: [Int64]
    let kind: [Int]
    let subjects: [[Int]]
    let makers: [Int]
    let makerIDs: [String]
    /// By subject: the makers whose main subject it is, as positions in `makerIDs`.
    private let makersBySubject: [[Int]]
    /// By event, its kind of item; -1 for none.
    let eventKind: [Int]
    /// By event, those that may follow it.
    let followers: [[Int]]
    let eventPlaces: [String: Int]
    let channelPlaces: [String: Int]
    /// By channel, a table of what is done there, over all events.
    let does: WeightedRows

    init(_ behaviour: Behaviour, items: [ShelfItem], makers: [Maker]) {
        self.items = Array(items.prefix(Int(Int16.max)))
        let events = behaviour.events
        var kinds: [String] = []
        for event in events { if let item = event.item, !kinds.contains(item) { kinds.append(item) } }
        self.kinds = kinds
        subjectCount = max(1, behaviour.subjects.count)
        func places(_ names: [String]) -> [String: Int] {
            Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        let (subjectPlaces, makerPlaces, kindPlaces) = (
            places(behaviour.subjects), places(makers.map(\.id)), places(kinds)
        )
        let (eventPlaces, channelPlaces) = (places(events.map(\.id)), places(behaviour.channels.map(\.id)))
        seconds = self.items.map { Int32(clamping: $0.seconds) }
        published = self.items.map(\.publishedAt.milliseconds)
        kind = self.items.map { kindPlaces[$0.kind] ?? -1 }
        subjects = self.items.map { item in
            behaviour.subjects.isEmpty ? [0] : item.topics.compactMap { subjectPlaces[$0] }
        }
        self.makers = self.items.map { $0.makers.first.flatMap { makerPlaces[$0] } ?? -1 }
        makerIDs = makers.map(\.id)
        makersBySubject = behaviour.subjects.map { subject in
            makers.indices.filter { makers[$0].topics.first?.id == subject }
        }
        eventKind = events.map { $0.item.flatMap { kindPlaces[$0] } ?? -1 }
        followers = events.map { event in
            events.indices.filter { events[$0].after?.event == event.id }
        }
        does = WeightedRows(
            behaviour.channels.map { channel in
                var weights = [Double](repeating: 0, count: events.count)
                for one in channel.does { if let place = eventPlaces[one.id] { weights[place] += one.weight } }
                return weights
            })
        self.eventPlaces = eventPlaces
        self.channelPlaces = channelPlaces
    }

    /// The two makers a person likes best, as positions in `makerIDs`; -1 for none. They make what the person reads most.
    func favourites(of member: SimulatedMember) -> (Int, Int) {
        guard !makerIDs.isEmpty, !makersBySubject.isEmpty else { return (-1, -1) }
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 6))
        func pick() -> Int {
            let subject = member.habits.subject(of: member, isMoved: false, using: &random)
            return random.pick(makersBySubject[subject]) ?? -1
        }
        let first = pick()
        return (first, pick())
    }
}
