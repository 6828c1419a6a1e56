import Primitives
import Synchronization

@testable import Site

extension FakeSiteData {
    func playStyles(from answers: [Int]) -> [PlayStyle]? {
        answers.allSatisfy((1...7).contains) ? (answers[0] == 7 ? [.philanthropist] : []) : nil
    }

    func playStyle(of member: SiteMember) async throws -> [PlayStyle] { [.achiever] }

    func keep(_ styles: [PlayStyle], for member: SiteMember) async throws {
        state.withLock { $0.chosen.append("style " + StylePage.code(styles)) }
    }
}
