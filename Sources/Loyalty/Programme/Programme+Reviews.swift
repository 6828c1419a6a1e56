/// The checks of a programme, the one of its referral included.
extension Programme {
    /// What holds referrals in which two people look like one, if the programme names no check for it.
    static let referralCheck = "referral"

    /// The checks that the document declares, and the one that its referral has by itself.
    public var allReviews: [ReviewCheck] {
        guard let referral, referral.review == nil, !review.contains(where: { $0.id == Self.referralCheck }) else {
            return review
        }
        let own = ReviewCheck(
            id: Self.referralCheck, kind: .raised,
            why: LocalizedText([
                .nl: "We kijken nog even naar het meenemen van iemand.",
                .en: "We are still looking at how somebody was brought along.",
                .ja: "ご紹介の内容を確認しています。",
            ]))
        return review + [own]
    }
}

extension Referral {
    /// The check that holds it where two people look like one.
    public var check: String { review ?? Programme.referralCheck }
}
