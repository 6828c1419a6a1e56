import Primitives
import Storage

extension Verifier {
    /// A notice of one kind on one day of a member.
    struct SaidKey: Hashable {
        var day: Int32
        var code: String
    }

    func noteUrging(_ member: Page.Member, _ page: Page, _ granted: inout Granted) {
        let counter = (page.counters[member.id] ?? []).first { $0.name == PressureCounters.said }?.counter
        var sums: [SaidKey: (counted: Int64, said: Int64)] = [:]
        for mark in counter?.marks ?? [] {
            sums[SaidKey(day: mark.day, code: Urging.Kind.code(of: mark.slot)), default: (0, 0)].counted += mark.count
        }
        for (key, count) in page.said[member.id] ?? [:] { sums[key, default: (0, 0)].said += count }
        if !sums.isEmpty { granted.urging[member.id] = sums }
    }

    /// What counts as said was said, to whatever record of the person. More may have been said than counts: kinds that a
    /// programme does not bound.
    func checkUrging(_ granted: Granted, _ report: inout VerificationReport) {
        func root(_ member: MemberID) -> MemberID {
            var member = member
            while let next = granted.root[member] { member = next }
            return member
        }
        var sums: [MemberID: [SaidKey: (counted: Int64, said: Int64)]] = [:]
        for (member, mine) in granted.urging {
            for (key, sum) in mine {
                sums[root(member), default: [:]][key, default: (0, 0)].counted += sum.counted
                sums[root(member), default: [:]][key, default: (0, 0)].said += sum.said
            }
        }
        for (member, mine) in sums.sorted(by: { $0.key < $1.key }) {
            for (key, sum) in mine.sorted(by: { $0.key.day < $1.key.day }) where sum.counted > sum.said {
                report.add(
                    Difference(
                        kind: .urging, member: member, subject: key.code, stored: sum.counted, recomputed: sum.said))
            }
        }
    }
}

extension Verifier.Page {
    /// What is told of a wish besides that it came in reach.
    private static let restock = "back-in-stock"

    /// Only of members who were urged, and of records that others took over: theirs may be counted there.
    mutating func readSaid(_ connection: any Connection) throws {
        let keys = members.filter { member in
            member.mergedInto != nil || counters[member.id]?.contains { $0.name == PressureCounters.said } ?? false
        }.map { SQLValue.id($0.id.value) }
        guard !keys.isEmpty else { return }
        let codes = Set(Urging.Kind.allCases.map(\.code) + [Self.restock]).sorted().map { "'\($0)'" }
            .joined(separator: ", ")
        for row in try connection.query(
            """
            SELECT member_id, day, subject, count(*) FROM explanation
            WHERE member_id IN (?*) AND kind = 'notice' AND subject IN (\(codes)) GROUP BY member_id, day, subject
            """, keys: keys)
        {
            let subject = try row.text(2)
            let key = Verifier.SaidKey(
                day: Int32(clamping: try row.int(1)), code: subject == Self.restock ? Urging.Kind.wish.code : subject)
            said[try row.member(0), default: [:]][key, default: 0] += try row.int(3)
        }
    }
}

extension Urging.Kind {
    /// The subject of its notice.
    var code: String {
        switch self {
        case .tier: TierStatus.Move.Kind.willEnd.rawValue
        case .expiry: MemberState.NoticeCode.expiringSoon
        case .offer: "offer-opened"
        case .wish: "in-reach"
        case .challenge, .streak, .nudge: "nudge"
        }
    }

    /// Of a place in marks; empty for none.
    static func code(of slot: Int32) -> String {
        allCases.indices.contains(Int(slot)) ? allCases[Int(slot)].code : ""
    }
}
