/// Where somebody is between an empty home and a pilot.
struct StartSteps: Sendable, Equatable {
    enum Step: Int, CaseIterable {
        case name, starter, event, look, launch
    }

    struct Link: Sendable, Equatable {
        var number: String
        var label: String
        /// Where it is; `nil` where it cannot be gone to from here.
        var href: String?
        var isHere: Bool
        var isDone: Bool
    }

    var progress: String
    var title: String
    var links: [Link]
    /// The step before.
    var back: String?
    /// The step after; `nil` where a form leads on.
    var next: String?

    /// The first two steps: nothing is kept yet, so what was said goes along in the address.
    init(_ step: Step, answers: String, texts: Texts) {
        self.init(
            step, done: step == .starter ? [.name] : [],
            address: { other in
                switch other {
                case .name: StamgastSite.start + "/new" + answers
                case .starter: step == .starter ? StamgastSite.start + "/starter" + answers : nil
                default: nil
                }
            }, texts: texts)
        next = nil
    }

    /// The others: of a programme that is there.
    init(_ step: Step, of programme: String, _ desk: StartDesk, site: String, texts: Texts) {
        let query = site.isEmpty ? "" : "?site=" + WebLink.encode(site)
        var done: Set<Step> = [.name, .starter]
        if desk.hasEvents { done.insert(.event) }
        if desk.hasLook { done.insert(.look) }
        if desk.isLaunched { done.insert(.launch) }
        self.init(
            step, done: done,
            address: { other in
                switch other {
                // What a programme is called and began with is done once.
                case .name, .starter: nil
                case .event: WebLink(path: ["console", "start", programme, "event"]).address + query
                case .look: WebLink(path: ["console", "start", programme, "look"]).address + query
                case .launch: WebLink(path: ["console", "start", programme, "launch"]).address + query
                }
            }, texts: texts)
    }

    private init(_ step: Step, done: Set<Step>, address: (Step) -> String?, texts: Texts) {
        let words = texts.start
        let all = Step.allCases
        func number(_ step: Step) -> String { texts.number(Int64(step.rawValue + 1)) }
        progress = words.progress(number(step), texts.number(Int64(all.count)))
        title = words.steps[step.rawValue]
        links = all.map { other in
            Link(
                number: number(other), label: words.steps[other.rawValue], href: other == step ? nil : address(other),
                isHere: other == step, isDone: done.contains(other))
        }
        back = Step(rawValue: step.rawValue - 1).flatMap(address)
        next = Step(rawValue: step.rawValue + 1).flatMap(address)
    }
}
