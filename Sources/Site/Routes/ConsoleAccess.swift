/// Which pages of the console whoever answers members, and nothing else, may open. Everything that is not named here is
/// refused to them, also what comes later.
enum ConsoleAccess {
    /// Beside each path, everything under it.
    private static let service = [
        StamgastSite.service, StamgastSite.members,
        // Tickets and parcels: the role hands out rewards.
        "/console/rewards", "/console/parcels",
        // Their own password and second factor.
        StamgastSite.ownAccount,
    ]

    /// The console itself leads on to the desk.
    static func isForService(_ path: String) -> Bool {
        path == "/console" || path == "/console/"
            || service.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
}
