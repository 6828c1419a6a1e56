import Access
import Primitives
import Runtime

/// The way into an empty home: one link that makes a browser its owner's, printed where the server was started.
enum SetupLink {
    /// How long it may stay unused: a day, as the demo's links.
    static let milliseconds: Int64 = 86_400_000

    /// Makes the link, for the owner, who is made too where nobody is there yet. Earlier links end with it.
    ///
    /// - Returns: `nil` where there is a programme, an owner is signed in, or accounts were made by hand and none of them
    ///   is an owner of the whole home.
    static func issue(in home: Home, at address: String) async throws -> String? {
        guard try await home.programmes().isEmpty else { return nil }
        let now = home.engine.clock.now()
        let accounts = try await home.access.staff.list()
        let owner: StaffMember
        if accounts.isEmpty {
            owner = try await home.access.staff.create(
                name: "Owner", role: .owner, programmes: .all, by: .server, now: now)
        } else if let found = accounts.first(where: {
            $0.disabledAt == nil && $0.role == .owner && $0.programmes == .all
        }) {
            guard try await home.access.sessions.openStaffSessions(now: now)[found.id] == nil else { return nil }
            owner = found
            try await home.access.sessions.signOut(staff: owner.id, by: .server, now: now)
        } else {
            return nil
        }
        let made = try await SignInLink.token(
            for: .staff(owner.id), object: "staff:" + owner.id.description, programme: nil, by: .server, in: home,
            lasting: milliseconds)
        return "\(address)/signin/\(made.token.text)"
    }
}
