import Access
import Catalogue
import Loyalty
import NIOCore
import Primitives
import Runtime
import Storage
import Vault

extension Problem {
    /// How any failure is answered. What nobody foresaw is a fault: it says so and nothing more.
    init(for error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let problem as PipelineProblem: self.init(problem)
        case let problem as CommandProblem: self.init(problem)
        case let problem as RaffleProblem: self.init(problem)
        case let problem as ReferralProblem: self.init(problem)
        case let problem as JSONProblem: self.init(problem)
        case let problem as StorageProblem: self.init(problem)
        case let problem as VaultProblem: self.init(problem)
        case let problem as ConsentProblem: self.init(problem)
        case AgeProblem.tooYoung:
            self.init(
                .conditionNotMet, "A member under 16 can have the levels off and session, unless a parent agreed.",
                extras: ["reason": "age"])
        case let problem as CatalogueProblem: self.init(problem)
        case AccessProblem.unauthenticated: self = .badKey
        case is CancellationError: self = .stopping
        default: self = .fault
        }
    }

    static var fault: Problem {
        Problem(.fault, "This is a defect. Nothing is half done; the server's log has the request under `request`.")
    }

    static var stopping: Problem {
        .retry(.unavailable, "The server is stopping. Send the request again.", afterSeconds: 2)
    }

    /// One answer for every reason, so that nothing can be learnt about keys.
    static var badKey: Problem { Problem(.unauthenticated, "The API key is not accepted.") }

    init(_ problem: PipelineProblem) {
        switch problem {
        case .unknownProgramme:
            self = .retry(.unavailable, "The key's programme is not in force on this server.", afterSeconds: 5)
        case .unknownMember: self = .notFound("member")
        case .command(let problem): self.init(problem)
        case .keyReused:
            self.init(.keyReused, "Use a new key for a new request; the same key only to send the same request again.")
        case .overloaded:
            self = .retry(.overloaded, "Too much is waiting to be written. Nothing was taken.", afterSeconds: 1)
        case .readOnly:
            self = .retry(
                .readOnly, "The disk is full or read-only. Nothing was taken; everything can still be read.",
                afterSeconds: 30)
        case .notOwner:
            self = .retry(.unavailable, "Another node has taken this work over. Nothing was taken.", afterSeconds: 2)
        case .unavailable:
            self = .retry(
                .unavailable,
                "The database does not answer, and it is not known whether the request was carried out. Send it again with "
                    + "the same id or Idempotency-Key: it counts once.", afterSeconds: 5)
        case .unprocessable: self = .fault
        }
    }

    init(_ problem: CommandProblem) {
        switch problem {
        case .ledger(let problem): self.init(problem)
        case .unknownLeaderboard: self = .notFound("leaderboard")
        case .unknownReward: self.init(.unknownReward, "See `rewards` of the programme.")
        case .unknownUnit: self.init(.unknownUnit, "See `units` of the programme.")
        case .notYet: self.init(.notYet, "The reward's time has not begun.")
        case .noLongerAvailable: self.init(.noLongerAvailable, "Its time is over, or has not begun again.")
        case .outOfStock: self.init(.outOfStock, "All are taken. A cancelled redemption gives one back.")
        case .perMemberLimit(let most):
            self.init(
                .memberLimit, "One member may have \(most) of it.", extras: ["limit": .integer(most)])
        case .conditionNotMet: self.init(.conditionNotMet, "What it asks for first is not true for this member.")
        case .unknownTransfer: self.init(.unknownEffect, "See the member's history for effects.")
        case .notReversible: self.init(.notReversible, "Only what gave or took points can be reversed.")
        case .reasonMissing: self = .invalid("reason", "Say why; the member will read it.")
        case .unknownStreak: self.init(.unknownStreak, "See `streaks` of the programme.")
        case .pauseOutOfRange:
            self.init(
                .pauseOutOfRange,
                "It begins at most \(StreakLimits.pauseBack) days back and lasts at most \(StreakLimits.pauseLength) days."
            )
        case .goalNotOffered: self.init(.goalNotOffered, "See `days` of the streak in the programme.")
        case .reward(let problem): self.init(problem)
        case .raffle(let problem): self.init(problem)
        case .referral(let problem): self.init(problem)
        case .sameMember: self = .invalid("member", "It takes two different members.")
        case .transfersNotAllowed:
            self.init(
                .transferRefused, "See `transfers` of the unit in the programme.", extras: ["reason": "not-allowed"])
        case .transferMinimum(let least):
            self.init(
                .transferRefused, "The least is \(least).", extras: ["reason": "minimum", "limit": .integer(least)])
        case .transferLimit(let most, let left):
            self.init(
                .transferRefused, "A member may give \(most) in the period; \(left) are left.",
                extras: ["reason": "maximum", "limit": .integer(most), "left": .integer(left)])
        case .unknownWallet: self = .notFound("wallet")
        case .friendsFull(let most):
            self.init(
                .transferRefused, "A member has at most \(most) friends.",
                extras: ["reason": "friends", "limit": .integer(most)])
        case .walletFull(let most):
            self.init(.walletRefused, "It has \(most) members.", extras: ["reason": "full", "limit": .integer(most)])
        case .alreadyPooled(let unit):
            self.init(
                .walletRefused, "Another wallet of the member's takes this unit.",
                extras: ["reason": "pooled", "unit": .string(unit)])
        case .notOwner: self.init(.walletRefused, "Only its owner may.", extras: ["reason": "owner"])
        case .ownerStays:
            self.init(.walletRefused, "Hand it over first.", extras: ["reason": "owner-stays"])
        case .unknownGate: self = .notFound("gate")
        case .unknownEvent:
            self.init(
                .unknownEvent, "No event of this `source` and `id` was taken. What was never sent needs no amendment.")
        case .alreadyAmended:
            self.init(.alreadyAmended, "An event is amended once. Correct the rest with an adjustment.")
        case .notAsSent:
            self.init(
                .notAsSent, "Send `event` as it was sent, with the same person, time and data; nothing was changed.")
        case .event(let problem): self.init(problem)
        case .unknownChallenge: self = .notFound("challenge")
        case .unknownBadge: self = .notFound("badge")
        case .notJoinable: self.init(.contradiction, "Nobody joins it: it counts for everybody.")
        case .tooManyChallenges(let most):
            self.init(
                .memberLimit, "One member may have joined \(most) at the same time.", extras: ["limit": .integer(most)])
        case .noGoal: self.init(.contradiction, "Its target is not the member's to choose.")
        case .goalOutOfBounds(let from, let to): self = .invalid("goal", "Send a whole number from \(from) to \(to).")
        case .alreadyComplete: self.init(.contradiction, "It is complete: choose again in its next period.")
        case .unknownTier:
            self.init(.unknownTier, "See `tiers` of the programme: only tiers by invitation can be given.")
        case .notInvited: self.init(.notInvited, "There is no invitation to this tier, or it was declined.")
        case .invitationHolds: self.init(.invitationHolds, "It was accepted. End it before you send another one.")
        case .play(let problem): self.init(problem)
        case .invitationOver: self = .invalid("until", "The day lies before today.")
        case .human(let problem): self.init(problem)
        }
    }

    init(_ problem: LedgerProblem) {
        switch problem {
        case .notPositive: self = .invalid("amount", "The amount must not be zero.")
        case .overflow: self.init(.amountOutOfRange, "The balance would leave the range of 64-bit whole numbers.")
        case .insufficient(let unit, let needed, let spendable):
            self.init(
                .insufficientBalance, "It takes \(needed) and \(spendable) can be spent.",
                extras: ["unit": .string(unit), "needed": .integer(needed), "spendable": .integer(spendable)])
        case .unknownHold: self = .notFound("redemption")
        case .holdEnded(let state):
            self.init(
                .holdEnded, "It ended already and ends once.", extras: ["state": .string(state.name)])
        case .holdExpired: self.init(.holdEnded, "Its time ran out; redeem again.", extras: ["state": "expired"])
        case .unbalanced: self = .fault
        }
    }

    init(_ problem: StorageProblem) {
        switch problem {
        case .full, .readOnly: self.init(PipelineProblem.readOnly)
        case .overloaded: self.init(PipelineProblem.overloaded)
        case .leaseLost: self.init(PipelineProblem.notOwner)
        case .closed: self = .stopping
        case .invalid:
            // What no engine can store, such as a NUL in a text.
            self = .invalid("body", "A text holds a character that cannot be stored.")
        default:
            self =
                problem.isTransient
                ? .retry(.unavailable, "The database is busy. Send the request again.", afterSeconds: 1) : .fault
        }
    }

    init(_ problem: VaultProblem) {
        switch problem {
        case .unknownMember: self = .notFound("member")
        case .invalid(let field, let expected): self = .invalid(field, "Send \(expected).")
        case .contention:
            self = .retry(
                .unavailable, "The same person was written elsewhere. Send the request again.", afterSeconds: 1)
        default: self = .fault
        }
    }

    init(_ problem: ConsentProblem) {
        switch problem {
        case .outdated: self.init(.contradiction, "The member decided otherwise since. Ask again.")
        case .reused: self.init(.contradiction, "`id` was used for another decision.")
        case .textChanged: self.init(.contradiction, "`text` was shown with other words. Give it a new version.")
        }
    }

    init(_ problem: CatalogueProblem) {
        switch problem {
        case .tooMany(let what, let limit): self = .invalid("body", "There may be \(limit) \(what).")
        case .unknownFeed: self = .notFound("feed")
        case .feedSettings(let field, let problem, let fix): self = .invalid(field, "\(problem). \(fix).")
        case .unreadable: self = .fault
        }
    }
}

extension Hold.State {
    var name: String {
        switch self {
        case .open: "open"
        case .confirmed: "confirmed"
        case .cancelled: "cancelled"
        case .expired: "expired"
        case .refunded: "refunded"
        }
    }
}
