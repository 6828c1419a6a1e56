internal import Primitives

/// `terms` and `tiers` of an award: what it says otherwise than its rule and unit.
extension DocumentParser {
    /// `nil` where it says nothing of its own.
    func awardTerms(_ award: DocumentSection) -> AwardTerms? {
        var terms = AwardTerms()
        (terms.pending, terms.expires) = ownTerms(award)
        if let tiers = award.section("tiers", what: "'tiers'", keys: []) {
            for entry in tiers.entries {
                guard let tier = reader.word(.scalar(entry.key), "the name of a tier", .thing) else { continue }
                let name = "\(tiers.name).\(tier)"
                reader.remember(name, .scalar(entry.key))
                if let own = awardTier(tier, entry.value, name) { terms.tiers.append(own) }
            }
        }
        return terms == AwardTerms() ? nil : terms
    }

    private func awardTier(_ tier: String, _ node: DocumentNode, _ name: String) -> AwardTerms.ForTier? {
        let what = "what a tier makes of it"
        guard let section = DocumentSection(reader, node, what: what, name: name, keys: ["multiply", "terms"]) else {
            return nil
        }
        if section.entries.isEmpty {
            reader.report("It says nothing.", at: section.mark, fix: "Add 'multiply: 1.5' or 'terms: …'.")
            return nil
        }
        var own = AwardTerms.ForTier(tier: tier)
        if let node = section.node("multiply") {
            guard let hundredths = factor(node) else { return nil }
            own.hundredths = hundredths
        }
        (own.pending, own.expires) = ownTerms(section)
        return own
    }

    private func ownTerms(_ section: DocumentSection) -> (PendingTerm?, ExpiryTerm?) {
        guard let terms = section.section("terms", what: "'terms'", keys: ["pending", "expires"]) else {
            return (nil, nil)
        }
        return (pending(terms, isUnit: false), expires(terms, isUnit: false))
    }

    /// What an amount is multiplied by: at most two decimals, so that it is exact.
    private func factor(_ node: DocumentNode) -> Int64? {
        guard let number = reader.number(node) else { return nil }
        let (least, most) = (AwardTerms.hundredths.lowerBound, AwardTerms.hundredths.upperBound)
        let hundredths = (number * 100).rounded()
        guard hundredths >= Double(least), hundredths <= Double(most) else {
            reader.report("It multiplies by \(least / 100) to \(most / 100).", at: node.mark)
            return nil
        }
        guard abs(hundredths - number * 100) < 1e-6 else {
            reader.report("It has at most two decimals, as in 1.25.", at: node.mark)
            return nil
        }
        return Int64(hundredths)
    }
}
