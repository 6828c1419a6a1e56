/// What a form shows of one entry of a document, and how what is filled in gets back into its text.
///
/// A form knows some fields; whatever it does not know stays in the text as it is. Fields whose value in the text says
/// more than a form can are not offered.
public struct EntryForm: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case rule, challenge, reward, tier
        /// A text of the programme, in its languages: each stands in a file of its own.
        case text

        /// The file of a new entry; `nil` for entries of the file of the programme itself.
        public func path(of id: String) -> String? {
            self == .tier || self == .text ? nil : "\(rawValue)s/\(id).yaml"
        }

        public init?(path: String) {
            let files: [Self] = [.rule, .challenge, .reward]
            guard let kind = files.first(where: { path.hasPrefix("\($0.rawValue)s/") }) else { return nil }
            self = kind
        }
    }

    public struct Field: Sendable, Hashable {
        /// Such as `trigger`, `why.nl`, `limit`.
        public var name: String
        public var value: String
        /// Where it stands; empty where nothing does.
        public var keys: [String]
    }

    public var kind: Kind
    public var fields: [Field]

    /// The values by the names of their fields.
    public var values: [String: String] { Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first } }

    /// - Parameters:
    ///   - id: of a tier.
    ///   - languages: those of the programme.
    public init(_ kind: Kind, id: String, in editor: DocumentEditor, languages: [Language]) {
        self.kind = kind
        fields = []
        let root = Self.root(kind, id)
        let layout = EntryLayout(kind, root, editor, languages)
        for slot in layout.slots where slot.isWhole || !editor.isRich(slot.keys) {
            fields.append(Field(name: slot.name, value: slot.value(in: editor), keys: slot.keys))
        }
    }

    private static func root(_ kind: Kind, _ id: String) -> [String] {
        kind == .tier ? ["tiers", "levels", id] : []
    }

    /// Writes what differs from what stands there.
    ///
    /// - Parameter values: by the names of fields; others are left alone.
    /// - Returns: the name of a field that cannot be written by a form, `nil` if all were.
    public static func write(
        _ values: [String: String], _ kind: Kind, id: String, into editor: inout DocumentEditor, languages: [Language]
    ) -> String? {
        let root = root(kind, id)
        let form = EntryForm(kind, id: id, in: editor, languages: languages)
        let known = form.values
        let changed = values.filter { name, value in known[name].map { $0 != value } ?? false }
        var done: Set<String> = []
        for field in form.fields where changed[field.name] != nil && !done.contains(field.name) {
            // Earlier changes may have moved what stands in lists.
            let layout = EntryLayout(kind, root, editor, languages)
            guard let slot = layout.slots.first(where: { $0.name == field.name }) else { return field.name }
            var all = known
            for (name, value) in changed { all[name] = value }
            guard slot.write(all, into: &editor, order: layout.order) else { return field.name }
            done.formUnion(slot.together)
        }
        return nil
    }

    /// The text of a new entry, before a form fills it.
    public static func blank(_ kind: Kind, id: String, event: String, unit: String) -> String {
        switch kind {
        case .rule: "rule: \(id)\ntrigger: \(event)\nthen:\n  - award: { amount: 10, unit: \(unit) }\n"
        case .challenge: "challenge: \(id)\ncount: \(event)\ntarget: 5\nevery: week\n"
        case .reward: "reward: \(id)\nkind: digital\nprice: { amount: 100, unit: \(unit) }\n"
        case .tier, .text: ""
        }
    }
}

/// Which field of a form stands where.
struct EntryLayout {
    struct Slot {
        enum Shape {
            case word, text, expression
            /// There or not: `true` where it is.
            case flag
            /// One language of a text.
            case language(Language)
            /// A part of the first award of a list of effects.
            case award(list: [String], part: String)
            /// A part of the first limit per member.
            case limit(part: String)
        }

        var name: String
        var keys: [String]
        var shape: Shape

        /// Whether the form takes it apart, so that it may be a mapping, or nothing stands there yet.
        var isWhole: Bool {
            if case .limit = shape { return true }
            return keys.isEmpty
        }

        /// The fields that are written with it.
        var together: Set<String> {
            switch shape {
            case .limit: ["limit", "limit-number", "limit-period"]
            case .award: ["amount", "unit"]
            default: [name]
            }
        }

        func value(in editor: DocumentEditor) -> String {
            switch shape {
            case .limit(let part):
                guard !keys.isEmpty else { return part == "kind" ? "none" : part == "period" ? "day" : "" }
                let isAmount = editor.exists(keys + ["amount"])
                switch part {
                case "kind": return isAmount ? "amount" : "times"
                case "number": return editor[keys + [isAmount ? "amount" : "times"]] ?? ""
                default: return editor[keys + ["period"]] ?? "day"
                }
            case .expression, .award: return editor[keys]?.strippedOfFinalNewlines ?? ""
            case .flag: return editor[keys] == "true" ? "yes" : ""
            default: return editor[keys] ?? ""
            }
        }

        func write(_ values: [String: String], into editor: inout DocumentEditor, order: [String]) -> Bool {
            let value = values[name] ?? ""
            switch shape {
            case .word: return editor.set(keys, to: value.isEmpty ? nil : .word(value), order: order)
            case .text: return editor.set(keys, to: value.isEmpty ? nil : .text(value), order: order)
            case .expression: return editor.set(keys, to: value.isEmpty ? nil : .expression(value), order: order)
            case .flag: return editor.set(keys, to: value.isEmpty ? nil : .word("true"), order: order)
            case .language:
                // One text for all languages gives way to one for each.
                let whole = Array(keys.dropLast())
                if let only = editor[whole], !only.isEmpty, !editor.set(whole, to: nil, order: order) { return false }
                return editor.set(keys, to: value.isEmpty ? nil : .text(value), order: order)
            case .award(let list, _): return writeAward(values, list, into: &editor, order)
            case .limit: return writeLimit(values, into: &editor, order)
            }
        }

        private func writeAward(
            _ values: [String: String], _ list: [String], into editor: inout DocumentEditor, _ order: [String]
        ) -> Bool {
            let (amount, unit) = (values["amount"] ?? "", values["unit"] ?? "")
            if keys.isEmpty {
                guard !amount.isEmpty, !unit.isEmpty else { return amount.isEmpty }
                let place = list + [String(editor.count(list) ?? 0)]
                let written =
                    "{ award: { amount: \(DocumentWriter.inline(expression: amount)), unit: "
                    + DocumentWriter.scalar(unit, inFlow: true) + " } }"
                return editor.set(place, to: .flow(written), order: order)
            }
            let award = Array(keys.dropLast())
            if amount.isEmpty { return editor.set(Array(award.dropLast()), to: nil, order: order) }
            let former = (editor[award + ["amount"]]?.strippedOfFinalNewlines, editor[award + ["unit"]])
            return editor.set(award + ["amount"], to: .expression(amount), order: order)
                && editor.set(award + ["unit"], to: .word(unit), order: order)
                && Self.follow(former, amount, unit, into: &editor, order)
        }

        /// Examples of a rule say what it gives, and are run with every check: those that gave what the award was give
        /// what it is now.
        private static func follow(
            _ former: (amount: String?, unit: String?), _ amount: String, _ unit: String,
            into editor: inout DocumentEditor, _ order: [String]
        ) -> Bool {
            guard let number = former.amount, Int64(number) != nil, Int64(amount) != nil else { return true }
            for index in 0..<(editor.count(["examples"]) ?? 0) {
                let gives = ["examples", String(index), "gives"]
                let places = editor.count(gives).map { count in (0..<count).map { gives + [String($0)] } } ?? [gives]
                for place in places
                where editor[place + ["amount"]] == number && editor[place + ["unit"]] == former.unit {
                    guard editor.set(place + ["amount"], to: .word(amount), order: order),
                        editor.set(place + ["unit"], to: .word(unit), order: order)
                    else { return false }
                }
            }
            return true
        }

        private func writeLimit(
            _ values: [String: String], into editor: inout DocumentEditor, _ order: [String]
        ) -> Bool {
            let (kind, number) = (values["limit"] ?? "none", values["limit-number"] ?? "")
            let period = values["limit-period"] ?? "day"
            guard kind != "none" else { return keys.isEmpty || editor.set(keys, to: nil, order: order) }
            let written =
                "{ per: member, period: \(DocumentWriter.scalar(period, inFlow: true)), "
                + "\(kind == "times" ? "times" : "amount"): \(DocumentWriter.inline(expression: number)) }"
            let place = keys.isEmpty ? ["limits", String(editor.count(["limits"]) ?? 0)] : keys
            return editor.set(place, to: .flow(written), order: order)
        }
    }

    var slots: [Slot]
    /// How the keys of such a file usually stand.
    var order: [String]

    init(_ kind: EntryForm.Kind, _ root: [String], _ editor: DocumentEditor, _ languages: [Language]) {
        slots = []
        order = []
        func localized(_ key: String) -> [Slot] {
            languages.map {
                Slot(name: "\(key).\($0.rawValue)", keys: root + [key, $0.rawValue], shape: .language($0))
            }
        }
        func slot(_ name: String, _ keys: [String], _ shape: Slot.Shape) -> Slot {
            Slot(name: name, keys: root + keys, shape: shape)
        }
        func award(_ list: String) -> [Slot] {
            let count = editor.count([list]) ?? 0
            let index = (0..<count).first { editor.isRich([list, String($0), "award"]) }
            return ["amount", "unit"].map { part in
                Slot(
                    name: part, keys: index.map { [list, String($0), "award", part] } ?? [],
                    shape: .award(list: [list], part: part))
            }
        }
        switch kind {
        case .rule:
            order = ["rule", "trigger", "when", "then", "limits", "cooldown", "valid", "priority", "why"]
            slots = localized("why") + [slot("trigger", ["trigger"], .word), slot("when", ["when"], .expression)]
            slots += award("then")
            let count = editor.count(["limits"]) ?? 0
            let index = (0..<count).first { editor[["limits", String($0), "per"]] == "member" }
            slots += [("limit", "kind"), ("limit-number", "number"), ("limit-period", "period")].map { name, part in
                Slot(name: name, keys: index.map { ["limits", String($0)] } ?? [], shape: .limit(part: part))
            }
            slots += [slot("from", ["valid", "from"], .word), slot("until", ["valid", "until"], .word)]
        case .challenge:
            order = ["challenge", "name", "count", "when", "target", "every", "join", "reward", "why"]
            slots = localized("name") + localized("why")
            // A challenge of steps counts in each of them.
            if !editor.exists(["steps"]) {
                slots += [slot("count", ["count"], .word), slot("when", ["when"], .expression)]
                if !editor.exists(["tiers"]) { slots.append(slot("target", ["target"], .word)) }
            }
            slots += [slot("every", ["every"], .word), slot("join", ["join"], .word)]
            if !editor.exists(["tiers"]) { slots += award("reward") }
        case .reward:
            order = ["reward", "kind", "name", "text", "price", "stock", "per-member", "when", "valid", "withdrawn"]
            slots = localized("name") + localized("text") + [slot("kind", ["kind"], .word)]
            if !editor.exists(["prices"]) {
                slots += [slot("price", ["price", "amount"], .word), slot("price-unit", ["price", "unit"], .word)]
            }
            slots += [
                slot("stock", ["stock"], .word), slot("per-member", ["per-member"], .word),
                slot("when", ["when"], .expression), slot("from", ["valid", "from"], .word),
                slot("until", ["valid", "until"], .word), slot("withdrawn", ["withdrawn"], .flag),
            ]
        case .tier:
            slots = localized("name")
            if !editor.exists(root + ["invited"]) { slots.append(slot("at", ["at"], .word)) }
        case .text: break
        }
    }
}

extension DocumentWriter {
    /// An amount or a condition inside a mapping on one line.
    fileprivate static func inline(expression text: String) -> String {
        let isNumber = !text.isEmpty && text.utf8.allSatisfy(DocumentNode.Scalar.isDigit)
        return isNumber ? text : scalar(text, inFlow: true)
    }
}
