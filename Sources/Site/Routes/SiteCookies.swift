internal import Hummingbird

/// The cookies of the pages. Over HTTPS they carry the `__Host-` prefix: no other host, nor a page below a path, can
/// set them (RFC 6265bis, section 4.1.3.2).
struct SiteCookies: Sendable {
    enum Name: String, Sendable {
        case member, staff
        /// A random value that ties a form outside a session to the browser that loaded it.
        case form
        /// The language chosen on this device.
        case language
        /// Says for a few minutes that a password was right.
        case ticket
        /// A browser that somebody of the staff signed in with before.
        case device
        /// A sign-in that is under way at the identity provider.
        case provider
    }

    let isSecure: Bool

    func name(of cookie: Name) -> String { (isSecure ? "__Host-" : "") + "stamgast-" + cookie.rawValue }

    func value(of cookie: Name, in request: Request) -> String? {
        let value = request.cookies[name(of: cookie)]?.value
        // Longer than anything we set: not ours.
        return value.flatMap { $0.isEmpty || $0.utf8.count > 512 ? nil : $0 }
    }

    /// - Parameter lifetimeSeconds: 0 removes the cookie.
    func set(_ cookie: Name, to value: String, lifetimeSeconds: Int, on response: inout Response) throws {
        let cookie = try Cookie.validated(
            name: name(of: cookie), value: value, maxAge: lifetimeSeconds, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
        response.setCookie(cookie)
    }
}
