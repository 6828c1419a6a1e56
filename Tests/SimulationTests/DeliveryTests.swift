import Primitives
import Simulation
import Testing

@Suite struct DeliveryTests {
    static let delivery = Delivery(resentShare: 0.05, lateShare: 0.2, lateHours: 30)

    @Test func `the same things happen, however they arrive`() {
        let population = World.population()
        let orderly = Array(population.events(from: World.day(0), to: World.day(6)))
        let messy = Array(population.events(from: World.day(0), to: World.day(6), delivery: Self.delivery))
        var seen: [String: SimulatedEvent] = [:]
        for event in messy {
            if let first = seen[event.id] {
                #expect(first.cloudEvent == event.cloudEvent)
                #expect(first.arrival < event.arrival)
            } else {
                seen[event.id] = event
            }
        }
        #expect(Set(seen.keys) == Set(orderly.map(\.id)))
        for event in orderly { #expect(seen[event.id]?.cloudEvent == event.cloudEvent) }
    }

    @Test func `as many are late and sent again as was asked`() {
        let messy = Array(World.population().events(from: World.day(0), to: World.day(6), delivery: Self.delivery))
        #expect(zip(messy, messy.dropFirst()).allSatisfy { $0.arrival <= $1.arrival })
        #expect(!zip(messy, messy.dropFirst()).allSatisfy { $0.time <= $1.time })
        let ids = Set(messy.map(\.id))
        let resent = Double(messy.count - ids.count) / Double(ids.count)
        #expect(abs(resent - 0.05) < 0.015)
        var seen: Set<String> = []
        let first = messy.filter { seen.insert($0.id).inserted }
        let late = first.filter { $0.arrival > $0.time }
        #expect(abs(Double(late.count) / Double(first.count) - 0.2) < 0.03)
        #expect(late.allSatisfy { $0.arrival - $0.time <= 30 * 3_600_000 })
    }

    @Test func `impossible shares are taken as the nearest possible`() {
        let delivery = Delivery(resentShare: -1, lateShare: 7, lateHours: -3)
        #expect(delivery == Delivery(resentShare: 0, lateShare: 1, lateHours: 0))
    }
}
