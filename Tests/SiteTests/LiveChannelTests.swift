import Site
import Testing

struct LiveChannelTests {
    private func channel(remembered: Int = 4, buffered: Int = 4, streams: Int = 10, perKey: Int = 3)
        -> LiveChannel<String, Int>
    {
        LiveChannel(epoch: "e", remembered: remembered, buffered: buffered, streams: streams, streamsPerKey: perKey)
    }

    /// All signals of a stream that has ended.
    private func all(_ stream: AsyncStream<LiveSignal<Int>>) async -> [LiveSignal<Int>] {
        var signals: [LiveSignal<Int>] = []
        for await signal in stream { signals.append(signal) }
        return signals
    }

    @Test
    func `everyone hears what is for them, in order`() async throws {
        let channel = channel()
        let (one, two) = (try channel.subscribe(to: "a"), try channel.subscribe(to: "b"))
        channel.publish(1, to: "a")
        channel.publish(2, to: "b")
        channel.publish(3, to: "a")
        channel.beat()
        channel.finish()
        #expect(await all(one) == [.message(id: "e-1", 1), .message(id: "e-3", 3), .heartbeat])
        #expect(await all(two) == [.message(id: "e-2", 2), .heartbeat])
    }

    @Test
    func `who comes back hears what was missed, and only that`() async throws {
        let channel = channel()
        for number in 1...3 { channel.publish(number, to: number == 2 ? "b" : "a") }
        let stream = try channel.subscribe(to: "a", after: "e-1")
        channel.publish(4, to: "a")
        channel.finish()
        #expect(await all(stream) == [.message(id: "e-3", 3), .message(id: "e-4", 4)])
    }

    @Test(arguments: ["e-1", "old-5", "e-99", "nonsense", "e-", "-", "e--1"])
    func `who was away too long, or comes from another run, is told so`(last: String) async throws {
        let channel = channel(remembered: 2)
        for number in 1...5 { channel.publish(number, to: "a") }
        let stream = try channel.subscribe(to: "a", after: last)
        channel.finish()
        #expect(await all(stream) == [.missed])
    }

    @Test
    func `the memory is a ring`() async throws {
        let channel = channel(remembered: 3)
        for number in 1...8 { channel.publish(number, to: "a") }
        let stream = try channel.subscribe(to: "a", after: "e-5")
        channel.finish()
        #expect(await all(stream) == [.message(id: "e-6", 6), .message(id: "e-7", 7), .message(id: "e-8", 8)])
    }

    @Test
    func `a slow listener keeps the newest and is told that something was missed`() async throws {
        let channel = channel(buffered: 4)
        let stream = try channel.subscribe(to: "a")
        for number in 1...20 { channel.publish(number, to: "a") }
        channel.finish()
        let signals = await all(stream)
        #expect(signals.count <= 4)
        #expect(signals.last == .message(id: "e-20", 20))
    }

    @Test
    func `a listener that lags once is told once`() async throws {
        let channel = channel(buffered: 4)
        let stream = try channel.subscribe(to: "a")
        for number in 1...5 { channel.publish(number, to: "a") }
        channel.finish()
        let signals = await all(stream)
        #expect(signals.filter { $0 == .missed }.count == 1)
    }

    @Test
    func `one listener's leaving leaves the others alone`() async throws {
        let channel = channel()
        let stays = try channel.subscribe(to: "a")
        let leaves = Task { [stream = try channel.subscribe(to: "a")] in
            for await _ in stream { return }
        }
        channel.publish(1, to: "a")
        _ = try await leaves.value
        channel.publish(2, to: "a")
        channel.finish()
        #expect(await all(stays) == [.message(id: "e-1", 1), .message(id: "e-2", 2)])
        #expect(channel.count == 0)
    }

    @Test
    func `streams are limited, for one key and in all, and room comes back`() async throws {
        let channel = channel(streams: 4, perKey: 2)
        let first = try channel.subscribe(to: "a")
        let second = try channel.subscribe(to: "a")
        #expect(throws: LiveProblem.tooManyStreams(limit: 2)) { _ = try channel.subscribe(to: "a") }
        let others = [try channel.subscribe(to: "b"), try channel.subscribe(to: "c")]
        #expect(throws: LiveProblem.tooManyStreams(limit: 4)) { _ = try channel.subscribe(to: "d") }
        let task = Task { for await _ in second {} }
        task.cancel()
        await task.value
        #expect(channel.count == 3)
        _ = try channel.subscribe(to: "d")
        withExtendedLifetime((first, others)) {}
    }

    @Test
    func `after the end nobody is let in`() async throws {
        let channel = channel()
        channel.finish()
        #expect(await all(try channel.subscribe(to: "a")).isEmpty)
    }
}
