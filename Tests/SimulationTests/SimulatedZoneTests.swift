import Foundation
import Testing

@testable import Loyalty

@Suite struct SimulatedZoneTests {
    @Test(arguments: SimulatedZone.names)
    func `offsets are those of the real zone`(_ name: String) throws {
        let zone = try #require(SimulatedZone(name))
        let real = try #require(TimeZone(identifier: zone.name))
        for day in 19_700..<22_000 {
            let noon = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200)
            #expect(zone.offset(onDay: day) == real.secondsFromGMT(for: noon), "day \(day)")
        }
    }
}
