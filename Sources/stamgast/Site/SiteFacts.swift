import CEL
import Site

/// Reads the stored proof of a condition as facts that a member understands: what it was, what was needed, whether that
/// held.
struct SiteFacts {
    let language: PageLanguage

    func facts(in proof: [UInt8]) -> [Fact] {
        guard !proof.isEmpty, let root = Proof(json: String(decoding: proof, as: UTF8.self)) else { return [] }
        var facts: [Fact] = []
        collect(root, into: &facts)
        var seen: Set<Fact> = []
        return facts.filter { seen.insert($0).inserted }
    }

    /// The longest operators first, so that `>=` is not read as `>`.
    private static let operators = [">=", "<=", "==", "!=", ">", "<"]

    private func collect(_ node: Proof, into facts: inout [Fact]) {
        guard facts.count < 12 else { return }
        if let fact = comparison(node) {
            facts.append(fact)
            return
        }
        for child in node.children { collect(child, into: &facts) }
    }

    /// `event.share >= 0.7`, with the value that `event.share` had.
    private func comparison(_ node: Proof) -> Fact? {
        guard case .value(.bool(let holds)) = node.result else { return nil }
        for symbol in Self.operators {
            guard let place = node.text.firstRange(of: " \(symbol) ") else { continue }
            let left = String(node.text[..<place.lowerBound])
            let right = String(node.text[place.upperBound...])
            guard isPath(left), let child = node.children.first(where: { $0.text == left }) else { return nil }
            let name = String(left.split(separator: ".").last ?? "")
            let shown: Fact.Value? =
                switch child.result {
                case .value(let value): self.value(value, name)
                // Below the level `personal` only what came of it is kept.
                case .withheld: .text(notKept)
                default: nil
                }
            guard let shown, let wanted = literal(right, name) else { return nil }
            let need: Fact.Need =
                switch symbol {
                case ">=": .atLeast(wanted)
                case "<=": .atMost(wanted)
                case ">": .moreThan(wanted)
                case "<": .lessThan(wanted)
                case "!=": .unequal(wanted)
                default: .equal(wanted)
                }
            return Fact(label: label(name), value: shown, need: need, holds: holds)
        }
        return nil
    }

    private var notKept: Wording {
        switch language {
        case .nl: Wording("niet bewaard", .nl)
        case .en: Wording("not kept", .en)
        case .ja: Wording("保存していません", .ja)
        }
    }

    private func isPath(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "_")
            }
    }

    private func value(_ value: Value, _ name: String) -> Fact.Value? {
        switch value {
        case .bool(let flag): .yesNo(flag)
        case .int(let number): name == "seconds" ? .seconds(number) : .count(number)
        case .uint(let number): .count(Int64(clamping: number))
        case .double(let number):
            name == "seconds" ? .seconds(Int64(number)) : (0...1).contains(number) ? .share(number) : nil
        case .string(let text): .text(Wording(text, ""))
        default: nil
        }
    }

    private func literal(_ text: String, _ name: String) -> Fact.Value? {
        if text == "true" || text == "false" { return .yesNo(text == "true") }
        if let number = Int64(text) { return name == "seconds" ? .seconds(number) : .count(number) }
        if let number = Double(text) { return value(.double(number), name) }
        if text.count >= 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote {
            return .text(Wording(String(text.dropFirst().dropLast()), ""))
        }
        return nil
    }

    private func label(_ name: String) -> Wording {
        let words: (nl: String, en: String, ja: String)? =
            switch name {
            case "share": ("Gelezen, gekeken of geluisterd", "Read, watched or heard", "読んだ・見た・聴いた割合")
            case "seconds": ("Tijd", "Time", "時間")
            case "tier": ("Status", "Status", "ステータス")
            case "months": ("Maanden", "Months", "月数")
            case "plan": ("Abonnement", "Plan", "プラン")
            default: nil
            }
        guard let words else { return Wording(name.replacing("_", with: " "), "") }
        return switch language {
        case .nl: Wording(words.nl, .nl)
        case .en: Wording(words.en, .en)
        case .ja: Wording(words.ja, .ja)
        }
    }
}
