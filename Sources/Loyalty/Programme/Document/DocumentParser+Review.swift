internal import Primitives

/// `review`: signs that points may have been earned by no reader.
extension DocumentParser {
    static let reviewKeys = [
        "velocity", "speed", "dwell", "devices", "raised", "at-most", "per", "length", "seconds", "per-minute", "field",
        "members", "release-after", "why",
    ]

    private static let reviewKinds = ["velocity", "speed", "dwell", "devices", "raised"]

    func reviewCheck(_ id: String, _ section: DocumentSection) -> ReviewCheck? {
        let kinds = Self.reviewKinds.filter { section.node($0) != nil }
        guard kinds.count == 1, let kind = kinds.first, let node = section.node(kind) else {
            reader.report(
                "A check is exactly one of: \(Self.reviewKinds.joined(separator: ", ")).", at: section.mark,
                fix: "Write what it looks at, as in 'velocity: article.read'.")
            reader.markBroken("review:\(id)")
            return nil
        }
        guard let what = reviewKind(kind, node, section) else {
            reader.markBroken("review:\(id)")
            return nil
        }
        var check = ReviewCheck(id: id, kind: what, why: localized(section, "why"))
        if let node = section.node("release-after"),
            case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        {
            if case .days(let days) = span, (1...60).contains(days) {
                check.releaseAfterDays = days
            } else {
                reader.report(
                    "A review ends by itself after 1 to 60 days.", at: node.mark,
                    fix: "Write it as in 'release-after: 14 days'.")
            }
        }
        return check
    }

    private func reviewKind(_ kind: String, _ node: DocumentNode, _ section: DocumentSection) -> ReviewCheck.Kind? {
        let takes: [String: [String]] = [
            "velocity": ["at-most", "per"], "speed": ["length", "seconds", "per-minute"],
            "dwell": ["seconds", "at-most"], "devices": ["field", "members"], "raised": [],
        ]
        for key in ["at-most", "per", "length", "seconds", "per-minute", "field", "members"]
        where !(takes[kind] ?? []).contains(key) {
            if let extra = section.node(key) {
                reader.report("'\(key)' means nothing for '\(kind)'.", at: extra.mark, fix: "Leave it out.")
            }
        }
        if kind == "raised" {
            guard reader.boolean(node) == true else { return nil }
            return .raised
        }
        guard let event = reader.word(node, "the name of an event type", .event) else { return nil }
        func field(_ key: String) -> String? {
            section.need(key).flatMap { reader.word($0, "the name of a field", .field) }
        }
        func seconds(_ node: DocumentNode) -> Int64? {
            guard case .some(.some(let span)) = reader.duration(node, allowsNone: false) else { return nil }
            switch span {
            case .milliseconds(let amount) where amount >= 60_000 && amount <= 86_400_000: return amount / 1_000
            case .days(1): return 86_400
            default:
                reader.report(
                    "A length of time within a day was expected.", at: node.mark, fix: "Write it as in '2 hours'.")
                return nil
            }
        }
        switch kind {
        case "velocity":
            guard let most = section.need("at-most").flatMap({ reader.integer($0, 1...1_000_000) }) else { return nil }
            var window: Int64 = 86_400
            if let node = section.node("per") {
                guard let given = seconds(node) else { return nil }
                window = given
            }
            return .velocity(event: event, atMost: most, windowSeconds: window)
        case "speed":
            guard let length = field("length"), let seconds = field("seconds"),
                let most = section.need("per-minute").flatMap({ reader.integer($0, 1...1_000_000) })
            else { return nil }
            return .speed(event: event, length: length, seconds: seconds, perMinute: most)
        case "dwell":
            guard let field = field("seconds"), let most = section.need("at-most").flatMap(seconds) else { return nil }
            return .dwell(event: event, seconds: field, atMostSeconds: most)
        default:
            guard let field = field("field"),
                let members = section.need("members").flatMap({ reader.integer($0, 2...10_000) })
            else { return nil }
            return .devices(event: event, field: field, members: members)
        }
    }
}
