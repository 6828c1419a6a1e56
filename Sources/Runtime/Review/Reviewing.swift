public import Loyalty
public import Primitives
import Storage

extension Engine {
    /// Cases, the oldest day first.
    public func reviews(
        _ filter: ReviewFilter, after: QueuedReview.Place? = nil, limit: Int, in programme: ProgrammeID
    ) async throws -> [QueuedReview] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.reviews(filter, after: after, limit: limit, $0) }
    }

    /// Decides all open cases that fit, up to `limit`. Doing it again changes nothing: none of them is open any more.
    ///
    /// - Returns: the cases as they were, and whether there are more.
    public func decideReviews(
        _ filter: ReviewFilter, releases: Bool, limit: Int, in programme: ProgrammeID
    ) async throws -> (decided: [QueuedReview], hasMore: Bool) {
        var filter = filter
        filter.state = .open
        let found = try await reviews(filter, limit: limit + 1, in: programme)
        let decided = Array(found.prefix(limit))
        let now = clock.now()
        let answers = try await submit(
            decided.map {
                Command(
                    programme: programme, member: $0.member,
                    action: .review(.decide(check: $0.found.check, day: $0.found.day, releases: releases)), now: now)
            })
        for answer in answers { _ = try answer.get() }
        // What a referral waited for: it need not wait for its next day as well.
        if let check = host[programme]?.programme.referral?.check {
            let friends = decided.filter { $0.found.check == check }.map(\.member)
            if !friends.isEmpty { try await settleReferrals(of: friends, in: programme) }
        }
        return (decided, found.count > limit)
    }

    /// What waits of one member, the oldest day first; of a record that was taken over, what waits of the one that took it
    /// over.
    public func openReviews(of member: MemberID, in programme: ProgrammeID) async throws -> [ReviewCase] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            let root = try store.successors(of: [member], connection)
            var member = member
            for _ in 0..<8 { member = root[member] ?? member }
            return try store.reviews(ReviewFilter(member: member), limit: 200, connection).map(\.found)
        }
    }

    /// Devices with open cases that several members used on one day.
    public func crowdedDevices(limit: Int, in programme: ProgrammeID) async throws -> [CrowdedDevice] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.crowdedDevices(limit: limit, $0) }
    }
}

extension Keeper {
    /// Opens cases for members who share a device with too many, and forgets devices of days that are over. What is found
    /// is a function of the set of sightings, so it does not matter when, or how often, somebody looks.
    public static func reviewDevices(_ engine: Engine, _ programme: ProgrammeID) async throws {
        guard let compiled = engine.host[programme] else { return }
        let checks = compiled.programme.review.compactMap { check -> (String, Int64)? in
            if case .devices(_, _, let members) = check.kind { return (check.id, members) }
            return nil
        }
        guard !checks.isEmpty else { return }
        let now = engine.clock.now()
        let today = compiled.calendar(offsets: engine.zones).day(of: now)
        let lateness =
            switch compiled.programme.lateness ?? EventReader.standardLateness {
            case .milliseconds(let amount): Int32(clamping: amount / 86_400_000)
            case .days(let days): Int32(clamping: days)
            case .months(let months): Int32(clamping: months * 31)
            }
        let first = today - lateness - 2
        let store = LoyaltyStore(programme: programme)
        for (check, members) in checks {
            var last: [MemberID] = []
            while true {
                let found = try await engine.database.read {
                    try store.sharedDevices(check, members: members, from: first, limit: page, $0)
                }
                // Days whose review is over open no case, and would be found for ever.
                guard !found.isEmpty, found.map(\.member) != last else { break }
                last = found.map(\.member)
                let answers = try await engine.submit(
                    found.map {
                        Command(
                            programme: programme, member: $0.member, action: .review(.raise(check: check, day: $0.day)),
                            now: now)
                    })
                for answer in answers { _ = try answer.get() }
                if found.count < page { break }
            }
        }
        try await engine.database.write { try store.forgetDevices(before: first, $0) }
    }
}
