public import Primitives

/// One value of a trait and where it came from.
struct TraitSetting: Hashable {
    var day: Int32
    /// The event type (or streak) whose checks may set it aside; `nil`: nothing looks at it.
    var by: String?
    /// The effect that set it; `nil` for the value before any rule did.
    var effect: ID128?
    /// `nil`: the member had none.
    var value: JSONValue?
    /// How often the day's events said so.
    var times: Int64 = 1

    fileprivate var json: JSONValue {
        .array([
            .integer(Int64(day)), by.map { .string($0) } ?? .null, effect.map { .string($0.description) } ?? .null,
            value.map { .array([$0]) } ?? .null, .integer(times),
        ])
    }

    init(day: Int32, by: String? = nil, effect: ID128? = nil, value: JSONValue?) {
        self.day = day
        self.by = by
        self.effect = effect
        self.value = value
    }

    fileprivate init?(_ json: JSONValue) {
        guard case .array(let parts) = json, parts.count == 5, case .integer(let day) = parts[0],
            case .integer(let times) = parts[4]
        else { return nil }
        self.init(day: Int32(clamping: day), value: nil)
        self.times = times
        if case .string(let by) = parts[1] { self.by = by }
        if case .string(let effect) = parts[2] { self.effect = ID128(effect) }
        if case .array(let value) = parts[3] { self.value = value.first }
    }
}

/// The latest values that rules gave to traits, so that one can be taken back: by an amendment of its event, or while the
/// case of its day is open. Kept among the traits under a name that no trait can have.
extension MemberState {
    /// The name under which it is kept; the name of a trait has no such sign.
    static let settingsName = "@rules"
    /// The most that are remembered of one trait; what is older has come to stay.
    private static let mostSettings = 12

    /// What the member has by the names of the programme: all but the engine's own notes.
    public var declaredTraits: [String: JSONValue] { traits.filter { $0.key != Self.settingsName } }

    var traitSettings: [String: [TraitSetting]] {
        guard case .object(let object)? = traits[Self.settingsName] else { return [:] }
        var all: [String: [TraitSetting]] = [:]
        for entry in object {
            if case .array(let list) = entry.value { all[entry.key] = list.compactMap { TraitSetting($0) } }
        }
        return all
    }

    private mutating func keep(_ settings: [TraitSetting], of name: String) {
        var all = traitSettings
        all[name] = settings.isEmpty ? nil : settings
        if all.isEmpty {
            traits[Self.settingsName] = nil
        } else {
            traits[Self.settingsName] = .object(
                JSONObject(all.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.map(\.json))) }))
        }
    }

    /// Forgets how a trait came about: somebody has said what it is.
    public mutating func forgetSettings(of name: String) {
        guard traits[Self.settingsName] != nil else { return }
        keep([], of: name)
    }

    /// A rule gives a trait a value.
    ///
    /// - Returns: whether the member's value changed.
    mutating func set(
        _ name: String, to value: JSONValue, by: String?, effect: ID128, day: Int32, _ context: DecisionContext,
        into changes: inout Changes
    ) -> Bool {
        let by = by.flatMap { context.programme.checks(of: $0).isEmpty ? nil : $0 }
        var settings = traitSettings[name] ?? []
        // Said again, with nothing else said in between.
        let alike = settings.reversed().prefix { $0.effect != nil && $0.value == value }.count
        if let index = settings.indices.suffix(alike).last(where: { settings[$0].day == day && settings[$0].by == by })
        {
            settings[index].times += 1
            keep(settings, of: name)
            changes.profileChanged = true
            return false
        }
        if settings.isEmpty {
            if traits[name] == value, by == nil { return false }
            settings = [TraitSetting(day: day, value: traits[name])]
        }
        settings.append(TraitSetting(day: day, by: by, effect: effect, value: value))
        // The oldest are no longer told apart from what was there before them.
        while settings.count > Self.mostSettings {
            if waits(settings[1], context) { settings.remove(at: 1) } else { settings.removeFirst() }
        }
        keep(settings, of: name)
        changes.profileChanged = true
        return settleTrait(name, nil, context, into: &changes)
    }

    /// Takes back what an effect said of a trait; `false` if nothing is remembered of it.
    mutating func unset(
        _ name: String, _ value: JSONValue, by: String, effect: ID128, day: Int32, _ context: DecisionContext,
        into changes: inout Changes
    ) -> Bool {
        var settings = traitSettings[name] ?? []
        let by = context.programme.checks(of: by).isEmpty ? nil : by
        let alike = { (one: TraitSetting) in
            one.effect != nil && one.value == value && one.day == day && one.by == by
        }
        guard let index = settings.firstIndex(where: { $0.effect == effect }) ?? settings.lastIndex(where: alike)
        else { return false }
        settings[index].times -= 1
        if settings[index].times == 0 { settings.remove(at: index) }
        keep(settings, of: name)
        changes.profileChanged = true
        _ = settleTrait(name, settings, context, into: &changes)
        if settings.count == 1 { keep([], of: name) }
        return true
    }

    private func waits(_ setting: TraitSetting, _ context: DecisionContext) -> Bool {
        guard let by = setting.by else { return false }
        let verdict = reviewVerdict(by, day: setting.day, context)
        return verdict.isRefused || verdict.heldUntil != nil
    }

    /// The trait has the latest value that does not wait.
    private mutating func settleTrait(
        _ name: String, _ given: [TraitSetting]? = nil, _ context: DecisionContext, into changes: inout Changes
    ) -> Bool {
        let settings = given ?? traitSettings[name] ?? []
        guard let last = settings.last(where: { !waits($0, context) }), traits[name] != last.value else { return false }
        traits[name] = last.value
        changes.profileChanged = true
        return true
    }

    /// Brings the traits that were given on a day to where its cases want them.
    mutating func applyTraitReviews(
        on day: Int32, at: Instant, _ context: DecisionContext, into changes: inout Changes
    ) {
        for (name, settings) in traitSettings.sorted(by: { $0.key < $1.key })
        where settings.contains(where: { $0.day == day && $0.by != nil }) {
            guard settleTrait(name, settings, context, into: &changes),
                let current = settings.last(where: { !waits($0, context) }), current.day == day,
                let effect = current.effect, let by = current.by
            else { continue }
            let turns = context.programme.checks(of: by).reduce(Int64(0)) { sum, check in
                let marks = counters[ReviewCheck.cases(of: check.id)]?.marks ?? []
                return sum + (marks.first { $0.day == day }?.count ?? 0)
            }
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(from: effect, step: "released", occurrence: turns), kind: .trait,
                    source: "trait/" + name, version: context.programme.version, subject: name, at: at, day: day))
        }
    }

    /// Joins what two records remember: first theirs, so that what this one has stays in force.
    mutating func joinTraits(of other: MemberState) {
        for (trait, value) in other.declaredTraits where traits[trait] == nil {
            traits[trait] = value
            if let settings = other.traitSettings[trait] { keep(settings, of: trait) }
        }
    }
}
