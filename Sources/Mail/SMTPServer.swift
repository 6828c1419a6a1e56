/// Where mail is handed in: `smtp://` or `smtps://`, a host, perhaps a port, a user and a password.
public struct SMTPServer: Sendable, Hashable {
    public enum Security: Sendable, Hashable {
        /// TLS from the first byte (RFC 8314).
        case implicit
        /// `STARTTLS` before anything else is said; without it nothing is sent (RFC 3207).
        case required
        /// In the clear: a server on the same machine, or one that somebody answers for.
        case none
    }

    public let host: String
    public let port: Int
    public let security: Security
    public let user: String?
    public let password: String?

    /// Reads an address; credentials beside it come before those in it.
    ///
    /// The usual port is 587 with `smtp://` and 465 with `smtps://` (RFC 8314, section 3.3).
    ///
    /// - Parameter allowsPlain: `smtp://` without encryption to another machine as well.
    public init?(url: String, user: String? = nil, password: String? = nil, allowsPlain: Bool = false) {
        let isImplicit = url.hasPrefix("smtps://")
        guard isImplicit || url.hasPrefix("smtp://") else { return nil }
        var rest = url.dropFirst(isImplicit ? 8 : 7)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var credentials: [String?] = [nil, nil]
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            for (place, part) in parts.enumerated() {
                guard let text = Self.decoded(part) else { return nil }
                credentials[place] = text
            }
            rest = rest[rest.index(after: at)...]
        }
        guard let (host, port) = Self.place(rest) else { return nil }
        self.host = host
        self.port = port ?? (isImplicit ? 465 : 587)
        self.user = user ?? credentials[0]
        self.password = password ?? credentials[1]
        guard [self.user, self.password].allSatisfy({ $0?.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ?? true }) else {
            return nil
        }
        security = isImplicit ? .implicit : allowsPlain || Self.isLoopback(host) ? .none : .required
    }

    init(host: String, port: Int, security: Security, user: String? = nil, password: String? = nil) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
    }

    /// For libcurl: never with credentials in it.
    var address: String {
        "\(security == .implicit ? "smtps" : "smtp")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func place(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<close]
            let behind = text[text.index(after: close)...]
            guard behind.isEmpty || behind.hasPrefix(":") else { return nil }
            port = behind.isEmpty ? nil : behind.dropFirst()
            guard host.utf8.allSatisfy({ Self.isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        if !text.hasPrefix("[") {
            let isName = host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            guard isName else { return nil }
        }
        guard (1...253).contains(host.utf8.count) else { return nil }
        guard let port else { return (String(host), nil) }
        guard let number = Int(port), (1...65_535).contains(number) else { return nil }
        return (String(host), number)
    }

    private static func isLoopback(_ host: String) -> Bool {
        host.lowercased() == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }

    /// Without percent encoding (RFC 3986, section 2.1); `nil` for what is none.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension SMTPServer: CustomStringConvertible, CustomReflectable {
    public var description: String { address }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
