import Foundation
import Primitives

extension PrivacyEvaluation {
    /// Guarantees of the server as a whole, which rows of a data set cannot show, and the tests that do.
    static let shownByTests: [(guarantee: String, promise: String, tests: [String])] = [
        (
            "G1", "swapping two members' histories leaves every byte the same",
            [
                "RuntimeTests.NonInterferenceTests.swappingTwoMembersItemsChangesNoByte",
                "RuntimeTests.ChallengePrivacyTests.swappingTwoMembersEpisodesChangesNoByte",
                "RuntimeTests.LetterPrivacyTests.swappingTwoMembersItemsOfOtherMakersChangesNoByte",
            ]
        ),
        (
            "G9", "an erased member is in no file and does not come back from a back-up",
            [
                "RuntimeTests.ErasureTests.anErasedMemberLeavesFiguresAndNothingElse",
                "RuntimeTests.ErasureTests.noFileHoldsAnErasedMemberAndARestoredBackUpForgetsAgain",
            ]
        ),
        (
            "G10", "a lower level holds from the next request, and what the higher one kept is gone",
            [
                "RuntimeTests.ProfilingTests.whatTheHigherLevelKeptIsGoneWhenTheAnswerComes",
                "RuntimeTests.ProfilingTests.aPauseKeepsNothingAndTakesNothing",
            ]
        ),
    ]

    /// Mean and standard error of the mean.
    static func mean(_ values: [Double]) -> (mean: Double, error: Double) {
        let n = Double(max(1, values.count))
        let mean = values.reduce(0, +) / n
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, values.count > 1 ? (square / (n - 1) / n).squareRoot() : 0)
    }

    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(format: "%.4f", value)
    }

    static func scientific(_ value: Double) -> String { String(format: "%.1e", value) }

    var json: JSONValue {
        let table = rows.map { row -> JSONValue in
            var object: JSONObject = [
                "guarantee": .string(row.guarantee), "measure": .string(row.measure), "measured": .double(row.measured),
            ]
            if let k = row.k { object["k"] = .integer(Int64(k)) }
            if let error = row.standardError { object["standardError"] = .double(error) }
            switch row.bound {
            case .atMost(let limit): object["atMost"] = .double(limit)
            case .atLeast(let limit): object["atLeast"] = .double(limit)
            case .none: break
            }
            if let bare = row.unprotected { object["unprotected"] = .double(bare) }
            if let passes = row.passes { object["passes"] = .bool(passes) }
            return .object(object)
        }
        let tests = Self.shownByTests.map { entry -> JSONValue in
            .object([
                "guarantee": .string(entry.guarantee), "promise": .string(entry.promise),
                "tests": .array(entry.tests.map { .string($0) }),
            ])
        }
        return .object([
            "members": .integer(Int64(members)), "items": .integer(Int64(items)),
            "interactions": .integer(Int64(interactions)), "seed": .integer(Int64(truncatingIfNeeded: seed)),
            "rows": .array(table), "shownByTests": .array(tests),
            "seconds": .object(JSONObject(seconds.map { ($0.part, .double($0.seconds)) })),
        ])
    }

    var text: String {
        var lines = [
            "\(interactions) interactions, \(members) members, \(items) items, seed \(seed)", "",
            "guarantee  k  measured  threshold  unprotected  result  what",
        ]
        lines += rows.map(Self.line)
        lines.append("")
        for entry in Self.shownByTests {
            lines.append("\(entry.guarantee) \(entry.promise): \(entry.tests.joined(separator: ", "))")
        }
        lines.append("")
        lines += seconds.map { String(format: "%.2f s  ", $0.seconds) + $0.part }
        return lines.joined(separator: "\n")
    }

    static func line(_ row: Row) -> String {
        let bound =
            switch row.bound {
            case .atMost(let limit): "<= \(number(limit))"
            case .atLeast(let limit): ">= \(number(limit))"
            case .none: "-"
            }
        let measured = number(row.measured) + (row.standardError.map { " ± " + number($0) } ?? "")
        let result = row.passes.map { $0 ? "pass" : "FAIL" } ?? "-"
        return [
            row.guarantee, row.k.map(String.init) ?? "-", measured, bound, row.unprotected.map(number) ?? "-", result,
            row.measure,
        ].joined(separator: "  ")
    }
}
