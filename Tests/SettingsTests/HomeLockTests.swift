import Foundation
import Testing

@testable import Settings

@Suite struct HomeLockTests {
    private func temporaryHome() -> String {
        NSTemporaryDirectory() + "stamgast-lock-\(UUID().uuidString)"
    }

    @Test func secondProcessIsToldWhoHasTheHome() throws {
        let home = temporaryHome()
        defer { try? FileManager.default.removeItem(atPath: home) }
        let lock = try HomeLock(home: home)
        let owner = ProcessInfo.processInfo.processIdentifier
        #expect(throws: HomeLockProblem.held(home: home, process: owner)) { try HomeLock(home: home) }
        #expect("\(HomeLockProblem.held(home: home, process: owner))".contains("in use by process \(owner)"))
        withExtendedLifetime(lock) {}
    }

    @Test func lockIsFreeAgainAfterRelease() throws {
        let home = temporaryHome()
        defer { try? FileManager.default.removeItem(atPath: home) }
        var lock: HomeLock? = try HomeLock(home: home)
        #expect(lock != nil)
        lock = nil
        _ = try HomeLock(home: home)
    }

    @Test func killedProcessLeavesNothingBehind() throws {
        let home = temporaryHome()
        defer { try? FileManager.default.removeItem(atPath: home) }
        _ = try HomeLock(home: home)
        // flock(1) says "held" once it has the lock, then waits for its standard input.
        let child = Process()
        child.executableURL = URL(filePath: "/usr/bin/env")
        child.arguments = ["flock", "-n", "--no-fork", home + "/lock", "sh", "-c", "echo held; exec cat"]
        let input = Pipe()
        let output = Pipe()
        child.standardInput = input
        child.standardOutput = output
        try child.run()
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
        #expect(throws: HomeLockProblem.self) { try HomeLock(home: home) }
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        _ = try HomeLock(home: home)
        withExtendedLifetime(input) {}
    }

    @Test func childProcessesDoNotInheritTheLock() throws {
        let home = temporaryHome()
        defer { try? FileManager.default.removeItem(atPath: home) }
        let lock = try HomeLock(home: home)
        #expect(fcntl(lock.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test func homeThatCannotBeMadeIsNamed() {
        #expect(throws: HomeLockProblem.self) { try HomeLock(home: "/proc/nowhere/home") }
    }
}
