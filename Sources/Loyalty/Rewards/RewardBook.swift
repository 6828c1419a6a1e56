public import Primitives

/// A reward, or one of its slots: what can run out.
public struct RewardPlace: Sendable, Hashable, Comparable {
    public var reward: String
    /// Empty for the reward itself.
    public var slot: String

    public init(_ reward: String, slot: String = "") {
        self.reward = reward
        self.slot = slot
    }

    public static func < (left: RewardPlace, right: RewardPlace) -> Bool {
        (left.reward, left.slot) < (right.reward, right.slot)
    }
}

/// A member's place in a waiting list.
public struct WaitingPlace: Sendable, Hashable {
    public var member: MemberID
    /// Its number in the list; lower ones came earlier.
    public var number: Int64
    public var quantity: Int64
    /// The day it was taken, in the programme's time zone.
    public var day: Int32
    /// Until when what came free is set aside; `nil` while nothing is.
    public var offeredUntil: Instant?

    public init(member: MemberID, number: Int64, quantity: Int64, day: Int32, offeredUntil: Instant? = nil) {
        self.member = member
        self.number = number
        self.quantity = quantity
        self.day = day
        self.offeredUntil = offeredUntil
    }
}

/// Where a code of a pool is.
public enum CodeState: Int64, Sendable, Hashable, CaseIterable {
    case free = 0
    /// Set aside for an open redemption; nobody has seen it.
    case reserved = 1
    /// Shown to a member: it is never given again.
    case given = 2
}

/// What one redemption can draw on, as seen by one member.
public struct RewardShelf: Sendable, Hashable {
    /// How many are left for anybody; `nil` for no end.
    public var left: Int64?
    /// How many are set aside for this member by the waiting list.
    public var offered: Int64
    /// The code that the redemption would get.
    public var code: ID128?

    public init(left: Int64? = nil, offered: Int64 = 0, code: ID128? = nil) {
        self.left = left
        self.offered = offered
        self.code = code
    }

    /// How many this member could have now; `nil` for no end.
    public var available: Int64? { left.map { max($0, 0) + offered } }
}

/// What all members of a programme share in its rewards: stock, seats, codes, waiting lists, gifts to causes. One value,
/// owned by the programme's one writer, so that nothing is given twice; the store checks the same sums when it commits.
public struct RewardBook: Sendable {
    /// What changed since the last commit, in the form that the store writes.
    public struct Changes: Sendable {
        public var taken: [RewardPlace: Int64] = [:]
        public var codes: [CodeKey: CodeChange] = [:]
        /// `nil` is a place that is no more.
        public var waiting: [WaitingKey: WaitingPlace?] = [:]
        /// The last number that a list gave out.
        public var numbers: [RewardPlace: Int64] = [:]
        public var donations: Set<String> = []
        /// Offers that were made or withdrawn, for what members are told.
        public var offers: [(place: RewardPlace, waiting: WaitingPlace, isMade: Bool)] = []

        public init() {}
        public var isEmpty: Bool { taken.isEmpty && codes.isEmpty && waiting.isEmpty && donations.isEmpty }
    }

    public struct CodeKey: Sendable, Hashable {
        public var reward: String
        public var code: ID128
    }

    public struct CodeChange: Sendable, Hashable {
        public var from: CodeState
        public var to: CodeState
        public var member: MemberID?
        public var hold: ID128?
    }

    public struct WaitingKey: Sendable, Hashable {
        public var place: RewardPlace
        public var member: MemberID
    }

    /// How many are taken, offers included, of everything that is counted: what once had an end is counted for good.
    public private(set) var taken: [RewardPlace: Int64]
    /// Free codes by reward.
    public private(set) var freeCodes: [String: Int64]
    private var nextCodes: [String: [ID128]] = [:]
    /// By place, in order.
    public private(set) var waiting: [RewardPlace: [WaitingPlace]]
    /// The last number that each list gave out: none is given twice.
    public private(set) var numbers: [RewardPlace: Int64]
    public private(set) var donations: [String: DonationTotal]
    /// What staff added to the programme's stock, less what they took.
    public private(set) var supply: [String: Int64]
    public private(set) var changes = Changes()
    /// Whether something may have come free that somebody waits for.
    public private(set) var mayOffer = true

    public init(
        taken: [RewardPlace: Int64] = [:], freeCodes: [String: Int64] = [:],
        waiting: [RewardPlace: [WaitingPlace]] = [:], numbers: [RewardPlace: Int64] = [:],
        donations: [String: DonationTotal] = [:], supply: [String: Int64] = [:]
    ) {
        self.taken = taken
        self.freeCodes = freeCodes
        self.waiting = waiting
        self.numbers = numbers
        self.donations = donations
        self.supply = supply
    }

    // MARK: What is there

    /// How many there are of a reward or one of its slots, taken ones included; `nil` for no end. Staff change the stock of
    /// a reward, never that of a slot: the seats of a room are the programme's.
    public func capacity(_ reward: Reward, slot: String = "") -> Int64? {
        let declared = reward.capacity(slot: slot)
        return slot.isEmpty ? declared.map { max(0, $0 + supply[reward.id, default: 0]) } : declared
    }

    /// How many are left of a reward, all its slots from a day on together; `nil` for no end.
    public func leftInAll(_ reward: Reward, from day: Int32) -> Int64? {
        guard reward.slots != nil else { return left(reward) }
        return reward.allSlots.filter { $0.day >= day }.reduce(0) { $0 + max(0, left(reward, slot: $1.id) ?? 0) }
    }

    /// What a member's redemption can draw on at best: of slots, the one with the most places left.
    public func bestShelf(_ reward: Reward, from day: Int32, for member: MemberID, at now: Instant) -> RewardShelf {
        let slots = reward.allSlots.filter { $0.day >= day }
        guard !slots.isEmpty else { return shelf(reward, slot: "", for: member, at: now) }
        return slots.map { shelf(reward, slot: $0.id, for: member, at: now) }
            .max { ($0.available ?? .max) < ($1.available ?? .max) } ?? RewardShelf()
    }

    /// How many are left of a reward or slot for anybody; `nil` for no end.
    public func left(_ reward: Reward, slot: String = "") -> Int64? {
        var left = capacity(reward, slot: slot).map { $0 - taken[RewardPlace(reward.id, slot: slot), default: 0] }
        if reward.codes != nil {
            // What is offered to somebody who waits takes a code with it, though nobody knows yet which.
            let offered = waiting[RewardPlace(reward.id, slot: slot), default: []].reduce(Int64(0)) {
                $1.offeredUntil == nil ? $0 : $0 + $1.quantity
            }
            let codes = freeCodes[reward.id, default: 0] - offered
            left = left.map { min($0, codes) } ?? codes
        }
        return left
    }

    /// What a member's redemption can draw on.
    public func shelf(_ reward: Reward, slot: String, for member: MemberID, at now: Instant) -> RewardShelf {
        RewardShelf(
            left: left(reward, slot: slot),
            offered: offer(to: member, RewardPlace(reward.id, slot: slot), at: now)?.quantity ?? 0,
            code: nextCodes[reward.id]?.last)
    }

    /// The offer that a member has, if it still stands.
    public func offer(to member: MemberID, _ place: RewardPlace, at now: Instant) -> WaitingPlace? {
        waiting[place]?.first { $0.member == member && ($0.offeredUntil.map { $0 > now } ?? false) }
    }

    /// Codes that the store found free, for redemptions to come.
    public mutating func stock(_ codes: [ID128], of reward: String) { nextCodes[reward] = codes }

    // MARK: Taking and giving back

    /// A redemption takes its share; an offer of the waiting list is used up by it.
    public mutating func take(_ record: RedemptionRecord, of reward: Reward, by member: MemberID, at now: Instant) {
        let place = RewardPlace(reward.id, slot: record.slot)
        // An offer whose time is over holds its seats until the list is tended: it gives them back too.
        leave(place, member)
        change(place, by: record.quantity, counts: capacity(reward, slot: record.slot) != nil)
        if let code = record.code {
            nextCodes[reward.id]?.removeAll { $0 == code }
            set(code, of: reward.id, from: .free, to: .reserved, member: member, hold: record.id)
        }
    }

    /// What an ended redemption gives back.
    ///
    /// - Parameter wasSeen: whether it was confirmed before, so that its code is known to the member.
    public mutating func giveBack(_ record: RedemptionRecord, wasSeen: Bool = false) {
        change(RewardPlace(record.reward, slot: record.slot), by: -record.quantity, counts: false)
        mayOffer = true
        if let code = record.code, !wasSeen {
            set(code, of: record.reward, from: .reserved, to: .free, member: nil, hold: nil)
            nextCodes[record.reward, default: []].append(code)
        }
    }

    /// A confirmed redemption shows its code.
    public mutating func confirm(_ record: RedemptionRecord, of member: MemberID) {
        guard let code = record.code else { return }
        set(code, of: record.reward, from: .reserved, to: .given, member: member, hold: record.id)
    }

    /// A gift to a cause.
    public mutating func donate(_ amount: Int64, quantity: Int64, to reward: String, isNewDonor: Bool) {
        donations[reward, default: DonationTotal()].add(amount, quantity: quantity, isNewDonor: isNewDonor)
        changes.donations.insert(reward)
    }

    /// The round in which a gift counts now.
    public func round(of reward: String) -> Int64 { donations[reward]?.round ?? 0 }

    private mutating func change(_ place: RewardPlace, by amount: Int64, counts: Bool) {
        guard counts || taken[place] != nil, amount != 0 else { return }
        taken[place, default: 0] += amount
        changes.taken[place, default: 0] += amount
    }

    private mutating func set(
        _ code: ID128, of reward: String, from: CodeState, to: CodeState, member: MemberID?, hold: ID128?
    ) {
        let key = CodeKey(reward: reward, code: code)
        let earlier = changes.codes[key]?.from
        changes.codes[key] = CodeChange(from: earlier ?? from, to: to, member: member, hold: hold)
        if from == .free { freeCodes[reward, default: 0] -= 1 }
        if to == .free { freeCodes[reward, default: 0] += 1 }
    }

    // MARK: Waiting

    /// Takes a place at the end of a list; whoever waits already keeps their place.
    ///
    /// - Returns: how many wait before, or `nil` if the list is full.
    public mutating func join(
        _ place: RewardPlace, _ member: MemberID, quantity: Int64, day: Int32, most: Int64
    ) -> Int? {
        let list = waiting[place, default: []]
        if let index = list.firstIndex(where: { $0.member == member }) { return index }
        guard Int64(list.count) < most else { return nil }
        let number = numbers[place, default: 0] + 1
        numbers[place] = number
        changes.numbers[place] = number
        let entry = WaitingPlace(member: member, number: number, quantity: quantity, day: day)
        waiting[place] = list + [entry]
        changes.waiting[WaitingKey(place: place, member: member)] = .some(entry)
        mayOffer = true
        return list.count
    }

    /// Gives a place up; an offer goes to the next.
    public mutating func leave(_ place: RewardPlace, _ member: MemberID) {
        guard let entry = waiting[place]?.first(where: { $0.member == member }) else { return }
        if entry.offeredUntil != nil { change(place, by: -entry.quantity, counts: false) }
        remove(member, from: place)
        mayOffer = true
    }

    private mutating func remove(_ member: MemberID, from place: RewardPlace) {
        waiting[place]?.removeAll { $0.member == member }
        changes.waiting[WaitingKey(place: place, member: member)] = .some(nil)
    }

    /// Two members turned out to be one: the earlier place counts.
    public mutating func merge(_ other: MemberID, into member: MemberID) {
        for place in waiting.keys.sorted() {
            guard let theirs = waiting[place]?.first(where: { $0.member == other }) else { continue }
            if let mine = waiting[place]?.first(where: { $0.member == member }) {
                leave(place, mine.number < theirs.number ? other : member)
                if mine.number < theirs.number { continue }
            }
            var moved = theirs
            moved.member = member
            remove(other, from: place)
            var list = waiting[place, default: []]
            list.insert(moved, at: list.firstIndex { $0.number > moved.number } ?? list.endIndex)
            waiting[place] = list
            changes.waiting[WaitingKey(place: place, member: member)] = .some(moved)
        }
    }

    /// Ends offers whose time is over and offers what is free to the first whom it suits, so that no seat stays empty
    /// while somebody waits who fits it. Pure: the same book, programme and time give the same offers.
    ///
    /// - Parameter until: how long an offer of a length stands that is made now.
    public mutating func offer(
        _ rewards: [String: Reward], at now: Instant, until: (DurationSpan) -> Instant
    ) {
        mayOffer = false
        for place in waiting.keys.sorted() {
            guard let list = waiting[place], !list.isEmpty else { continue }
            for entry in list where entry.offeredUntil.map({ $0 <= now }) ?? false {
                leave(place, entry.member)
                changes.offers.append((place, entry, false))
            }
            guard let reward = rewards[place.reward], let terms = reward.waitingList, !reward.isWithdrawn,
                var free = left(reward, slot: place.slot)
            else { continue }
            for var entry in waiting[place] ?? [] where entry.offeredUntil == nil && entry.quantity <= free {
                entry.offeredUntil = until(terms.offer)
                free -= entry.quantity
                change(place, by: entry.quantity, counts: true)
                if let index = waiting[place]?.firstIndex(where: { $0.member == entry.member }) {
                    waiting[place]?[index] = entry
                }
                changes.waiting[WaitingKey(place: place, member: entry.member)] = .some(entry)
                changes.offers.append((place, entry, true))
            }
        }
        mayOffer = false
    }

    public mutating func commit() { changes = Changes() }
}

extension Reward {
    /// How many there are of it, or of one of its slots; `nil` for no end.
    public func capacity(slot: String) -> Int64? {
        guard slots != nil else { return stock }
        return allSlots.first { $0.id == slot }?.capacity ?? 0
    }
}
