import Foundation
import Primitives
import Testing

@testable import Mail

@Suite struct MailMessageTests {
    private static let date = Instant(seconds: 1_795_889_523)
    private static let id = ID128(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)

    private static func message(
        subject: String = "Your link", name: String = "", text: String = "Hello\n", html: String = "<p>Hello</p>\n"
    ) throws -> MailMessage {
        MailMessage(
            from: .init(name: MailLine(name), address: try #require(MailAddress("post@example.org"))),
            to: try #require(MailAddress("anna@example.com")), subject: MailLine(subject), text: text, html: html,
            language: "en", id: id, date: date)
    }

    @Test func aMailIsWrittenAsTheStandardsHaveIt() throws {
        let text = String(decoding: try Self.message().bytes, as: UTF8.self)
        let expected = """
            Date: Sat, 28 Nov 2026 18:12:03 +0000
            From: <post@example.org>
            To: <anna@example.com>
            Subject: Your link
            Message-ID: <0123456789abcdeffedcba9876543210@example.org>
            Auto-Submitted: auto-generated
            Content-Language: en
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_0123456789abcdeffedcba9876543210"

            --=_0123456789abcdeffedcba9876543210
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            SGVsbG8NCg==
            --=_0123456789abcdeffedcba9876543210
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHA+SGVsbG88L3A+DQo=
            --=_0123456789abcdeffedcba9876543210--

            """
        #expect(text == expected.replacing("\n", with: "\r\n"))
    }

    /// RFC 2047: known words, lines of at most 76, no character divided.
    @Test func whatIsNotASCIIBecomesEncodedWords() throws {
        #expect(MailHeader.text("Subject", MailLine("Eén")) == "Subject: =?UTF-8?B?RcOpbg==?=\r\n")
        // What looks like an encoded word is encoded, so that it reads as it was written.
        #expect(MailHeader.text("Subject", MailLine("=?x?=")) == "Subject: =?UTF-8?B?PT94Pz0=?=\r\n")
        let long = String(repeating: "常連さん", count: 40)
        let header = MailHeader.text("Subject", MailLine(long))
        let lines = header.dropLast(2).split(separator: "\r\n").map(String.init)
        #expect(lines.count > 5)
        var bytes: [UInt8] = []
        for (place, line) in lines.enumerated() {
            #expect(line.utf8.count <= 76)
            #expect(place == 0 ? line.hasPrefix("Subject: =?UTF-8?B?") : line.hasPrefix(" =?UTF-8?B?"))
            let word = line.split(separator: "?")[3]
            let part = Array(try #require(Data(base64Encoded: String(word))))
            #expect(String(validating: part, as: UTF8.self) != nil, "a character is divided: \(line)")
            bytes += part
        }
        #expect(String(decoding: bytes, as: UTF8.self) == MailLine(long).text)
        let mailbox = MailHeader.mailbox("From", MailLine("De Avondpost, é"), try #require(MailAddress("a@b.nl")))
        #expect(mailbox == "From: =?UTF-8?B?RGUgQXZvbmRwb3N0LCDDqQ==?=\r\n <a@b.nl>\r\n")
    }

    /// Whatever is typed, it stays in its header, and the body holds no line end of anybody's own.
    @Test(arguments: [
        "x\r\nBcc: all@example.org", "x\nBcc: all@example.org", "x\rBcc: y", "x\u{2028}Bcc: y", "x\u{85}Bcc: y",
        "x\0\u{7}y", "x\r\n.\r\nMAIL FROM:<b@example.org>", "x\n.\nRCPT TO:<c@example.org>", "\u{202E}gro.elpmaxe",
    ])
    func nothingCanBeInjected(text: String) throws {
        let message = try Self.message(subject: text, name: text, text: text, html: text)
        let wire = message.bytes
        for (place, byte) in wire.enumerated() {
            if byte == 0x0A { #expect(place > 0 && wire[place - 1] == 0x0D) }
            if byte == 0x0D { #expect(place + 1 < wire.count && wire[place + 1] == 0x0A) }
        }
        let lines = String(decoding: wire, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { !$0.hasPrefix(".") && !$0.lowercased().hasPrefix("bcc") })
        #expect(wire.allSatisfy { $0 == 0x0D || $0 == 0x0A || (0x20...0x7E).contains($0) })
        #expect(!MailLine(text).text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        #expect("\(message)" == "a mail" && !String(reflecting: message).contains("anna"))
    }

    @Test func lineEndsAreTheWires() {
        for (text, expected) in [("a\nb", "a\r\nb"), ("a\r\nb", "a\r\nb"), ("a\rb", "a\r\nb"), ("\n\n", "\r\n\r\n")] {
            #expect(MailMessage.canonical(text) == Array(expected.utf8))
        }
        #expect(MailMessage.canonical("\r\r\n") == Array("\r\n\r\n".utf8))
    }

    @Test func addressesAreParsedOnce() throws {
        for text in ["a@b.nl", "a.b+c@sub.example.org", "x@localhost"] { #expect(MailAddress(text) != nil, "\(text)") }
        for text in [
            "", "a", "@b.nl", "a@", "a b@c.nl", "a@b@c", "a@b..nl", "a@-b.nl", ".a@b.nl", "a.@b.nl", "é@b.nl",
            "a@b.nl\r\nRCPT TO:<x@y.nl>", "\"a\"@b.nl", "<a@b.nl>", String(repeating: "a", count: 65) + "@b.nl",
        ] {
            #expect(MailAddress(text) == nil, "\(text)")
        }
        let sender = try #require(MailMessage.Sender("De Avondpost <post@example.org>"))
        #expect(sender.name.text == "De Avondpost" && sender.address.text == "post@example.org")
        #expect(MailMessage.Sender("post@example.org")?.name.text == "")
        for text in ["De Avondpost", "<>", "a <b", "x <y@z> w"] { #expect(MailMessage.Sender(text) == nil) }
    }

    /// Another program reads what was meant: Python's own e-mail package.
    @Test(arguments: [
        "Your link for De Avondpost", "Je link voor “Eén”", "常連さんへのリンク" + String(repeating: "、長い", count: 40),
    ])
    func anotherReaderReadsTheSame(subject: String) throws {
        let text = "Hallo\nEén — 常連さん\n.\nFrom here\n"
        let message = try Self.message(subject: subject, name: subject, text: text, html: "<p>" + text + "</p>")
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let file = FileManager.default.temporaryDirectory.appending(path: "stamgast-mail-\(UUID().uuidString).eml")
        try Data(message.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", root + "/checks/mail_oracle.py", file.path]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        // 127: there is no python3 to ask.
        guard process.terminationStatus != 127 else {
            #expect(
                ProcessInfo.processInfo.environment["STAMGAST_REQUIRE_CHECKS"] != "1", "There is no python3 to ask.")
            return
        }
        let json = try JSONValue(parsing: said)
        #expect(process.terminationStatus == 0, "\(json["faults"].debugDescription)")
        #expect(json["subject"]?.stringValue == message.subject.text)
        #expect(json["from_name"]?.stringValue == message.from.name.text)
        #expect(json["from"]?.stringValue == "post@example.org")
        #expect(json["to"]?.arrayValue?.compactMap(\.stringValue) == ["anna@example.com"])
        #expect(json["date"]?.intValue == Self.date.seconds)
        #expect(json["id"]?.stringValue == "<0123456789abcdeffedcba9876543210@example.org>")
        #expect(json["type"]?.stringValue == "multipart/alternative")
        let parts = json["parts"]?.arrayValue?.compactMap(\.arrayValue) ?? []
        #expect(parts.map { $0[0].stringValue } == ["text/plain", "text/html"])
        #expect(parts.first?[1].stringValue?.replacing("\r\n", with: "\n") == text)
        #expect(
            json["headers"]?.arrayValue?.compactMap(\.stringValue) == [
                "Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "MIME-Version", "Message-ID",
                "Subject", "To",
            ])
    }
}
