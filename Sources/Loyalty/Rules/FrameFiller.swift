import CEL
import Catalogue
import Primitives

/// Puts an event's fields and a member's facts into the slots that conditions read; what no condition reads is not
/// computed.
struct FrameFiller: Sendable {
    private enum MemberFact: Sendable {
        case tier, paused, language, joinedDays, badges, level
        case trait(String)
        case balance(String)
        case streak(Streak, longest: Bool)
        case progress(Challenge)
    }

    private struct ItemSlots: Sendable {
        var field: Int
        var kind, topics, language, id, series, makers: Int?
    }

    private var typeSlot: Int?
    private var timeSlot: Int?
    private var channelSlot: Int?
    private var typeName = ""
    private var fields: [(field: Int, slot: Int)] = []
    private var items: [ItemSlots] = []
    private var members: [(slot: Int, fact: MemberFact)] = []
    /// Slots whose value must not be kept beside a member below the level `personal`: what tells the item or the
    /// behaviour. What the catalogue calls the item's class may stay.
    private(set) var privateSlots: Set<Int> = []

    init(_ declaration: EventType?, layout: FrameLayout, reads: Set<AttributePath>, in programme: Programme) {
        func slot(_ path: String) -> Int? { reads.contains(AttributePath(path)) ? layout.slot(path) : nil }
        if let declaration {
            typeName = declaration.id
            typeSlot = slot("event.type")
            timeSlot = slot("event.time")
            channelSlot = slot("event.channel")
            if let timeSlot { privateSlots.insert(timeSlot) }
            for (index, field) in declaration.fields.enumerated() {
                if field.type == .item {
                    let path = "event." + field.id
                    let found = ItemSlots(
                        field: index, kind: slot(path + ".kind"), topics: slot(path + ".topics"),
                        language: slot(path + ".language"), id: slot(path + ".id"), series: slot(path + ".series"),
                        makers: slot(path + ".makers"))
                    items.append(found)
                    for identity in [found.id, found.series, found.makers] {
                        if let identity { privateSlots.insert(identity) }
                    }
                } else if let found = slot("event." + field.id) {
                    fields.append((index, found))
                    if !field.isClass { privateSlots.insert(found) }
                }
            }
        }
        func member(_ path: String, _ fact: MemberFact) {
            if let found = slot("member." + path) { members.append((found, fact)) }
        }
        member("tier", .tier)
        member("paused", .paused)
        member("language", .language)
        member("joinedDays", .joinedDays)
        member("badges", .badges)
        member("level", .level)
        for trait in programme.traits { member("traits." + trait.id, .trait(trait.id)) }
        for unit in programme.units { member("balance." + unit.id, .balance(unit.id)) }
        for challenge in programme.challenges {
            member("progress." + challenge.id, .progress(challenge))
        }
        for streak in programme.streaks {
            member("streak." + streak.id, .streak(streak, longest: false))
            member("longestStreak." + streak.id, .streak(streak, longest: true))
        }
    }

    func fill(
        _ event: Event, _ state: MemberState, programme: CompiledProgramme, day: Int32, now: Instant,
        into frame: inout Frame
    ) {
        fillEvent(event, into: &frame)
        fillMember(state, programme: programme, day: day, now: now, into: &frame)
    }

    func fillEvent(_ event: Event, into frame: inout Frame) {
        if let typeSlot { frame[typeSlot] = .string(typeName) }
        if let timeSlot, let time = Timestamp(event.at) { frame[timeSlot] = .timestamp(time) }
        if let channelSlot { frame[channelSlot] = .string(event.channel) }
        for (field, slot) in fields { frame[slot] = event.values[field] }
        for slots in items {
            guard let item = event.items[slots.field] else { continue }
            if let slot = slots.kind { frame[slot] = .string(item.kind.rawValue) }
            if let slot = slots.topics { frame[slot] = .list(item.topics.map { .string($0) }) }
            if let slot = slots.language { frame[slot] = .string(item.language?.name ?? "") }
            if let slot = slots.id { frame[slot] = .string(item.id.text) }
            if let slot = slots.series { frame[slot] = .string(item.series?.text ?? "") }
            if let slot = slots.makers { frame[slot] = .list(item.makers.map { .string($0.text) }) }
        }
    }

    func fillMember(
        _ state: MemberState, programme: CompiledProgramme, day: Int32, now: Instant, into frame: inout Frame
    ) {
        for (slot, fact) in members {
            switch fact {
            case .tier: frame[slot] = .string(state.tier(in: programme, today: day))
            case .paused: frame[slot] = .bool(state.profile.isPaused)
            case .language: frame[slot] = .string((state.profile.language ?? .en).rawValue)
            case .joinedDays: frame[slot] = .int(Int64(max(0, day - state.profile.joinedDay)))
            case .badges: frame[slot] = .list(state.badges.keys.sorted().map { .string($0) })
            case .trait(let id): frame[slot] = state.traits[id].flatMap { Value($0) }
            case .balance(let unit): frame[slot] = .int(state.wallet.spendable(unit, at: now) - state.wallet.owed(unit))
            case .streak(let streak, let longest):
                let result = state.streak(streak, programme, today: day)
                frame[slot] = .int(longest ? result.longest : result.current)
            case .level: frame[slot] = .int(Int64(state.level))
            case .progress(let challenge): frame[slot] = .int(state.progress(of: challenge, on: day))
            }
        }
    }
}

extension EventType.Field {
    /// Whether the field tells no more than the class of what was done, so that its value may be kept as a reason.
    var isClass: Bool {
        switch type {
        case .topic, .list(.topic): true
        default: false
        }
    }
}

extension MemberState {
    /// What was ever earned of a unit, less what was taken back; what another record of the same person brought counts.
    public func earned(_ unit: String) -> Int64 {
        -(wallet.balance(unit, .issued) + wallet.balance(unit, .merged))
    }
}

extension Timestamp {
    /// `nil` outside the years 1 to 9999.
    init?(_ instant: Instant) {
        let seconds = instant.seconds
        self.init(seconds: seconds, nanoseconds: Int32(instant.milliseconds - seconds * 1_000) * 1_000_000)
    }
}

extension Value {
    /// A JSON scalar or list as a value of the expression language; `nil` for objects.
    init?(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .int(value)
        case .unsigned(let value): self = .uint(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let values): self = .list(values.compactMap { Value($0) })
        case .object: return nil
        }
    }
}
