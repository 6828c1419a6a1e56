import CEL
import Foundation
import Loyalty
import Primitives
import TestSupport
import Testing

@testable import Runtime

/// Time zones come from the machine's zoneinfo through a reader that can be given another folder.
struct SystemZonesTests {
    @Test func offsetsFollowTheZonesOwnRules() {
        let zones = SystemZones()
        // 2026-03-29T01:00:00Z: the Netherlands put their clocks forward.
        #expect(zones.offset(zone: "Europe/Amsterdam", at: 1_774_745_999) == 3_600)
        #expect(zones.offset(zone: "Europe/Amsterdam", at: 1_774_746_000) == 7_200)
        #expect(zones.offset(zone: "Asia/Tokyo", at: 1_774_746_000) == 32_400)
        #expect(zones.offset(zone: "Asia/Kathmandu", at: 1_774_746_000) == 20_700)
        #expect(zones.utcOffset(of: "Europe/Amsterdam", at: 1_774_746_000) == 7_200)
    }

    @Test(arguments: [
        "", "Mars/Olympus", "../../../etc/passwd", "/etc/passwd", "Europe/../../passwd", "Europe/Amsterdam\0", "Europé",
        String(repeating: "a", count: 65), "tzdata.zi", "Europe",
    ])
    func aNameThatIsNoZoneIsUnknownAndNeverLeavesTheFolder(zone: String) {
        let zones = SystemZones()
        #expect(!zones.knows(zone))
        #expect(zones.offset(zone: zone, at: 0) == nil)
    }

    @Test func theFolderIsInjectedAndItsDataSaysItsVersion() async throws {
        try await TestDatabases.withFolder { folder in
            let zoneinfo = URL(fileURLWithPath: "/usr/share/zoneinfo")
            try FileManager.default.createDirectory(atPath: folder + "/Europe", withIntermediateDirectories: true)
            // What the folder says is what holds, whatever the machine's own data says of the name.
            try Data(contentsOf: zoneinfo.appending(path: "Asia/Tokyo")).write(
                to: URL(fileURLWithPath: folder + "/Europe/Amsterdam"))
            try "# version 2026x\n# redo\nR A 1916 o - Jun 14 23s 1 S\n".write(
                toFile: folder + "/tzdata.zi", atomically: true, encoding: .utf8)
            let zones = SystemZones(directory: folder)
            #expect(zones.offset(zone: "Europe/Amsterdam", at: 1_774_746_000) == 32_400)
            #expect(!zones.knows("Asia/Tokyo"))
            #expect(zones.version == "2026x")
            #expect(SystemZones(directory: folder + "/Europe").version == "")
            // Read once: a package that is upgraded meanwhile does not change half of the days.
            try FileManager.default.removeItem(atPath: folder + "/Europe/Amsterdam")
            #expect(zones.offset(zone: "Europe/Amsterdam", at: 0) == 32_400)
        }
    }
}
