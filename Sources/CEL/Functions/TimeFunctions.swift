/// `getFullYear` and the other parts of timestamps and durations.
enum TimeFunctions {
    static func define(in library: inout FunctionLibrary) {
        let fields: [(String, @Sendable (CalendarFields) -> Int64)] = [
            ("getFullYear", { $0.date.year }), ("getMonth", { Int64($0.date.month - 1) }),
            ("getDate", { Int64($0.date.day) }), ("getDayOfMonth", { Int64($0.date.day - 1) }),
            ("getDayOfWeek", { $0.date.dayOfWeek }), ("getDayOfYear", { $0.date.dayOfYear }),
            ("getHours", { $0.hour }), ("getMinutes", { $0.minute }), ("getSeconds", { $0.second }),
            ("getMilliseconds", { $0.millisecond }),
        ]
        for (name, field) in fields {
            var overloads: [Overload] = [
                .member([.timestamp], .int), .member([.timestamp, .string], .int),
            ]
            let scale = spanScale[name]
            if scale != nil { overloads.append(.member([.duration], .int)) }
            library.define(name, overloads) { budget, arguments throws(Failure) in
                switch arguments[0] {
                case .timestamp(let instant):
                    var offset: Int64 = 0
                    if arguments.count > 1 {
                        guard case .string(let zone) = arguments[1] else { throw Failure(.noSuchOverload) }
                        offset = try TimeFunctions.offset(of: zone, at: instant, budget)
                    }
                    return .int(field(CalendarFields(instant, offset: offset)))
                case .duration(let span):
                    guard arguments.count == 1, let scale else { throw Failure(.noSuchOverload) }
                    // Milliseconds are those within the second, as the specification says; the rest are totals.
                    let value = span.nanoseconds / scale
                    return .int(name == "getMilliseconds" ? value % 1000 : value)
                default: throw Failure(.noSuchOverload)
                }
            }
        }
    }

    /// Nanoseconds in the units that durations have getters for.
    private static let spanScale: [String: Int64] = [
        "getHours": 3_600_000_000_000, "getMinutes": 60_000_000_000, "getSeconds": 1_000_000_000,
        "getMilliseconds": 1_000_000,
    ]

    private static func offset(of zone: String, at instant: Timestamp, _ budget: Budget) throws(Failure) -> Int64 {
        if let fixed = FixedOffset.parse(zone) { return fixed }
        guard let zones = budget.zones, let offset = zones.utcOffset(of: zone, at: instant.seconds),
            abs(offset) <= 172_800
        else { throw Failure(.unknownTimeZone) }
        return Int64(offset)
    }
}
