public import Catalogue
public import Loyalty
public import Primitives
import Recommending

/// Decides which items are put before somebody, in which order, and why. Pure: the same facts give the same list.
///
/// An item's score is a sum of contributions, each with its reason:
/// popularity (0 to 1, logarithmic; reference analytics.md section 3) carries the list, novelty and what is known of the
/// reader move items within it. So a reason can be tested: taken away, the item stands lower.
///
/// | Level | What counts |
/// |---|---|
/// | `off` | what editors decided and what all members together open: the same list for everybody |
/// | `session` | also this visit, and what the member asked for: subjects and makers |
/// | `persona` | also the subjects of the persona that the member declared |
/// | `personal` | also the member's own history |
public enum Recommend {
    /// How much a contribution can come to.
    enum Weight {
        static let popular = 1.0
        static let novelty = 0.25
        static let beside = 0.5
        static let topic = 0.4
        static let declared = 0.45
        static let maker = 0.5
        static let persona = 0.5
    }

    /// How many items of the visit and of the history count.
    static let visitReach = 20
    static let historyReach = 100

    struct Contribution {
        var cause: RecommendationCause
        var amount: Double
    }

    struct Candidate {
        let item: Item
        var contributions: [Contribution]

        var score: Double { contributions.reduce(0) { $0 + $1.amount } }
        /// Whether anything speaks for it that is not the same for everybody.
        var isFitting: Bool { contributions.contains { $0.cause.reason.isOwn } }
    }

    private struct Scored {
        let candidate: Candidate
        let score: Double

        static func isBefore(_ left: Scored, _ right: Scored) -> Bool {
            left.score == right.score ? left.candidate.item.id < right.candidate.item.id : left.score > right.score
        }
    }

    /// The list for somebody, best first; shorter than asked for where there is no more.
    ///
    /// - Parameters:
    ///   - level: the one that holds for recommendations now. What it does not allow is not looked at.
    ///   - surprise: percent of the places for what does not fit; moved into the bounds that editors set. The first place is
    ///     never one of them, and where nothing is known of the reader there is nothing to depart from.
    ///   - seed: decides which surprises, and nothing else.
    /// - Complexity: O(c log c) in the candidates, some hundreds to some thousands, whatever the size of the catalogue.
    public static func decide(
        level: PrivacyLevel, facts: RecommendationFacts, shelf: RecommendationShelf, editorial: EditorialPolicy,
        surprise: Int, request: RecommendationRequest, now: Instant, seed: UInt64
    ) -> [RecommendedItem] {
        let facts = facts.allowed(at: level)
        let filter = Filter(facts: facts, editorial: editorial, request: request, now: now)
        let ranked = ranking(facts, shelf, filter)
        var list: [RecommendedItem] = []
        for pin in editorial.pins where pin.holds(at: now) && list.count < max(1, request.limit / 4) {
            guard let item = shelf.catalogue.item(pin.item), filter.admitsPin(item) else { continue }
            list.append(RecommendedItem(item: item, causes: [RecommendationCause(.chosenByEditors)]))
        }
        let pinned = Set(list.map(\.item.id))
        var quota = Quota(editorial, places: request.limit)
        for recommendation in list { _ = quota.takes(recommendation.item) }
        var (chosen, passed): ([(place: Int, candidate: Candidate)], [(place: Int, candidate: Candidate)]) = ([], [])
        for (place, candidate) in ranked.enumerated() {
            guard list.count + chosen.count < request.limit else { break }
            guard !pinned.contains(candidate.item.id) else { continue }
            if quota.takes(candidate.item) {
                chosen.append((place, candidate))
            } else {
                passed.append((place, candidate))
            }
        }
        // Rather more of the same than fewer.
        chosen += passed.prefix(max(0, request.limit - list.count - chosen.count))
        var random = SplitMix64(seed: seed)
        let surprises = surprising(
            ranked, chosen.map(\.candidate), pinned, share: level == .off ? 0 : surprise, editorial, request, &random)
        chosen.removeLast(max(0, list.count + chosen.count + surprises.count - request.limit))
        list += chosen.map { place, candidate in
            let next = place + 1 < ranked.count ? ranked[place + 1].score : 0
            return RecommendedItem(item: candidate.item, causes: causes(of: candidate, next: next))
        }
        for item in surprises {
            let place = list.count > 1 ? 1 + random.index(below: list.count) : list.count
            list.insert(RecommendedItem(item: item, causes: [RecommendationCause(.surprise)]), at: place)
        }
        return list
    }

    // MARK: Scoring

    /// All candidates, best first; equals by identifier.
    ///
    /// - Parameter without: reasons to be left out for one item: what tests take away.
    static func ranking(
        _ facts: RecommendationFacts, _ shelf: RecommendationShelf, _ filter: Filter,
        without: (item: ItemID, reasons: Set<RecommendationReason>)? = nil
    ) -> [Candidate] {
        var pool: [ItemID: Candidate] = [:]
        func add(_ item: Item, _ contribution: Contribution? = nil) {
            if pool[item.id] == nil {
                guard filter.admits(item) else { return }
                pool[item.id] = Candidate(item: item, contributions: [])
            }
            // Its subject could tell something that law protects: it is recommended to everybody or to nobody.
            guard let contribution, contribution.amount > 0, !item.content.isSensitive else { return }
            pool[item.id]?.contributions.append(contribution)
        }
        for item in shelf.popular { add(item) }
        for item in shelf.newest { add(item) }
        let read = sources(facts, shelf)
        for (topic, found) in topics(of: read, shelf).sorted(by: { $0.key < $1.key }) {
            let cause = RecommendationCause(.sameTopic(topic), because: Array(found.items.prefix(5)))
            for item in shelf.byTopic[topic] ?? [] {
                add(item, Contribution(cause: cause, amount: Weight.topic * found.amount))
            }
        }
        addBeside(read, shelf, add)
        for topic in facts.moreTopics.sorted() {
            let cause = RecommendationCause(.declaredTopic(topic))
            for item in shelf.byTopic[topic] ?? [] {
                add(item, Contribution(cause: cause, amount: Weight.declared))
            }
        }
        for maker in facts.makers.sorted() {
            let cause = RecommendationCause(.followedMaker(maker))
            for item in shelf.byMaker[maker] ?? [] { add(item, Contribution(cause: cause, amount: Weight.maker)) }
        }
        if let persona = facts.persona {
            var done: Set<ItemID> = []
            for topic in persona.topics.keys.sorted() {
                for item in shelf.byTopic[topic] ?? [] {
                    guard done.insert(item.id).inserted, let match = persona.match(item) else { continue }
                    add(
                        item,
                        Contribution(
                            cause: RecommendationCause(.personaTopic(match.topic)),
                            amount: Weight.persona * match.share))
                }
            }
        }
        var candidates = Array(pool.values)
        for index in candidates.indices {
            let item = candidates[index].item
            let popular = shelf.popularity[item.id] ?? 0
            let novelty = RecommendationShelf.novelty(of: item, at: filter.now)
            for (reason, amount) in [
                (RecommendationReason.popularNow, Weight.popular * popular), (.recent, Weight.novelty * novelty),
            ] where amount > 0 {
                candidates[index].contributions.append(
                    Contribution(cause: RecommendationCause(reason), amount: amount))
            }
            if let without, without.item == item.id {
                candidates[index].contributions.removeAll { without.reasons.contains($0.cause.reason) }
            }
        }
        let scored = candidates.map { Scored(candidate: $0, score: $0.score) }
        return scored.sorted(by: Scored.isBefore).map(\.candidate)
    }

    /// What was read and may be a reason, with weights that fall with what came after it: the visit before the history.
    private static func sources(
        _ facts: RecommendationFacts, _ shelf: RecommendationShelf
    ) -> [(item: Item, weight: Double)] {
        var seen: Set<ItemID> = []
        var found: [(item: Item, weight: Double)] = []
        for id in facts.visit.prefix(visitReach) + facts.history.prefix(historyReach) {
            guard seen.insert(id).inserted, let item = shelf.catalogue.item(id), item.state == .live,
                !item.content.isSensitive
            else { continue }
            found.append((item, 1 / (1 + Double(found.count) / 10)))
        }
        return found
    }

    /// The topics of what was read: how much each comes to, 0 to 1, more for rare ones, and the items, the latest first.
    private static func topics(
        of read: [(item: Item, weight: Double)], _ shelf: RecommendationShelf
    ) -> [String: (amount: Double, items: [ItemID])] {
        var found: [String: (amount: Double, items: [ItemID])] = [:]
        let total = ExactMathematics.log(Double(max(shelf.itemCount, 2)))
        for (item, weight) in read {
            for topic in item.topics {
                guard let count = shelf.topicCounts[topic] else { continue }
                let rarity = max(0.1, 1 - ExactMathematics.log(Double(count)) / total)
                var entry = found[topic] ?? (0, [])
                entry.amount = min(1, entry.amount + weight * rarity)
                entry.items.append(item.id)
                found[topic] = entry
            }
        }
        return found
    }

    private static func addBeside(
        _ read: [(item: Item, weight: Double)], _ shelf: RecommendationShelf,
        _ add: (Item, Contribution?) -> Void
    ) {
        var found: [Int: (sum: Double, parts: [(item: ItemID, amount: Double)])] = [:]
        for (item, weight) in read {
            guard let place = shelf.model.place(of: item.id) else { continue }
            for entry in shelf.model.beside.row(place) {
                let amount = Double(entry.weight) * weight
                found[Int(entry.item), default: (0, [])].sum += amount
                found[Int(entry.item), default: (0, [])].parts.append((item.id, amount))
            }
        }
        guard let most = found.values.lazy.map(\.sum).max(), most > 0 else { return }
        for (target, entry) in found.sorted(by: { $0.key < $1.key }) {
            guard shelf.model.items.indices.contains(target),
                let item = shelf.catalogue.item(shelf.model.items[target])
            else { continue }
            let parts = entry.parts.sorted { $0.amount == $1.amount ? $0.item < $1.item : $0.amount > $1.amount }
            add(
                item,
                Contribution(
                    cause: RecommendationCause(.besideRead, because: parts.prefix(5).map(\.item)),
                    amount: Weight.beside * RecommendationShelf.scaled(entry.sum / most)))
        }
    }

    // MARK: Reasons

    /// The reasons to name: the most telling one whose absence lets the item fall behind the next; else the largest ones
    /// that it takes together.
    ///
    /// - Parameter next: the score of the candidate behind it.
    private static func causes(of candidate: Candidate, next: Double) -> [RecommendationCause] {
        let score = candidate.score
        let telling = candidate.contributions.sorted { left, right in
            let (first, second) = (left.cause.reason.rank, right.cause.reason.rank)
            return first == second ? left.amount > right.amount : first < second
        }
        // A hair more than equal, so that sums in another order say the same.
        let gap = score - next + 1e-9
        if let one = telling.first(where: { $0.amount > gap }) { return [one.cause] }
        var left = gap
        var named: [RecommendationCause] = []
        for contribution in telling.sorted(by: { $0.amount > $1.amount }) {
            named.append(contribution.cause)
            left -= contribution.amount
            if left < 0 { break }
        }
        return named.isEmpty ? [RecommendationCause(.recent)] : named
    }

    // MARK: Surprise

    private static func surprising(
        _ ranked: [Candidate], _ chosen: [Candidate], _ pinned: Set<ItemID>, share: Int, _ editorial: EditorialPolicy,
        _ request: RecommendationRequest, _ random: inout SplitMix64
    ) -> [Item] {
        guard share > 0 || editorial.surprise.lowerBound > 0, chosen.contains(where: \.isFitting) else { return [] }
        let percent = min(max(share, editorial.surprise.lowerBound), editorial.surprise.upperBound)
        let wanted = Double(request.limit * percent) / 100
        var count = Int(wanted)
        if random.chance(wanted - Double(count)) { count += 1 }
        count = min(count, chosen.count - 1)
        guard count > 0 else { return [] }
        let kept = Set(chosen.map(\.item.id)).union(pinned)
        let open = ranked.filter { candidate in
            !candidate.isFitting && !candidate.item.content.isSensitive && !kept.contains(candidate.item.id)
        }
        var pool: [Item] = open.prefix(60).map(\.item)
        var items: [Item] = []
        while items.count < count, !pool.isEmpty { items.append(pool.remove(at: random.index(below: pool.count))) }
        return items
    }
}

extension Recommend {
    /// What holds for every item of one list.
    struct Filter {
        let wanted: ItemFilter
        let lessTopics: Set<String>
        let viewer: Viewer
        let editorial: EditorialPolicy
        let now: Instant

        init(facts: RecommendationFacts, editorial: EditorialPolicy, request: RecommendationRequest, now: Instant) {
            wanted = ItemFilter(
                kinds: request.kinds, language: request.language, excluding: Set(facts.visit).union(facts.history))
            lessTopics = facts.lessTopics
            viewer = facts.viewer
            self.editorial = editorial
            self.now = now
        }

        func admits(_ item: Item) -> Bool {
            wanted.admits(item) && editorial.admits(item) && !editorial.isTooOld(item, at: now)
                && (lessTopics.isEmpty || !item.topics.contains(where: lessTopics.contains))
                && item.availability(for: viewer, at: now).isOpen
        }

        /// What editors put first is there for everybody, however old, but nobody is shown it twice or what is not open.
        func admitsPin(_ item: Item) -> Bool {
            wanted.admits(item) && editorial.admits(item) && item.availability(for: viewer, at: now).isOpen
        }
    }

    /// Keeps one subject and one maker from filling a list.
    private struct Quota {
        private let perTopic: Int
        private let perMaker: Int
        private var topics: [String: Int] = [:]
        private var makers: [MakerID: Int] = [:]

        init(_ editorial: EditorialPolicy, places: Int) {
            perTopic = max(1, places * editorial.topicShare / 100)
            perMaker = max(1, places * editorial.makerShare / 100)
        }

        mutating func takes(_ item: Item) -> Bool {
            if let topic = item.topics.first, topics[topic, default: 0] >= perTopic { return false }
            if item.makers.contains(where: { makers[$0, default: 0] >= perMaker }) { return false }
            if let topic = item.topics.first { topics[topic, default: 0] += 1 }
            for maker in item.makers { makers[maker, default: 0] += 1 }
            return true
        }
    }
}

extension RecommendationFacts {
    /// What a level lets be looked at.
    func allowed(at level: PrivacyLevel) -> RecommendationFacts {
        var allowed = self
        if level < .personal { allowed.history = [] }
        if level < .persona { allowed.persona = nil }
        if level < .session {
            allowed.visit = []
            allowed.moreTopics = []
            allowed.lessTopics = []
            allowed.makers = []
            // The same list for everybody: not even what somebody has earned is looked at.
            allowed.viewer = Viewer(region: viewer.region, isSubscriber: viewer.isSubscriber)
        }
        return allowed
    }
}

extension RecommendationReason {
    /// The more it says about this item and this reader, the lower.
    fileprivate var rank: Int {
        switch self {
        case .chosenByEditors: 0
        case .besideRead: 1
        case .followedMaker: 2
        case .sameTopic: 3
        case .declaredTopic: 4
        case .personaTopic: 5
        case .popularNow: 6
        case .recent: 7
        case .surprise: 8
        }
    }

    /// Whether it rests on the reader, not on everybody.
    var isOwn: Bool { (1...5).contains(rank) }
}
