/// How much a member was urged, and what they chose: in counters of theirs, so that loading, merging, erasing and back-up
/// know them.
///
/// | Counter | Holds |
/// |---|---|
/// | `pressure/said` | what was said and counts: the day, slot is the kind |
/// | `pressure/withheld` | what was not: the first day, slot is the kind, size which one |
/// | `pressure/asked` | `granted`: the last day of which it is decided what is said |
/// | `pressure/choice` | `granted`: what the member chose, an ``UrgingChoice`` |
/// | `nudge/ID` | days on which a rule saw an occasion |
/// | `urged/ID` | a nudge of a rule: the days it was said on; else the first day of each period it was said of |
/// | `tiers/word` | the end that is to be told: `granted` its day, `refused` its key, marks the credits and what is needed |
enum PressureCounters {
    static let said = "pressure/said"
    static let withheld = "pressure/withheld"
    static let asked = "pressure/asked"
    static let choice = "pressure/choice"
    /// Days that are remembered.
    static let memory: Int32 = 400

    static func wants(of nudge: String) -> String { "nudge/" + nudge }
    static func urged(_ nudge: String) -> String { "urged/" + nudge }

    /// Joins what two records of one person have; the quieter choice holds.
    static func merge(_ name: String, mine: Counter, theirs: Counter, merged: inout Counter) {
        switch name {
        case asked, choice: merged = Counter(granted: max(mine.granted, theirs.granted))
        case TierCounters.word: merged = mine.granted >= theirs.granted ? mine : theirs
        // In reach, and told or not; how often it was told adds up.
        case _ where name.hasPrefix("wish/"): merged.granted = max(mine.granted, theirs.granted)
        default: break
        }
    }
}

extension Counter {
    /// Without the marks of days before `day`.
    func since(_ day: Int32) -> Counter {
        Counter(marks: marks.filter { $0.day >= day }, granted: granted, refused: refused)
    }
}
