import Loyalty
import Primitives
import TestSupport
import Testing

@testable import Personalisation

/// Levels per purpose: what holds, what is stored, what goes.
@Suite struct ProfilingChoiceTests {
    private static let midnight = Instant(seconds: 1_800_000_000)

    /// Every choice of three levels.
    private static let all: [ProfilingChoice] = PrivacyLevel.allCases.flatMap { first in
        PrivacyLevel.allCases.flatMap { second in
            PrivacyLevel.allCases.map { third in
                var choice = ProfilingChoice(all: first)
                choice.rewards = second
                choice.messages = third
                return choice
            }
        }
    }

    @Test func nothingRaisesALevelAndEveryCapHolds() {
        for choice in Self.all {
            for purpose in ProfilingPurpose.allCases {
                for (control, child, paused) in [
                    (false, false, false), (true, false, false), (false, true, false), (false, false, true),
                    (true, true, true),
                ] {
                    let level = effective(
                        purpose, choice, globalPrivacyControl: control, isChild: child, paused: paused)
                    #expect(level <= choice[purpose])
                    if paused { #expect(level == .off) }
                    if control || child { #expect(level <= .session) }
                    if !control, !child, !paused { #expect(level == choice[purpose]) }
                }
            }
        }
    }

    @Test func storageFollowsTheHighestPurpose() {
        for choice in Self.all {
            #expect(ProfilingPurpose.allCases.allSatisfy { choice[$0] <= choice.storageLevel })
            #expect(ProfilingPurpose.allCases.contains { choice[$0] == choice.storageLevel })
            #expect((choice.single != nil) == (Set(ProfilingPurpose.allCases.map { choice[$0] }).count == 1))
        }
    }

    @Test func whatGoesIsWhatNoPurposeMayKeepAnyMore() {
        #expect(Self.all.count == 64)
        for before in Self.all {
            for after in Self.all {
                let levels = Dictionary(uniqueKeysWithValues: ProfilingPurpose.allCases.map { ($0, after[$0]) })
                let outcome = before.change(ProfilingChange(levels: levels), endOfDay: Self.midnight)
                #expect(outcome.choice.storageLevel == after.storageLevel)
                #expect(outcome.choice.isAsked)
                #expect(
                    outcome.purges.contains(.history)
                        == (before.storageLevel == .personal && after.storageLevel != .personal))
                #expect(
                    outcome.purges.contains(.persona)
                        == (before.storageLevel >= .persona && after.storageLevel <= .session))
                for purpose in ProfilingPurpose.allCases {
                    #expect(outcome.said[purpose] == .init(before: before[purpose], after: after[purpose]))
                }
            }
        }
    }

    @Test func oneSwitchSetsAllAndAPurposeAloneSetsItself() {
        let start = ProfilingChoice.unsaid(at: .session)
        #expect(!start.isAsked)
        let all = start.change(.all(.personal), endOfDay: Self.midnight).choice
        #expect(all.single == .personal && all.isAsked)
        let one = all.change(ProfilingChange(levels: [.messages: .off]), endOfDay: Self.midnight).choice
        #expect(one.recommendations == .personal && one.rewards == .personal && one.messages == .off)
        #expect(one.storageLevel == .personal)
        #expect(ProfilingChoice.unsaid(at: .persona).isAsked, "another level than the first was chosen by somebody")
        let child = start.change(.all(.personal), isChild: true, endOfDay: Self.midnight).choice
        #expect(child.single == .session)
    }

    @Test func thePauseEndsWithTheDayOrWhenTheMemberSaysSo() {
        let start = ProfilingChoice(all: .personal)
        let today = start.change(ProfilingChange(pause: .today), endOfDay: Self.midnight).choice
        #expect(today.isPaused(at: Self.midnight.adding(milliseconds: -1)))
        #expect(!today.isPaused(at: Self.midnight))
        #expect(!today.isAsked, "a pause is no answer to the question")
        let open = start.change(ProfilingChange(pause: .open), endOfDay: Self.midnight).choice
        #expect(open.isPaused(at: Self.midnight.adding(milliseconds: 400 * 86_400_000)))
        #expect(open.level(for: .rewards, at: Self.midnight) == .off)
        let again = open.change(ProfilingChange(pause: .some(.none)), endOfDay: Self.midnight).choice
        #expect(again == start)
        #expect(start.change(ProfilingChange(surprise: .half), endOfDay: Self.midnight).choice.surprise == .half)
    }

    @Test func twoRecordsHaveTheStricterOfBoth() {
        for mine in Self.all {
            for theirs in Self.all {
                let merged = mine.stricter(with: theirs)
                for purpose in ProfilingPurpose.allCases {
                    #expect(merged[purpose] == min(mine[purpose], theirs[purpose]))
                }
                #expect(merged == merged.stricter(with: theirs) && merged.storageLevel <= mine.storageLevel)
            }
        }
        var paused = ProfilingChoice(all: .persona)
        paused.pausedUntil = Self.midnight
        #expect(ProfilingChoice(all: .persona).stricter(with: paused).pausedUntil == Self.midnight)
    }
}
