import Hummingbird
import Primitives
import Site
import Synchronization

extension FakeSiteData {
    private static let known = Samples.member.description

    func memberSearch(for staff: SiteStaff) async throws -> MemberSearch {
        guard staff.seesMembers else { throw HTTPError(.forbidden) }
        return MemberSearch(isThroughVault: staff.staff == "s1")
    }

    func find(_ question: MemberQuestion, for staff: SiteStaff) async throws -> MemberFinding {
        guard staff.seesMembers else { throw HTTPError(.forbidden) }
        state.withLock { $0.chosen.append("find \(question)") }
        switch question {
        case .pseudonym("11223344"): return .member(Self.known)
        case .pseudonym("00000000"): return .several
        case .user("ann"), .email("ann@example.org"): return .member(Self.known)
        default: return .unknown
        }
    }

    func consoleMember(
        _ id: String, after: String?, for staff: SiteStaff, language: Language
    ) async throws -> ConsoleMember? {
        guard staff.seesMembers else { throw HTTPError(.forbidden) }
        guard id == Self.known, after == nil || after == "cursor/2+" else { return nil }
        var member = Samples.consoleMember(language)
        if after != nil { member.older = nil }
        member.mayAdjust = staff.staff == "s1"
        return member
    }

    func adjust(
        _ order: PointsOrder, of member: String, for staff: SiteStaff, key: String, language: Language
    ) async throws -> PointsOutcome? {
        guard staff.staff == "s1" else { throw HTTPError(.forbidden) }
        guard member == Self.known else { return nil }
        state.withLock { $0.chosen.append("adjust \(order.unit) \(order.amount) \(order.reason) \(key)") }
        guard order.unit == "ink" else { return .refused }
        return order.amount < -1_245 ? .tooFew(Amount(1_245, Samples.ink(language))) : .done
    }
}
