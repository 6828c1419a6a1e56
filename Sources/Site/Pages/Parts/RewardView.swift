/// A reward with its price and whether it can be had.
struct RewardView: Sendable, Equatable {
    var title: WordingView
    var summary: WordingView?
    var picture: String?
    var initial: String
    var tint: String
    var giver: FaceView?
    var from: String?
    var price: String
    /// Where it can be redeemed; `nil` while it cannot.
    var href: String?
    /// Why it cannot.
    var obstacle: String?
    var left: String?

    init(_ offer: RewardOffer, texts: Texts) {
        title = WordingView(offer.title, on: texts.language)
        summary = offer.summary.map { WordingView($0, on: texts.language) }
        picture = offer.picture?.address
        initial = offer.title.text.first.map { String($0).uppercased() } ?? "·"
        tint = Tint.of(offer.id)
        giver = offer.giver.map { FaceView($0, on: texts.language) }
        from = offer.giver.map { texts.member.rewardFrom($0.name) }
        price = texts.amount(offer.price)
        href =
            offer.availability == .available
            ? WebLink(path: ["m", "rewards", offer.id]).address + (offer.seal.map { "?from=" + $0 } ?? "") : nil
        obstacle = texts.obstacle(offer.availability, unit: offer.price.unit)
        left = offer.left.map { texts.member.rewardLeft($0, texts.number($0)) }
    }
}

extension Texts {
    func obstacle(_ availability: RewardOffer.Availability, unit: PointUnit) -> String? {
        switch availability {
        case .available: nil
        case .short(let missing): member.rewardShort(amount(missing, unit))
        case .outOfStock: member.rewardOut
        case .closed: member.rewardClosed
        }
    }
}
