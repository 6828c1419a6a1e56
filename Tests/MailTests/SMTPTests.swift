import Foundation
import NIOCore
import NIOPosix
import Primitives
import Synchronization
import Testing

@testable import Mail

/// Sending, against a server of sockets and lines that is told what to answer.
@Suite struct SMTPTests {
    /// What a mail server heard.
    private final class Heard: Sendable {
        struct State {
            var commands: [String] = []
            var mail: [UInt8] = []
        }

        let state = Mutex(State())
    }

    /// A mail server in so far as it is needed (RFC 5321).
    private final class Server: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let heard: Heard
        /// What it says to a command, instead of the usual.
        private let answers: [String: String]
        private var line: [UInt8] = []
        private var isInMail = false
        private var isInAuthentication = false

        init(_ heard: Heard, _ answers: [String: String]) {
            self.heard = heard
            self.answers = answers
        }

        func channelActive(context: ChannelHandlerContext) { say("220 test ready", context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            for byte in unwrapInboundIn(data).readableBytesView {
                line.append(byte)
                guard line.suffix(2) == [0x0D, 0x0A] else { continue }
                take(Array(line.dropLast(2)), context)
                line = []
            }
        }

        private func take(_ line: [UInt8], _ context: ChannelHandlerContext) {
            if isInMail {
                if line == [UInt8(ascii: ".")] {
                    isInMail = false
                    return say(answers["."] ?? "250 taken", context)
                }
                let stuffed = line.first == UInt8(ascii: ".")
                heard.state.withLock { $0.mail += (stuffed ? Array(line.dropFirst()) : line) + [0x0D, 0x0A] }
                return
            }
            let command = String(decoding: line, as: UTF8.self)
            heard.state.withLock { $0.commands.append(command) }
            if isInAuthentication {
                isInAuthentication = false
                return say(answers["AUTH"] ?? "235 welcome", context)
            }
            let verb = command.prefix { $0 != " " && $0 != ":" }.uppercased()
            switch verb {
            case "EHLO": say(answers["EHLO"] ?? "250-test\r\n250 AUTH PLAIN", context)
            case "DATA":
                isInMail = answers["DATA"] == nil
                say(answers["DATA"] ?? "354 go on", context)
            case "AUTH" where command == "AUTH PLAIN":
                // The credentials come on the next line (RFC 4954, section 4).
                isInAuthentication = true
                say("334 ", context)
            case "AUTH": say(answers["AUTH"] ?? "235 welcome", context)
            case "QUIT": say("221 bye", context)
            default: say(answers[verb] ?? "250 ok", context)
            }
        }

        private func say(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
        }
    }

    private static func serving(
        _ answers: [String: String] = [:], _ body: (Int, Heard) async throws -> Void
    ) async throws {
        let heard = Heard()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Server(heard, answers))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(try #require(channel.localAddress?.port), heard)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private static func mail(_ text: String = "Hello\r\n.\r\nMAIL FROM:<x@example.org>\r\n") throws -> MailMessage {
        MailMessage(
            from: try #require(MailMessage.Sender("De Avondpost <post@example.org>")),
            to: try #require(MailAddress("anna@example.com")), subject: MailLine("Één link"), text: text,
            html: "<p>" + text + "</p>", language: "nl", id: ID128(high: 7, low: 9),
            date: Instant(seconds: 1_795_889_523))
    }

    private static func failure(of sender: SMTPSender) async throws -> MailFailure? {
        let message = try mail()
        do throws(MailFailure) {
            try await sender.send(message)
            return nil
        } catch {
            return error
        }
    }

    @Test func aMailArrivesByteForByte() async throws {
        try await Self.serving { port, heard in
            let server = try #require(SMTPServer(url: "smtp://anna%40example.org:g%C3%A9heim@127.0.0.1:\(port)"))
            let mail = try Self.mail()
            try await SMTPSender(server: server).send(mail)
            let state = heard.state.withLock { $0 }
            #expect(state.mail == mail.bytes)
            #expect(state.commands.contains { $0.hasPrefix("MAIL FROM:<post@example.org>") })
            #expect(state.commands.filter { $0.hasPrefix("RCPT TO:") } == ["RCPT TO:<anna@example.com>"])
            let secret = Data("\0anna@example.org\0géheim".utf8).base64EncodedString()
            #expect(state.commands.contains { $0.hasPrefix("AUTH PLAIN") })
            #expect(state.commands.contains { $0.hasSuffix(secret) })
        }
    }

    @Test(arguments: [
        ("RCPT", "550 no such person", MailFailure.refused(code: 550)), ("RCPT", "451 later", .tryAgain(.busy)),
        ("MAIL", "530 sign in first", .tryAgain(.notSignedIn)), ("DATA", "554 no", .refused(code: 554)),
        (".", "554 unwanted", .refused(code: 554)), (".", "452 full", .tryAgain(.busy)),
    ])
    func whatTheServerSaysDecides(command: String, answer: String, expected: MailFailure) async throws {
        try await Self.serving([command: answer]) { port, _ in
            let server = try #require(SMTPServer(url: "smtp://localhost:\(port)"))
            let failure = try await Self.failure(of: SMTPSender(server: server, secondsMost: 10))
            #expect(failure == expected)
            #expect(failure.map { !"\($0)".contains("@") } ?? false)
        }
    }

    @Test func aWrongPasswordIsNoFaultOfTheMail() async throws {
        try await Self.serving(["AUTH": "535 wrong"]) { port, heard in
            let server = try #require(SMTPServer(url: "smtp://127.0.0.1:\(port)", user: "a", password: "b"))
            let problem = try await Self.failure(of: SMTPSender(server: server))
            #expect(problem == .tryAgain(.notSignedIn))
            #expect(heard.state.withLock { $0.mail.isEmpty })
        }
    }

    /// Neither the address nor the password leaves in the clear.
    @Test func withoutTheEncryptionThatWasAskedForNothingIsSaid() async throws {
        try await Self.serving { port, heard in
            let server = SMTPServer(host: "127.0.0.1", port: port, security: .required, user: "a", password: "b")
            let problem = try await Self.failure(of: SMTPSender(server: server))
            #expect(problem == .tryAgain(.insecure))
            let commands = heard.state.withLock { $0.commands }
            #expect(!commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") || $0.hasPrefix("RCPT") })
        }
    }

    @Test func whereNobodyListensItIsTriedAgain() async throws {
        let port = Mutex(0)
        try await Self.serving { open, _ in port.withLock { $0 = open } }
        let server = try #require(SMTPServer(url: "smtp://127.0.0.1:\(port.withLock { $0 })"))
        let problem = try await Self.failure(of: SMTPSender(server: server))
        #expect(problem == .tryAgain(.unreachable))
    }

    @Test func addressesOfServersAreRead() throws {
        let plain = try #require(SMTPServer(url: "smtp://mail.example.org"))
        #expect(plain.port == 587 && plain.security == .required && plain.user == nil)
        #expect(SMTPServer(url: "smtp://mail.example.org", allowsPlain: true)?.security == SMTPServer.Security.none)
        let full = try #require(SMTPServer(url: "smtps://u%40x:p%3Aq@mail.example.org/"))
        #expect(full.port == 465 && full.security == .implicit && full.user == "u@x" && full.password == "p:q")
        #expect(full.address == "smtps://mail.example.org:465" && !"\(full)".contains("p:q"))
        #expect(SMTPServer(url: "smtp://[::1]:25")?.security == SMTPServer.Security.none)
        #expect(SMTPServer(url: "smtp://127.evil.example")?.security == .required)
        for url in [
            "", "smtp://", "http://a", "smtp://a:b", "smtp://a:0", "smtp://a:70000", "smtp://a/b", "smtp://a b",
            "smtp://u%0d%0aRSET@a", "smtp://u%zz@a", "smtp://[::1", "smtp://a?x",
        ] {
            #expect(SMTPServer(url: url) == nil, "\(url)")
        }
    }
}
