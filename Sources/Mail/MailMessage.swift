internal import FoundationEssentials
public import Primitives

/// A mail to one person: text and HTML that say the same (`multipart/alternative`, RFC 2046, section 5.1.4).
///
/// Both parts travel in base 64. So the body holds nothing that a server could take for the end of the mail or for a
/// command, whatever line ends somebody typed (SMTP smuggling), and no line is too long.
public struct MailMessage: Sendable, Hashable {
    /// Whom a mail is from.
    public struct Sender: Sendable, Hashable {
        public let name: MailLine
        public let address: MailAddress

        public init(name: MailLine = MailLine(""), address: MailAddress) {
            self.name = name
            self.address = address
        }

        /// Reads `post@example.org` and `Name <post@example.org>`; `nil` for anything else.
        public init?(_ text: String) {
            guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
                guard let address = MailAddress(text) else { return nil }
                self.init(address: address)
                return
            }
            guard let address = MailAddress(String(text[text.index(after: open)...].dropLast())) else { return nil }
            self.init(name: MailLine(String(text[..<open])), address: address)
        }
    }

    public let from: Sender
    public let to: MailAddress
    public let subject: MailLine
    public let text: String
    /// A whole document.
    public let html: String
    /// A tag such as `nl`.
    public let language: String
    /// Becomes the `Message-ID`, in the domain of the sender.
    public let id: ID128
    public let date: Instant

    /// - Parameter language: a BCP 47 tag; anything that is none is left out.
    public init(
        from: Sender, to: MailAddress, subject: MailLine, text: String, html: String, language: String, id: ID128,
        date: Instant
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.language = language.utf8.allSatisfy { $0.isTagByte } ? language : ""
        self.id = id
        self.date = date
    }

    /// The mail as it goes over the wire: every line ends in CR LF, and neither stands alone.
    public var bytes: [UInt8] {
        let hex = id.description.filter { $0 != "-" }
        let domain = from.address.text.split(separator: "@").last.map(String.init) ?? "localhost"
        // `=_` occurs in no text of base 64, so no part can hold the boundary.
        let boundary = "=_\(hex)"
        var out = "Date: \(Self.header(date))\r\n"
        out += MailHeader.mailbox("From", from.name, from.address)
        out += "To: <\(to.text)>\r\n"
        out += MailHeader.text("Subject", subject)
        out += "Message-ID: <\(hex)@\(domain)>\r\n"
        // Nobody's holiday notice is to answer (RFC 3834, section 5).
        out += "Auto-Submitted: auto-generated\r\n"
        if !language.isEmpty { out += "Content-Language: \(language)\r\n" }
        out += "MIME-Version: 1.0\r\n"
        out += "Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n"
        for (kind, content) in [("plain", text), ("html", html)] {
            out += "--\(boundary)\r\n"
            out += "Content-Type: text/\(kind); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            out += Self.base64(Self.canonical(content))
        }
        return Array((out + "--\(boundary)--\r\n").utf8)
    }

    /// With CR LF as the only line end (RFC 2046, section 4.1.1).
    static func canonical(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        var wasReturn = false
        for byte in text.utf8 {
            switch byte {
            case 0x0D: out += [0x0D, 0x0A]
            case 0x0A: if !wasReturn { out += [0x0D, 0x0A] }
            default: out.append(byte)
            }
            wasReturn = byte == 0x0D
        }
        return out
    }

    /// Lines of 76 characters (RFC 2045, section 6.8).
    private static func base64(_ bytes: [UInt8]) -> String {
        var out = ""
        for start in stride(from: 0, to: bytes.count, by: 57) {
            out += Data(bytes[start..<min(start + 57, bytes.count)]).base64EncodedString() + "\r\n"
        }
        return out
    }

    /// `Sat, 28 Nov 2026 18:12:03 +0000` (RFC 5322, section 3.3).
    static func header(_ date: Instant) -> String {
        let (days, rest) = (date.seconds / 86_400, date.seconds % 86_400)
        let second = rest < 0 ? rest + 86_400 : rest
        let day = CivilDate(daysSinceEpoch: Int(rest < 0 ? days - 1 : days))
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        let year = String(repeating: "0", count: max(0, 4 - String(day.year).count)) + String(day.year)
        return "\(weekdays[day.weekday - 1]), \(two(Int64(day.day))) \(months[day.month - 1]) \(year) "
            + "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60)) +0000"
    }
}

/// A mail holds an address and a secret link: it is never printed by accident.
extension MailMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a mail" }
    public var debugDescription: String { "a mail" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension UInt8 {
    /// A letter, a digit or a hyphen.
    fileprivate var isTagByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
