import Crypto

extension Raffle {
    /// What of the raffle follows for those who take part, as a hash: all but its names and its reason. It is published with
    /// the commitment, and what has another hash is another raffle.
    public var terms: [UInt8] {
        var terms = self
        terms.name = LocalizedText([:])
        terms.why = LocalizedText([:])
        for index in terms.prizes.indices { terms.prizes[index].name = LocalizedText([:]) }
        let text = DocumentTree.raffle(terms, Language.allCases).leaves.map { "\($0.path): \($0.text)\n" }.joined()
        return Array(SHA256.hash(data: Array(text.utf8)))
    }
}

extension LiveChange {
    /// Raffles whose terms change, or that go.
    static func raffles(_ old: Programme, _ new: Programme) -> [LiveChange] {
        old.raffles.compactMap { before in
            let after = new.raffles.first { $0.id == before.id }
            guard after?.terms != before.terms else { return nil }
            let what = after == nil ? "The raffle goes." : "Its terms change."
            return LiveChange(
                thing: "raffle", id: before.id, choices: [.restart],
                says: what + " Before its first day it is committed to anew, and the earlier commitment stays "
                    + "published. From its first day until it is drawn this is refused: people take part in what was "
                    + "announced.")
        }
    }
}
