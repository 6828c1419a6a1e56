import Foundation
import Testing

@testable import Simulation

@Suite struct SimulatedZoneTests {
    @Test(arguments: SimulatedZone.allCases)
    func `offsets are those of the real zone`(_ zone: SimulatedZone) throws {
        let real = try #require(TimeZone(identifier: zone.name))
        for day in 19_700..<22_000 {
            let noon = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200)
            #expect(zone.offset(onDay: day) == real.secondsFromGMT(for: noon), "day \(day)")
        }
    }
}
