public import Loyalty

/// The door of one programme, at `/signin`.
public struct SignInDoor: Sendable, Hashable {
    /// What becomes of a mail.
    public enum Mail: Sendable, Hashable {
        case sent
        /// The demo keeps it in a box that everybody may look into.
        case boxed
        /// No mail server is set up: members come through the publisher's own site.
        case none
    }

    public var programme: ProgrammeFace
    public var mail: Mail

    public init(programme: ProgrammeFace, mail: Mail) {
        self.programme = programme
        self.mail = mail
    }
}

/// Where a visitor who wants to sign in has come.
public enum DoorFinding: Sendable, Hashable {
    case door(SignInDoor)
    /// Several programmes, and none was named.
    case several([ProgrammeFace])
}

/// Why a reader's token from the publisher's site opens nothing.
public enum HandOverFailure: Error, Sendable, Hashable {
    /// It is none, none of the publisher's, expired or used.
    case notAccepted
    /// The publisher vouches for a reader who is no member, and nobody joins by themselves.
    case notAMember
}

/// A mail in the demo's box.
public struct BoxedMail: Sendable, Hashable {
    public var subject: String
    /// Paragraphs, without the link.
    public var paragraphs: [String]
    /// A path on this server.
    public var link: WebLink?

    public init(subject: String, paragraphs: [String], link: WebLink?) {
        self.subject = subject
        self.paragraphs = paragraphs
        self.link = link
    }
}

/// What the doors of members need.
public protocol DoorSiteData: Sendable {
    /// - Parameter programme: as the address names it; `nil` takes the only one.
    /// - Returns: `nil` if there is no such programme.
    func door(programme: String?) async throws -> DoorFinding?
    /// Sends a mail to the address, whoever it leads to.
    ///
    /// What is done before it returns must not depend on whether the address is known: nobody may learn that, not even
    /// by the time it takes.
    ///
    /// - Returns: `false` if it is no address.
    /// - Throws: an HTTP error with the status 503 when too many mails wait, or none can be sent.
    func askLink(address: String, for programme: ProgrammeFace, language: Language) async throws -> Bool
    /// The last mails of the demo, the latest first; `nil` outside it.
    func letterBox() async throws -> [BoxedMail]?
    /// Takes a reader in whom the publisher's site signed in.
    ///
    /// - Parameter old: the session that the browser had; it ends.
    /// - Returns: `nil` if there is no such programme, or it trusts nobody.
    func handOver(token: String, programme: String?, replacing old: String?) async throws
        -> Result<StartedSession, HandOverFailure>?
}
