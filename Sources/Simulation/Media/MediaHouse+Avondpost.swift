public import Primitives

extension MediaHouse {
    /// De Avondpost, a fictional Dutch newspaper with videos, podcasts, evenings and newsletters: about 240 items.
    ///
    /// Publications are spread evenly over the time given. A few items come later, open to some already at `until`, and
    /// some evenings are still to come.
    ///
    /// - Parameters:
    ///   - from: the first publication.
    ///   - until: "today": everything but the announced items is published by then.
    ///   - seed: changes the order and the hours, not the items.
    ///   - earlyAudience: who sees the announced items early, as the catalogue writes it.
    public static func avondpost(
        publishing from: Instant, until: Instant, seed: UInt64 = 1, earlyAudience: String = "entitlement:early-access"
    ) -> MediaHouse {
        var editor = Editor(from: from, until: until, seed: seed, earlyAudience: earlyAudience)
        return MediaHouse(
            name: "De Avondpost", makers: Maker.avondpost, series: Programme.all.map(\.series), items: editor.items())
    }
}

/// Decides when everything of De Avondpost is published.
private struct Editor {
    private static let day: Int64 = 86_400_000

    let from: Instant
    let until: Instant
    let earlyAudience: String
    var random: Xoshiro256

    init(from: Instant, until: Instant, seed: UInt64, earlyAudience: String) {
        self.from = from
        self.until = max(until, from.adding(milliseconds: Self.day))
        self.earlyAudience = earlyAudience
        random = Xoshiro256(seed: SplitMix64.seed(seed, 77))
    }

    mutating func items() -> [MediaItem] {
        stories() + briefs() + programmes() + evenings() + letters()
    }

    /// A moment at a share of the span, moved to an hour at which newspapers publish.
    private mutating func moment(_ share: Double) -> Instant {
        let span = Double(until - from)
        let raw = from.milliseconds + Int64(span * min(max(share, 0), 1))
        let midnight = raw - raw % Self.day
        let hour = random.pick([4, 5, 5, 6, 9, 11, 14, 16]) ?? 5
        let moved = midnight + Int64(hour) * 3_600_000 + Int64(random.index(below: 60)) * 60_000
        return Instant(milliseconds: min(max(moved, from.milliseconds), until.milliseconds))
    }

    /// How the simulated audience likes it: log-normal, half of all between 0.7 and 1.4.
    private mutating func appeal(_ factor: Double) -> Double {
        var value = factor
        let steps = Int((random.normal() * 5).rounded())
        for _ in 0..<abs(steps) { value *= steps > 0 ? 1.105 : 1 / 1.105 }
        return value
    }

    private func early(_ publication: Instant) -> MediaItem.EarlyAccess? {
        guard publication > until else { return nil }
        return MediaItem.EarlyAccess(from: until.adding(milliseconds: -Self.day), audience: earlyAudience)
    }

    private mutating func stories() -> [MediaItem] {
        let order = Story.all.shuffled(using: &random)
        return order.enumerated().map { place, story in
            let published: Instant
            switch place {
            case 0, 1: published = until.adding(milliseconds: Int64(2 + place * 3) * Self.day + 4 * 3_600_000)
            case 2..<8:
                // A good front page today.
                published = max(from, until.adding(milliseconds: -Int64(place - 2) * Self.day - 9 * 3_600_000))
            default: published = moment((Double(place) - 8 + random.uniform()) / Double(order.count - 8))
            }
            return MediaItem(
                id: story.id, kind: .article, title: story.title, standfirst: story.standfirst, body: story.paragraphs,
                language: "nl", topics: story.topics, makers: [story.maker], series: nil, publishedAt: published,
                earlyAccess: early(published), access: place % 2 == 0 ? "subscriber" : "free", durationSeconds: nil,
                takesPlaceAt: nil, appeal: appeal(1.6))
        }
    }

    private mutating func briefs() -> [MediaItem] {
        let all = Brief.all.flatMap { brief in brief.slots.indices.map { (brief, $0) } }.shuffled(using: &random)
        return all.enumerated().map { place, pair in
            let (brief, slot) = pair
            let words = brief.slots[slot]
            return MediaItem(
                id: "\(brief.id)-\(slot + 1)", kind: .article, title: brief.title.filled([words]),
                standfirst: brief.standfirst.filled([words]), body: brief.paragraphs(words), language: "nl",
                topics: brief.topics, makers: [brief.maker], series: nil,
                publishedAt: moment((Double(place) + random.uniform()) / Double(all.count)), earlyAccess: nil,
                access: random.chance(0.4) ? "subscriber" : "free", durationSeconds: nil, takesPlaceAt: nil,
                appeal: appeal(1))
        }
    }

    private mutating func programmes() -> [MediaItem] {
        Programme.all.enumerated().flatMap { index, programme in
            programme.subjects.enumerated().map { place, subject in
                let isAnnounced = place == programme.subjects.count - 1 && index % 3 == 0
                let share = (Double(place) + 0.2 + Double(index) * 0.06) / Double(programme.subjects.count)
                let published =
                    isAnnounced
                    ? until.adding(milliseconds: Int64(1 + index) * Self.day + 5 * 3_600_000) : moment(share)
                let number = place + 1
                let series = programme.series
                return MediaItem(
                    id: "\(series.id)-\(number < 10 ? "0" : "")\(number)", kind: series.kind,
                    title: subject.capitalised,
                    standfirst: programme.standfirst.filled([subject]),
                    body: Story.paragraphs(programme.notes).map { Words.fill($0, [subject.nl]) }, language: "nl",
                    topics: series.topics, makers: series.makers, series: series.id, publishedAt: published,
                    earlyAccess: early(published), access: series.kind == .video ? "free" : "subscriber",
                    durationSeconds: Int.random(in: programme.seconds, using: &random), takesPlaceAt: nil,
                    appeal: appeal(1))
            }
        }
    }

    private mutating func evenings() -> [MediaItem] {
        Evening.all.shuffled(using: &random).enumerated().map { place, evening in
            let isToCome = place < 4
            let moment =
                isToCome ? until.adding(milliseconds: Int64(3 + place * 5) * Self.day) : moment(Double(place - 3) / 7)
            let midnight = moment.milliseconds - moment.milliseconds % Self.day
            let start = Instant(milliseconds: midnight + 18 * 3_600_000)
            return MediaItem(
                id: evening.id, kind: .event, title: evening.title, standfirst: evening.standfirst, body: [],
                language: "nl", topics: evening.topics, makers: evening.makers, series: nil,
                publishedAt: max(from, start.adding(milliseconds: -21 * Self.day)), earlyAccess: nil, access: "free",
                durationSeconds: 5_400, takesPlaceAt: start, appeal: appeal(1))
        }
    }

    private mutating func letters() -> [MediaItem] {
        Letter.all.map { letter in
            MediaItem(
                id: letter.id, kind: .newsletter, title: letter.title, standfirst: letter.standfirst, body: [],
                language: "nl", topics: letter.topics, makers: letter.makers, series: nil, publishedAt: from,
                earlyAccess: nil, access: "free", durationSeconds: nil, takesPlaceAt: nil, appeal: appeal(1))
        }
    }
}
