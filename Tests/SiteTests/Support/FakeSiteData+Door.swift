import Primitives
import Site
import Synchronization

extension FakeSiteData {
    func door(programme: String?) async throws -> DoorFinding? {
        switch programme {
        case nil, Samples.programme.id.name: .door(SignInDoor(programme: Samples.programme, mail: .boxed))
        case "quiet": .door(SignInDoor(programme: Samples.programme, mail: .none))
        case "many": .several([Samples.programme, Samples.programme])
        default: nil
        }
    }

    func askLink(address: String, for programme: ProgrammeFace, language: Language) async throws -> Bool {
        guard address.contains("@") else { return false }
        state.withLock { $0.chosen.append("mail \(address) \(language.rawValue)") }
        return true
    }

    func letterBox() async throws -> [BoxedMail]? {
        state.withLock { $0.outcome == nil } ? Samples.boxed : nil
    }

    func handOver(token: String, programme: String?, replacing old: String?) async throws
        -> Result<StartedSession, HandOverFailure>?
    {
        switch token {
        case "good":
            state.withLock { $0.chosen.append("old \(old ?? "none")") }
            return .success(StartedSession(kind: .member, secret: "member-secret", lifetimeSeconds: 60))
        case "stranger": return .failure(.notAMember)
        default: return programme == "none" ? nil : .failure(.notAccepted)
        }
    }
}

extension Samples {
    static let boxed = [
        BoxedMail(subject: "Your link <b>", paragraphs: ["With this link", "Once"], link: WebLink("/signin/abc")),
        BoxedMail(subject: "Nobody", paragraphs: ["Not known"], link: nil),
    ]
}
