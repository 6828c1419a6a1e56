import Storage

/// The hot statements: made once, prepared once per connection.
enum Statements {
    static let member = BulkStatement.insert(
        into: "member",
        columns: [
            ("member_id", .id), ("programme_id", .text), ("level", .integer), ("time_zone", .text),
            ("day_start", .integer), ("language", .text), ("joined_day", .integer), ("paused", .integer),
            ("merged_into", .id), ("traits", .text),
        ],
        onConflict: .update(
            keys: ["member_id"],
            set: ["level", "time_zone", "day_start", "language", "joined_day", "paused", "merged_into", "traits"]))
    static let due = BulkStatement.insert(
        into: "member_due", columns: [("member_id", .id), ("programme_id", .text), ("due_at", .integer)],
        onConflict: .update(keys: ["member_id"], set: ["due_at"]))
    static let account = BulkStatement.insert(
        into: "account",
        columns: [
            ("member_id", .id), ("unit", .text), ("kind", .integer), ("programme_id", .text), ("balance", .integer),
            ("version", .integer),
        ],
        onConflict: .update(keys: ["member_id", "unit", "kind"], set: ["balance", "version"]))
    static let transfer = BulkStatement.insert(
        into: "transfer",
        columns: [
            ("member_id", .id), ("transfer_id", .id), ("programme_id", .text), ("kind", .integer), ("unit", .text),
            ("amount", .integer), ("at", .integer), ("source", .text), ("source_version", .integer), ("refers", .id),
            ("budget", .text), ("budget_day", .integer),
        ])
    static let entry = BulkStatement.insert(
        into: "entry",
        columns: [
            ("member_id", .id), ("unit", .text), ("kind", .integer), ("version", .integer), ("programme_id", .text),
            ("transfer_id", .id), ("amount", .integer), ("balance", .integer),
        ])
    static let lot = BulkStatement.insert(
        into: "lot",
        columns: [
            ("member_id", .id), ("lot_id", .id), ("programme_id", .text), ("unit", .text), ("granted", .integer),
            ("remaining", .integer), ("held", .integer), ("active_at", .integer), ("expires_at", .integer),
            ("is_open", .integer), ("terms", .text),
        ],
        onConflict: .update(
            keys: ["member_id", "lot_id"], set: ["remaining", "held", "active_at", "expires_at", "is_open", "terms"]))
    static let lotUse = BulkStatement.insert(
        into: "lot_use",
        columns: [
            ("member_id", .id), ("lot_id", .id), ("transfer_id", .id), ("programme_id", .text), ("amount", .integer),
        ])
    static let hold = BulkStatement.insert(
        into: "hold",
        columns: [
            ("member_id", .id), ("hold_id", .id), ("programme_id", .text), ("unit", .text), ("amount", .integer),
            ("reward", .text), ("parts", .blob), ("state", .integer), ("opened_at", .integer),
            ("expires_at", .integer),
        ],
        onConflict: .update(keys: ["member_id", "hold_id"], set: ["state"]))
    static let counter = BulkStatement.insert(
        into: "counter",
        columns: [
            ("member_id", .id), ("name", .text), ("programme_id", .text), ("marks", .blob), ("granted", .integer),
            ("refused", .integer),
        ],
        onConflict: .update(keys: ["member_id", "name"], set: ["marks", "granted", "refused"]))
    static let badge = BulkStatement.insert(
        into: "badge",
        columns: [
            ("member_id", .id), ("badge", .text), ("programme_id", .text), ("day", .integer), ("effect_id", .id),
        ],
        onConflict: .update(keys: ["member_id", "badge"], set: ["day", "effect_id"]))
    static let entitlement = BulkStatement.insert(
        into: "entitlement",
        columns: [
            ("member_id", .id), ("name", .text), ("programme_id", .text), ("day", .integer), ("expires_at", .integer),
            ("effect_id", .id),
        ],
        onConflict: .update(keys: ["member_id", "name"], set: ["day", "expires_at", "effect_id"]))
    static let explanation = BulkStatement.insert(
        into: "explanation",
        columns: [
            ("member_id", .id), ("day", .integer), ("effect_id", .id), ("programme_id", .text), ("kind", .text),
            ("source", .text), ("source_version", .integer), ("subject", .text), ("amount", .integer),
            ("wanted", .integer), ("refusal", .text), ("at", .integer), ("proof", .blob), ("zone_data", .integer),
        ])
    static let exposure = BulkStatement.insert(
        into: "exposure",
        columns: [("member_id", .id), ("rule", .text), ("programme_id", .text), ("day", .integer)],
        onConflict: .ignore)
    static let claim = BulkStatement.insert(
        into: "event_claim", columns: [("claim", .id), ("programme_id", .text)])
    static let spentToken = BulkStatement.insert(
        into: "earning_spent", columns: [("token", .id), ("programme_id", .text), ("day", .integer)])
    static let event = BulkStatement.insert(
        into: "event",
        columns: [
            ("member_id", .id), ("at", .integer), ("claim", .id), ("programme_id", .text), ("type", .text),
            ("payload", .blob), ("expires_at", .integer),
        ])
    static let quarantine = BulkStatement.insert(
        into: "quarantine",
        columns: [
            ("quarantine_id", .id), ("programme_id", .text), ("day", .integer), ("type", .text), ("code", .text),
            ("field", .text), ("detail", .text), ("sealed", .blob), ("expires_at", .integer),
        ], onConflict: .ignore)
    static let ruleDay = BulkStatement.insert(
        into: "rule_day",
        columns: [
            ("programme_id", .text), ("day", .integer), ("source", .text), ("kind", .text), ("count", .integer),
            ("amount", .integer),
        ],
        onConflict: .update(
            keys: ["programme_id", "day", "source", "kind"], set: [], adding: ["count", "amount"]))
}
