/// What staff may try on history, and what was tried.
public struct BacktestDesk: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public var id: String
        public var kind: BacktestKind
        public var state: BacktestState
        public var day: LocalDay

        public init(id: String, kind: BacktestKind, state: BacktestState, day: LocalDay) {
            self.id = id
            self.kind = kind
            self.state = state
            self.day = day
        }
    }

    public var today: LocalDay
    /// The files of the programme in force.
    public var files: [String]
    public var mayOrder: Bool
    public var entries: [Entry]

    public init(today: LocalDay, files: [String] = [], mayOrder: Bool = true, entries: [Entry] = []) {
        self.today = today
        self.files = files
        self.mayOrder = mayOrder
        self.entries = entries
    }
}

public enum BacktestKind: Sendable, Hashable { case backtest, replay }

public enum BacktestState: Sendable, Hashable {
    /// From 0 to 1.
    case running(Double)
    case done
    case cancelled
    /// Why, in a sentence.
    case failed(String)
}

/// A changed file of the programme: what is wrong with it, or what it changes.
public struct BacktestDraft: Sendable, Hashable {
    public struct Problem: Sendable, Hashable {
        public var path: String
        /// From 1; 0 if it has no place in the file.
        public var line: Int
        public var column: Int
        public var message: String
        public var fix: String?

        public init(path: String, line: Int, column: Int, message: String, fix: String? = nil) {
            self.path = path
            self.line = line
            self.column = column
            self.message = message
            self.fix = fix
        }
    }

    public struct Change: Sendable, Hashable {
        /// Such as `rule curious-reader`.
        public var thing: String
        /// Which part of it; empty if all of it came or went.
        public var field: String
        public var from: String?
        public var to: String?

        public init(thing: String, field: String, from: String?, to: String?) {
            self.thing = thing
            self.field = field
            self.from = from
            self.to = to
        }
    }

    public var problems: [Problem]
    public var changes: [Change]

    public init(problems: [Problem] = [], changes: [Change] = []) {
        self.problems = problems
        self.changes = changes
    }
}

/// The result of a back-test or of a replay. Numbers of few members are `nil` for staff who may not look at members.
public struct BacktestSheet: Sendable, Hashable {
    public struct Pair: Sendable, Hashable {
        public var before: Int64
        public var after: Int64

        public init(_ before: Int64, _ after: Int64) {
            self.before = before
            self.after = after
        }
    }

    /// What one rule, challenge or streak gives.
    public struct Row: Sendable, Hashable {
        public var source: String
        public var given: Pair

        public init(source: String, given: Pair) {
            self.source = source
            self.given = given
        }
    }

    public struct Unit: Sendable, Hashable {
        public var unit: PointUnit
        public var rows: [Row]
        /// What is owed at the end; `nil` where only counters were there to tell.
        public var owed: Pair?
        /// The same in money, as `12.50 EUR`.
        public var money: (before: String, after: String)? {
            get { moneyTexts.count == 2 ? (moneyTexts[0], moneyTexts[1]) : nil }
            set { moneyTexts = newValue.map { [$0.before, $0.after] } ?? [] }
        }
        private var moneyTexts: [String] = []
        public var more: Int64?
        public var less: Int64?

        public init(unit: PointUnit, rows: [Row], owed: Pair? = nil, more: Int64? = nil, less: Int64? = nil) {
            self.unit = unit
            self.rows = rows
            self.owed = owed
            self.more = more
            self.less = less
        }
    }

    public struct Move: Sendable, Hashable {
        /// `nil`: on no tier.
        public var from: Wording?
        public var to: Wording?
        public var members: Int64?

        public init(from: Wording?, to: Wording?, members: Int64?) {
            self.from = from
            self.to = to
            self.members = members
        }
    }

    public struct Achievement: Sendable, Hashable {
        public var name: Wording
        public var gained: Int64?
        public var lost: Int64?

        public init(name: Wording, gained: Int64?, lost: Int64?) {
            self.name = name
            self.gained = gained
            self.lost = lost
        }
    }

    /// One history: counters of everybody, or kept events.
    public struct Part: Sendable, Hashable {
        public var members: Int64
        public var units: [Unit]
        public var moves: [Move]
        public var achievements: [Achievement]

        public init(members: Int64, units: [Unit] = [], moves: [Move] = [], achievements: [Achievement] = []) {
            self.members = members
            self.units = units
            self.moves = moves
            self.achievements = achievements
        }
    }

    public struct Note: Sendable, Hashable {
        public var id: String
        public var text: String

        public init(id: String, text: String) {
            self.id = id
            self.text = text
        }
    }

    public struct Replay: Sendable, Hashable {
        public var effects: Int64
        public var ofRules: Int64
        /// From 0 to 1.
        public var share: Double
        public var differing: Int64
        public var differences: [Note]

        public init(effects: Int64, ofRules: Int64, share: Double, differing: Int64, differences: [Note] = []) {
            self.effects = effects
            self.ofRules = ofRules
            self.share = share
            self.differing = differing
            self.differences = differences
        }
    }

    public var id: String
    public var kind: BacktestKind
    public var state: BacktestState
    public var mayStop: Bool
    public var changes: [BacktestDraft.Change]
    /// From the counters of all members.
    public var counters: Part?
    /// Over kept events; `nil` if none are kept.
    public var events: Part?
    public var keptEvents: Int64
    public var claims: Int64
    /// What the counters say nothing about, and why.
    public var uncovered: [Note]
    public var replay: Replay?

    public init(
        id: String, kind: BacktestKind, state: BacktestState, mayStop: Bool = false,
        changes: [BacktestDraft.Change] = [], counters: Part? = nil, events: Part? = nil, keptEvents: Int64 = 0,
        claims: Int64 = 0, uncovered: [Note] = [], replay: Replay? = nil
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.mayStop = mayStop
        self.changes = changes
        self.counters = counters
        self.events = events
        self.keptEvents = keptEvents
        self.claims = claims
        self.uncovered = uncovered
        self.replay = replay
    }
}

/// What the pages of history need.
public protocol BacktestSiteData: EditorSiteData {
    func backtests(for staff: SiteStaff) async throws -> BacktestDesk
    /// A file of the programme in force; `nil` if it has none of this path.
    func backtestFile(_ path: String, for staff: SiteStaff) async throws -> String?
    /// The programme in force with this file in place of its own.
    func draft(_ text: String, at path: String, for staff: SiteStaff) async throws -> BacktestDraft
    /// Orders a back-test of the changed file, or a replay without one; the same key again is the same order.
    ///
    /// - Returns: its identifier; `nil` if it cannot be ordered: for its errors, or because too many wait.
    /// - Throws: an HTTP error with the status 403 for staff who may not change the programme.
    func order(_ file: (path: String, text: String)?, for staff: SiteStaff, key: String) async throws -> String?
    func backtest(_ id: String, for staff: SiteStaff, language: Language) async throws -> BacktestSheet?
    func cancelBacktest(_ id: String, for staff: SiteStaff) async throws
}
