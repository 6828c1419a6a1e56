import Primitives
import Synchronization
import Testing

@testable import Mail

@Suite struct MailQueueTests {
    /// Answers each mail as it was told to.
    private final class Scripted: MailSending {
        let answers: Mutex<[MailFailure?]>
        let sent = Mutex<[String]>([])

        init(_ answers: [MailFailure?]) { self.answers = Mutex(answers) }

        func send(_ message: MailMessage) async throws(MailFailure) {
            let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let answer { throw answer }
            sent.withLock { $0.append(message.subject.text) }
        }
    }

    private final class Hands: WallClock {
        let time = Mutex(Instant(seconds: 1_000_000))

        func now() -> Instant { time.withLock { $0 } }
        func pass(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }
    }

    private static func mail(_ subject: String) throws -> MailMessage {
        let address = try #require(MailAddress("a@example.org"))
        return MailMessage(
            from: .init(address: address), to: address, subject: MailLine(subject), text: "", html: "", language: "nl",
            id: ID128(high: 1, low: 2), date: Instant(seconds: 0))
    }

    @Test func whatIsRefusedForGoodGoesAndTheRestIsSent() async throws {
        let (sender, clock) = (Scripted([.refused(code: 550), nil, .tryAgain(.busy), nil]), Hands())
        let queue = MailQueue(sender: sender)
        for subject in ["a", "b", "c", "d"] { #expect(queue.add(try Self.mail(subject), now: clock.now())) }
        let turn = await queue.turn(clock: clock)
        #expect(turn.sent == 2 && turn.dropped == 1 && turn.postponed == 1)
        #expect(sender.sent.withLock { $0 } == ["b", "d"] && queue.count == 1)
        // Not before its time.
        #expect(await queue.turn(clock: clock) == MailQueue.Turn())
        clock.pass(seconds: 15)
        #expect(await queue.turn(clock: clock).sent == 1)
        #expect(queue.count == 0)
    }

    @Test func aServerThatIsAwayIsAskedOnceATurn() async throws {
        let (sender, clock) = (Scripted([.tryAgain(.unreachable)]), Hands())
        let queue = MailQueue(sender: sender)
        for subject in ["a", "b", "c"] { queue.add(try Self.mail(subject), now: clock.now()) }
        let turn = await queue.turn(clock: clock)
        #expect(turn.sent == 0 && turn.postponed == 3 && turn.failure == .tryAgain(.unreachable))
        clock.pass(seconds: 15)
        #expect(await queue.turn(clock: clock).sent == 3)
    }

    @Test func waitsGrowAndAnHourIsTheEnd() async throws {
        let clock = Hands()
        let sender = Scripted(Array(repeating: .tryAgain(.busy), count: 1_000))
        let queue = MailQueue(sender: sender)
        queue.add(try Self.mail("a"), now: clock.now())
        var (tries, dropped) = (0, 0)
        for _ in 0..<3_600 {
            let turn = await queue.turn(clock: clock)
            tries += turn.postponed
            dropped += turn.dropped
            clock.pass(seconds: 1)
        }
        // After 0, 15, 45, 105, 225, 465 and 945 seconds, and then every ten minutes.
        #expect(tries == 11 && dropped == 0 && queue.count == 1)
        #expect(await queue.turn(clock: clock).dropped == 1)
        #expect(queue.count == 0)
    }

    @Test func thereIsRoomForSoMany() throws {
        let queue = MailQueue(sender: Scripted([]), capacity: 2)
        let now = Instant(seconds: 0)
        #expect(queue.add(try Self.mail("a"), now: now))
        #expect(queue.add(try Self.mail("b"), now: now))
        #expect(!queue.add(try Self.mail("c"), now: now))
    }

    @Test func theBoxKeepsTheLastTwenty() async throws {
        let sink = MailSink()
        for number in 0..<25 { try await sink.send(try Self.mail(String(number))) }
        #expect(sink.messages.count == 20 && sink.messages.first?.subject.text == "24")
    }
}
