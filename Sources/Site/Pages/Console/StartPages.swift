internal import Loyalty
internal import Primitives

/// The programmes of a home, with how far each has been set up.
struct StartPage: Page {
    static let template = "start"

    struct Row: Sendable, Equatable {
        var name: String
        var state: String
        var href: String
    }

    var shell: Shell
    var rows: [Row]
    var hasRows: Bool
    /// Where one more is begun; `nil` for staff of some programmes only.
    var begin: String?

    init(_ founder: Founder, _ desks: [StartDesk], shell: Shell, texts: Texts) {
        let words = texts.start
        self.shell = shell
        rows = zip(founder.programmes, desks).map { staff, desk in
            let state =
                switch desk.pilot {
                case 0: words.stateClosed
                case nil: words.stateOpen
                case .some(let share): words.statePilot(texts.percent(Double(share) / 10_000))
                }
            // To what is not done yet.
            let step = !desk.hasEvents ? "event" : !desk.isLaunched ? "look" : "launch"
            return Row(
                name: staff.programme.name, state: state,
                href: WebLink(path: ["console", "start", staff.programme.id.name, step]).address)
        }
        hasRows = !rows.isEmpty
        begin = founder.mayBegin ? StamgastSite.start + "/new" : nil
    }
}

/// What somebody says of a new programme, with what is wrong with it.
struct StartDraft: Sendable, Equatable {
    static let longestName = 80
    static let longestSite = 200

    var order = StartOrder()
    var site = ""
    var nameError: String?
    var idError: String?
    var languagesError: String?
    var zoneError: String?
    var siteError: String?

    var isWrong: Bool {
        [nameError, idError, languagesError, zoneError, siteError].contains { $0 != nil }
    }

    /// Reads what a form of the first step says; nothing typed is lost.
    init(_ field: (String) -> String?, texts: Texts) {
        let words = texts.start
        func trimmed(_ name: String) -> String {
            var text = Substring(field(name) ?? "")
            while text.first?.isWhitespace == true { text = text.dropFirst() }
            while text.last?.isWhitespace == true { text = text.dropLast() }
            return String(text)
        }
        order.name = trimmed("name")
        order.id = trimmed("id")
        if order.id.isEmpty { order.id = Self.id(from: order.name) }
        order.languages = Language.allCases.filter { field("lang-" + $0.rawValue) == "yes" }
        order.timeZone = trimmed("zone")
        order.currency = field("currency").flatMap { Starter.Currency(rawValue: $0) } ?? .eur
        site = trimmed("site")
        if !(1...Self.longestName).contains(order.name.count) || order.name.utf8.contains(where: { $0 < 0x20 }) {
            nameError = words.nameBad
        }
        if !Self.isID(order.id) { idError = words.idBad }
        if order.languages.isEmpty { languagesError = words.languagesBad }
        if !site.isEmpty, !Self.isSite(site) { siteError = words.siteBad }
        // The language of who sets it up comes first: it is the fall-back.
        if let own = order.languages.firstIndex(of: texts.language) {
            order.languages.insert(order.languages.remove(at: own), at: 0)
        }
    }

    /// For a form that nobody has filled in yet.
    init(language: Language) {
        order.languages = [language]
    }

    static func isID(_ text: String) -> Bool {
        guard let first = text.utf8.first, (1...40).contains(text.utf8.count) else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return letters.contains(first)
            && text.utf8.allSatisfy {
                letters.contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            } && text.utf8.last != UInt8(ascii: "-")
    }

    /// `De Avondpost` becomes `de-avondpost`; empty where nothing is left of it.
    static func id(from name: String) -> String {
        var text = ""
        for character in name.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                text.append(character)
            } else if !text.isEmpty, text.last != "-" {
                text.append("-")
            }
            if text.utf8.count == 40 { break }
        }
        text = String(text.drop { !$0.isLetter })
        while text.last == "-" { text.removeLast() }
        return text
    }

    /// An address without anything that a script or a shell would read as more than that.
    static func isSite(_ text: String) -> Bool {
        let rest =
            if text.hasPrefix("https://") { text.dropFirst(8) } else if text.hasPrefix("http://") {
                text.dropFirst(7)
            } else { Substring() }
        return !rest.isEmpty && text.utf8.count <= longestSite
            && rest.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~:/[]@%".utf8.contains(byte)
                }
            }
    }

    /// All of it as fields, to go along with the second step.
    var fields: [(name: String, value: String)] {
        [("name", order.name), ("id", order.id)] + order.languages.map { ("lang-" + $0.rawValue, "yes") } + [
            ("zone", order.timeZone), ("currency", order.currency.rawValue), ("site", site),
        ]
    }

    var query: String {
        "?" + fields.map { $0.name + "=" + WebLink.encode($0.value) }.joined(separator: "&")
    }
}

/// The first step: what the programme is called, what it speaks, and where its days begin.
struct StartNamePage: Page {
    static let template = "start-name"

    struct Box: Sendable, Equatable {
        var id: String
        var name: String
        var label: String
        var isChosen: Bool
    }

    var shell: Shell
    var startSteps: StartSteps
    var errors: FormErrorsView?
    var name: FieldView
    var id: FieldView
    var boxes: [Box]
    var languagesError: String?
    var zone: FieldView
    var currency: FieldView
    var site: FieldView
    /// Whether a script may put the browser's zone in: nothing was chosen yet.
    var guesses: Bool

    init(_ draft: StartDraft, zones: [String], shell: Shell, texts: Texts) {
        let words = texts.start
        self.shell = shell
        startSteps = StartSteps(.name, answers: "", texts: texts)
        let order = draft.order
        name = FieldView(
            words.name, name: "name", value: order.name, hint: words.nameHint, error: draft.nameError, isRequired: true,
            longest: StartDraft.longestName, autocomplete: "organization")
        id = FieldView(
            words.id, name: "id", value: order.id, hint: words.idHint, error: draft.idError, longest: 40,
            autocomplete: "off")
        boxes = Language.allCases.map { language in
            Box(
                id: "field-lang-" + language.rawValue, name: "lang-" + language.rawValue,
                label: Shell.ownName(of: language), isChosen: order.languages.contains(language))
        }
        languagesError = draft.languagesError
        guesses = order.timeZone.isEmpty
        let chosen = order.timeZone.isEmpty ? "Europe/Amsterdam" : order.timeZone
        var options = zones.map { (value: $0, label: $0.replacing("_", with: " ")) }
        // What was typed and is no zone stays to be seen.
        if !zones.contains(chosen) { options.insert((value: chosen, label: chosen), at: 0) }
        zone = FieldView(
            choice: words.zone, name: "zone", options: options, chosen: chosen, hint: words.zoneHint,
            error: draft.zoneError)
        currency = FieldView(
            choice: words.currency, name: "currency",
            options: Starter.Currency.allCases.map { (value: $0.rawValue, label: $0.rawValue) },
            chosen: order.currency.rawValue, hint: words.currencyHint)
        site = FieldView(
            words.site, name: "site", type: "url", value: draft.site, hint: words.siteHint, error: draft.siteError,
            longest: StartDraft.longestSite, autocomplete: "url")
        let box = FieldView(words.languages, id: boxes.first?.id, name: "languages", error: draft.languagesError)
        errors = FormErrorsView([name, id, box, zone, site])
    }
}

/// The second step: what the programme begins with.
struct StartStarterPage: Page {
    static let template = "start-starter"

    struct Hidden: Sendable, Equatable {
        var name: String
        var value: String
    }

    struct Card: Sendable, Equatable {
        var kind: String
        var name: String
        var text: String
        var brings: String
        var week: String
        var choose: String
    }

    var shell: Shell
    var startSteps: StartSteps
    var csrf: String
    var hidden: [Hidden]
    var cards: [Card]
    var problem: String?

    init(
        _ cards: [StarterCard], draft: StartDraft, problem: String? = nil, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.start
        self.shell = shell
        self.csrf = csrf
        self.problem = problem.map { words.refused($0) }
        startSteps = StartSteps(.starter, answers: draft.query, texts: texts)
        hidden = draft.fields.map { Hidden(name: $0.name, value: $0.value) }
        self.cards = cards.map { card in
            let name = words.kindName(card.kind)
            let does = card.does.map { texts.number($0.times) + " × " + $0.type }
            let gives = card.gives.map { texts.amount($0) } + card.badges.map(\.text)
            return Card(
                kind: card.kind.rawValue, name: name, text: words.kindText(card.kind),
                brings: words.brings(card.counts), week: words.week(texts.list(does), texts.list(gives)),
                choose: words.choose(name))
        }
    }
}

/// The third step: an event of one's own, and what the server made of it.
struct StartEventPage: Page {
    static let template = "start-event"

    struct Heard: Sendable, Equatable {
        var time: String
        var type: String
        var rules: String
        var outcome: String
        var tone: String
        var points: String
        var text: String
    }

    struct Refusal: Sendable, Equatable {
        var time: String
        var status: String
        var text: String
    }

    var shell: Shell
    var startSteps: StartSteps
    var csrf: String
    var key: String
    var action: String
    var again: String
    var live: String
    var site: String
    /// A key, shown this once.
    var secret: String?
    var note: String?
    var mayMakeKeys: Bool
    var server: String
    var page: String
    var sample: String
    var rows: [Heard]
    var hasRows: Bool
    var isClosed: Bool
    var refusals: [Refusal]
    var hasRefusals: Bool

    init(
        _ desk: StartDesk, of staff: SiteStaff, site: String, origin: String,
        made: (secret: String, isPage: Bool)? = nil,
        wasMadeBefore: Bool = false, shell: Shell, texts: Texts, csrf: String, key: String
    ) {
        let words = texts.start
        self.shell = shell
        self.csrf = csrf
        self.key = key
        self.site = site
        let id = staff.programme.id.name
        startSteps = StartSteps(.event, of: id, desk, site: site, texts: texts)
        let path = WebLink(path: ["console", "start", id, "event"]).address
        action = path
        again = path + (site.isEmpty ? "" : "?site=" + WebLink.encode(site))
        live = WebLink(path: ["console", "start", id, "live"]).address
        secret = made?.secret
        note = wasMadeBefore ? words.keyMadeBefore : nil
        mayMakeKeys = staff.managesAccess
        let snippet = EventSnippet(
            origin: origin, source: site.isEmpty ? "/" + id : site, type: desk.sample?.type ?? "",
            data: desk.sample?.data ?? "{}")
        server = snippet.server(key: made.flatMap { $0.isPage ? nil : $0.secret })
        page = snippet.page(key: made.flatMap { $0.isPage ? $0.secret : nil })
        let gives = desk.sample?.gives ?? []
        sample = gives.isEmpty ? words.sampleNothing : words.sampleGives(texts.list(gives.map { texts.amount($0) }))
        rows = desk.heard.map { heard in
            let row = ConsoleOverview.row(of: heard.event, texts: texts)
            let text =
                heard.problem?.text
                ?? (heard.looks.isEmpty
                    ? words.heardNobody : words.heardLooks(texts.list(heard.looks.map(\.text))))
            return Heard(
                time: row.time, type: row.type, rules: row.rules, outcome: row.outcome, tone: row.tone,
                points: row.points, text: text)
        }
        hasRows = !rows.isEmpty
        isClosed = !desk.isLaunched
        refusals = desk.refusals.map { refusal in
            Refusal(
                time: texts.moment(refusal.at, today: desk.today), status: String(refusal.status),
                text: words.fault(refusal.fault))
        }
        hasRefusals = !refusals.isEmpty
    }
}

/// One event, as a shell and as a page would send it.
struct EventSnippet: Sendable, Equatable {
    static let placeholder = "$KEY"

    var origin: String
    var source: String
    var type: String
    /// JSON.
    var data: String

    func server(key: String?) -> String {
        """
        curl \(origin)/v1/events \\
          -H 'Authorization: Bearer \(key ?? Self.placeholder)' \\
          -H 'Content-Type: application/cloudevents+json' \\
          -d '{"specversion": "1.0", "id": "first-1", "source": "\(source)",
               "type": "\(type)", "subject": "reader-1",
               "data": \(data.replacing("'", with: "'\\''"))}'
        """
    }

    func page(key: String?) -> String {
        """
        <script type="module">
          await fetch("\(origin)/v1/events", {
            method: "POST",
            headers: {
              "authorization": "Bearer \(key ?? Self.placeholder)",
              "content-type": "application/cloudevents+json",
            },
            body: JSON.stringify({
              specversion: "1.0", id: crypto.randomUUID(), source: "\(source)",
              type: "\(type)", anonymousid: "visitor-1",
              data: \(data.replacing("</", with: "<\\/")),
            }),
          });
        </script>
        """
    }
}

/// The fourth step: a colour and a logo.
struct StartLookPage: Page {
    static let template = "start-look"

    enum Outcome: String { case done, outdated }

    var shell: Shell
    var startSteps: StartSteps
    var csrf: String
    var version: String
    var action: String
    var accent: FieldView
    var logo: FieldView
    var errors: FormErrorsView?
    /// Whether the form may write the look: there is none that somebody wrote by hand.
    var isSimple: Bool
    var preview: String
    var canTake: Bool
    var note: String?
    var isGood: Bool

    init(
        _ look: LookDesk, _ desk: StartDesk, of programme: String, site: String, draft: StartLook? = nil,
        outcome: Outcome? = nil, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.start
        self.shell = shell
        self.csrf = csrf
        version = String(look.version)
        startSteps = StartSteps(.look, of: programme, desk, site: site, texts: texts)
        action =
            WebLink(path: ["console", "start", programme, "look"]).address
            + (site.isEmpty ? "" : "?site=" + WebLink.encode(site))
        accent = FieldView(
            words.accent, name: "accent", value: draft?.accent ?? "", hint: words.accentHint, error: draft?.accentError,
            longest: 7, autocomplete: "off")
        logo = FieldView(
            area: words.logo, name: "logo", value: draft?.logo ?? "", hint: words.logoHint, error: draft?.logoError,
            longest: Theme.logoBytes)
        errors = FormErrorsView([accent, logo])
        isSimple = !desk.hasLook
        let theme = draft?.theme ?? look.look.theme
        preview = StyleGuidePage.path + "?look=" + WebLink.encode(ThemeSheet.code(of: theme))
        canTake = draft?.theme != nil && draft?.isEmpty == false
        note = outcome.map { $0 == .done ? words.lookDone : words.outdated }
        isGood = outcome == .done
    }
}

/// A look as the short form says it.
struct StartLook: Sendable, Equatable {
    var accent: String
    var logo: String
    var accentError: String?
    var logoError: String?
    var theme: Theme?

    init(accent: String, logo: String) {
        self.accent = accent
        self.logo = logo
    }

    var isEmpty: Bool { accent.isEmpty && logo.allSatisfy(\.isWhitespace) }

    /// The text of `theme.yaml`: the colour stands on its second line, the logo below it.
    var file: String {
        func quoted(_ text: String) -> String {
            "'" + text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("'", with: "''") + "'"
        }
        var lines = accent.isEmpty ? [] : ["colours:", "  accent: " + quoted(accent)]
        if !logo.allSatisfy(\.isWhitespace) { lines.append("logo: " + quoted(logo)) }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// Puts what the checker said beside its field.
    mutating func note(_ check: LookDraft) {
        theme = check.theme
        for problem in check.problems {
            let text = problem.message + (problem.fix.map { " " + $0 } ?? "")
            if !accent.isEmpty, problem.line <= 2 { accentError = accentError ?? text } else { logoError = text }
        }
    }
}

/// The fifth step: to how many it opens.
struct StartLaunchPage: Page {
    static let template = "start-launch"

    var shell: Shell
    var startSteps: StartSteps
    var csrf: String
    var version: String
    var action: String
    var percent: FieldView
    var errors: FormErrorsView?
    var button: String
    /// How many take part now.
    var state: String?
    var isOutdated: Bool

    init(
        _ desk: StartDesk, of programme: String, site: String, typed: String? = nil, isBad: Bool = false,
        isOutdated: Bool = false, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.start
        self.shell = shell
        self.csrf = csrf
        self.isOutdated = isOutdated
        version = String(desk.version)
        startSteps = StartSteps(.launch, of: programme, desk, site: site, texts: texts)
        action = WebLink(path: ["console", "start", programme, "launch"]).address
        let now = desk.pilot.map { $0 == 0 ? "10" : String($0 / 100) } ?? "100"
        percent = FieldView(
            words.percent, name: "percent", type: "number", value: typed ?? now, hint: words.percentHint,
            error: isBad ? words.percentBad : nil, isRequired: true, least: "1", most: "100")
        errors = FormErrorsView([percent])
        button = desk.isLaunched ? words.launchChange : words.launch
        state =
            switch desk.pilot {
            case 0: nil
            case nil: words.launchedAll
            case .some(let share): words.launched(texts.percent(Double(share) / 10_000))
            }
    }
}
