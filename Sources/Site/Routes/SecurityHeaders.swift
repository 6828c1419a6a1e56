internal import HTTPTypes
internal import Hummingbird

/// The headers of every page.
enum SecurityHeaders {
    /// Nothing but our own files: no inline code or style, no frames, no other server.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    enum Caching: String {
        /// A page about a person, or with a form.
        case never = "no-store"
        /// A page for everyone that must be current.
        case check = "no-cache"
        /// A file whose name changes with its content.
        case forever = "public, max-age=31536000, immutable"
        /// A file with a name that publishers have in their pages.
        case minutes = "public, max-age=300, stale-while-revalidate=86400"
    }

    static func page(caching: Caching, isSecure: Bool, keepsAddressSecret: Bool = false) -> HTTPFields {
        fields(
            [
                ("content-type", "text/html; charset=utf-8"),
                ("content-security-policy", policy),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                // The address of a sign-in page holds the link's token: no other page may learn it.
                ("referrer-policy", keepsAddressSecret ? "no-referrer" : "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("permissions-policy", permissions(camera: false)),
                ("cache-control", caching.rawValue),
                ("vary", "accept-language, cookie"),
            ] + (isSecure ? [("strict-transport-security", "max-age=31536000; includeSubDomains")] : []))
    }

    /// What a page may ask a browser for: nothing, but for the counter's camera.
    static func permissions(camera: Bool) -> String {
        "camera=(\(camera ? "self" : "")), microphone=(), geolocation=(), payment=()"
    }

    static func fields(_ pairs: [(String, String)]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }
}
