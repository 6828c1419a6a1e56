internal import Primitives

extension DocumentTree {
    static func team(_ terms: TeamTerms) -> DocumentTree {
        guard terms != TeamTerms(wallet: terms.wallet) else { return .text(terms.wallet) }
        return .mapping(
            ("wallet", .text(terms.wallet)),
            ("gives", terms.gives == .contributors ? nil : .raw(terms.gives.rawValue)),
            ("at-least", terms.least == 1 ? nil : .raw(String(terms.least))),
            ("minimum", terms.minimum == TeamTerms.standardMinimum ? nil : .raw(String(terms.minimum))))
    }

    static func cohort(_ cohort: BoardCohort) -> DocumentTree {
        switch cohort {
        case .tier: .raw("tier")
        case .joinMonth: .raw("join-month")
        case .trait(let name, let values):
            .mapping(("trait", .text(name)), ("values", .list(values.map { .text($0) })))
        }
    }

    static func prize(_ prize: BoardPrize) -> DocumentTree {
        var (places, share): (DocumentTree?, DocumentTree?) = (nil, nil)
        switch prize.reach {
        case .places(let most): places = .raw(String(most))
        case .share(let basisPoints): share = .raw(Self.share(basisPoints))
        }
        return .mapping(("places", places), ("share", share), ("reward", .list(prize.reward.map { effect($0) })))
    }
}
