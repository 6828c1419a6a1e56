internal import Loyalty

/// What `GET /v1/widget` answers: finished texts in the language asked for, so that the widget stays small.
struct WidgetAnswer: Encodable, Equatable {
    struct Words: Encodable, Equatable {
        var text: String
        var lang: String

        init(_ wording: Wording) {
            text = wording.text
            lang = wording.language
        }
    }

    struct Earning: Encodable, Equatable {
        var amount: String?
        var why: Words
    }

    struct Challenge: Encodable, Equatable {
        var title: Words
        var progress: String
        /// 0 to 100.
        var ring: Int
    }

    struct Maker: Encodable, Equatable {
        var name: String
        var role: Words?
        var line: Words?
        var portrait: String?
        var page: String?
        var monogram: String
        var follow: Follow?
    }

    /// The button beside the maker: for a reader without a pass it leads to the maker's page on ours.
    struct Follow: Encodable, Equatable {
        var maker: String
        /// `nil` when no member is known.
        var isOn: Bool?
        var on: String
        var off: String
        /// Said when it could not be done.
        var failed: String
        var page: String
    }

    /// A way to our own page, where the reader is signed in with a cookie of ours.
    struct Way: Encodable, Equatable {
        var text: String
        var page: String
    }

    struct Trace: Encodable, Equatable {
        var label: String
        /// What it means while the switch is on, and while it is off.
        var on: String
        var off: String
    }

    var lang: String
    var heading: String
    /// Said when there is nothing to earn.
    var nothing: String
    var earnings: [Earning]
    var challenge: Challenge?
    var maker: Maker?
    /// The balance, or an invitation to sign in.
    var account: String
    var trace: Trace
    var ask: Way
    /// The programme's colours, light and dark, by the names that the style sheet knows.
    var look: [String: String]

    init(_ facts: WidgetFacts, texts: Texts) {
        let words = texts.widget
        lang = texts.language.rawValue
        heading =
            switch facts.kind {
            case .article: words.article
            case .video: words.video
            case .episode: words.episode
            case .event: words.event
            }
        nothing = words.earnsNothing
        earnings = facts.earnings.prefix(3).map { earning in
            Earning(amount: earning.amount.map { words.earns(texts.amount($0)) }, why: Words(earning.why))
        }
        challenge = facts.challenge.map { challenge in
            let view = ChallengeView(challenge, today: facts.today, texts: texts)
            return Challenge(title: Words(challenge.title), progress: view.progress, ring: view.ring)
        }
        maker = facts.maker.map { maker in
            Maker(
                name: maker.name, role: maker.role.map { Words($0) }, line: facts.makerLine.map { Words($0) },
                portrait: maker.portrait?.address, page: maker.page?.address,
                monogram: FaceView.monogram(of: maker.name),
                follow: facts.makerID.map { id in
                    Follow(
                        maker: id, isOn: facts.isFollowed, on: words.following, off: words.follow, failed: words.failed,
                        page: WebLink(path: ["m", "makers", id]).address)
                })
        }
        account = facts.balance.map { words.balance(texts.amount($0.active, $0.unit)) } ?? words.guest
        trace = Trace(label: words.trace(facts.kind), on: words.traceless, off: words.traced)
        ask = Way(text: words.ask, page: StamgastSite.askPage)
        let (light, dark) = (Palette(facts.look.theme, .light), Palette(facts.look.theme, .dark))
        func both(_ colour: (Palette) -> Colour) -> String { "light-dark(#\(colour(light).hex),#\(colour(dark).hex))" }
        look = [
            "accent": both(\.accent), "ink": both(\.ink), "muted": both(\.muted), "line": both(\.line),
            "surface": both(\.surface),
        ]
    }
}
