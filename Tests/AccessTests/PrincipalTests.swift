import Primitives
import Testing

@testable import Access

/// The whole table, written out once more and independently: a change to either side is seen.
@Suite struct PrincipalTests {
    private static let scopes: [Scope: [Permission]] = [
        .eventsWrite: [.eventsWrite], .membersRead: [.membersRead], .membersWrite: [.membersWrite, .membersErase],
        .programmeRead: [.programmeRead, .catalogueRead], .programmeWrite: [.programmeWrite],
        .catalogueWrite: [.catalogueRead, .catalogueWrite], .console: [.console], .metricsRead: [.metricsRead],
        .counter: [.counterServe], .aggregatesRead: [.aggregatesRead],
    ]

    // owner, manager, editor, analyst, privacy officer, service agent, clerk, team lead
    private static let roles: [Permission: String] = [
        .eventsWrite: "xx......", .membersRead: "xx..xx..", .membersWrite: "xx...x..", .membersReveal: "x...xx..",
        .membersErase: "x...x...", .ledgerAdjust: "xx......", .rewardsHandOut: "xx...xx.", .counterServe: "x.....x.",
        .programmeRead: "xxxxxx..",
        .programmeWrite: "xx......", .catalogueRead: "xxxxxx..", .catalogueWrite: "xxx.....", .console: "xxxxxx..",
        .metricsRead: "xxxxx...", .aggregatesRead: "xxxxx..x", .auditRead: "xx..x...", .accessManage: "x.......",
        .ownRead: "........",
        .ownWrite: "........",
    ]

    private let courant: ProgrammeID
    private let radio: ProgrammeID
    private let anna = MemberID(ID128(high: 1, low: 1))
    private let bo = MemberID(ID128(high: 2, low: 2))

    init() throws {
        courant = try programme("courant")
        radio = try programme("radio")
    }

    @Test(arguments: Scope.allCases, Permission.allCases)
    func scopeAllowsExactlyItsPermissionsInItsProgramme(scope: Scope, permission: Permission) {
        let key = Principal.apiKey(programme: courant, scopes: [scope], keyID: "k")
        let expected = Self.scopes[scope, default: []].contains(permission)
        #expect(key.allows(permission, in: courant) == expected)
        #expect(key.allows(permission, in: courant, of: anna) == expected)
        #expect(!key.allows(permission, in: radio))
        #expect(!key.allowsEverywhere(permission))
    }

    @Test(arguments: Permission.allCases)
    func keyAllowsWhatAnyOfItsScopesAllows(permission: Permission) {
        let none = Principal.apiKey(programme: courant, scopes: [], keyID: "k")
        #expect(!none.allows(permission, in: courant))
        let all = Principal.apiKey(programme: courant, scopes: Set(Scope.allCases), keyID: "k")
        #expect(
            all.allows(permission, in: courant) == Self.scopes.values.contains { $0.contains(permission) })
    }

    @Test(arguments: Role.allCases, Permission.allCases)
    func roleAllowsExactlyItsPermissionsInItsProgrammes(role: Role, permission: Permission) throws {
        let row = try #require(Self.roles[permission])
        let column = try #require(Role.allCases.firstIndex(of: role))
        let expected = Array(row)[column] == "x"
        let id = ID128(high: 3, low: 3)
        let here = Principal.staff(id: id, role: role, programmes: .only([courant]))
        #expect(here.allows(permission, in: courant) == expected)
        #expect(!here.allows(permission, in: radio))
        #expect(!here.allowsEverywhere(permission))
        let everywhere = Principal.staff(id: id, role: role, programmes: .all)
        #expect(everywhere.allows(permission, in: courant) == expected)
        #expect(everywhere.allows(permission, in: radio) == expected)
        #expect(everywhere.allowsEverywhere(permission) == expected)
        #expect(!Principal.staff(id: id, role: role, programmes: .only([])).allows(permission, in: courant))
    }

    @Test(arguments: Permission.allCases)
    func memberReachesOwnThingsInOwnProgrammeOnly(permission: Permission) {
        let member = Principal.member(programme: courant, anna)
        #expect(member.allows(permission, in: courant, of: anna) == [.ownRead, .ownWrite].contains(permission))
        #expect(!member.allows(permission, in: courant, of: bo))
        #expect(!member.allows(permission, in: courant))
        #expect(!member.allows(permission, in: radio, of: anna))
        #expect(!member.allowsEverywhere(permission))
    }

    @Test(arguments: ["", "Courant", ",", "courant,BAD"])
    func unreadableProgrammesAllowNothingElse(text: String) {
        let set = ProgrammeSet(text: text)
        #expect(!set.contains(radio))
        #expect(set.contains(courant) == text.hasPrefix("courant"))
    }

    @Test func programmesRoundTrip() {
        for set in [ProgrammeSet.all, .only([]), .only([courant]), .only([courant, radio])] {
            #expect(ProgrammeSet(text: set.text) == set)
        }
    }
}
