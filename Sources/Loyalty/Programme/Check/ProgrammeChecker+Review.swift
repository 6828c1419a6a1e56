/// Checks for reviews, and fields that would say where people are.
extension ProgrammeChecker {
    mutating func checkReview() {
        for check in programme.review {
            let place = "review:\(check.id)"
            guard let event = check.event else { continue }
            guard let type = programme.acceptedEvents.first(where: { $0.id == event }) else {
                report("There is no event type '\(event)'.", at: place, fix: "Declare it under events/.")
                continue
            }
            func needs(_ field: String, _ types: [FieldType], _ what: String) {
                guard let found = type.fields.first(where: { $0.id == field }), types.contains(found.type) else {
                    report(
                        "'\(event)' has no field '\(field)' that is \(what).", at: place,
                        fix: "Declare it, or name another field.")
                    return
                }
            }
            switch check.kind {
            case .speed(_, let length, let seconds, _):
                needs(length, [.integer, .number, .duration], "a number")
                needs(seconds, [.integer, .number, .duration], "a length of time")
            case .dwell(_, let seconds, _): needs(seconds, [.integer, .number, .duration], "a length of time")
            case .devices(_, let field, _): needs(field, [.text], "a text")
            case .velocity, .raised: break
            }
        }
        checkLocations()
    }

    /// Names of fields that hold where somebody is.
    static let locationFields: Set<String> = [
        "lat", "latitude", "lon", "lng", "long", "longitude", "latlng", "latlon", "coordinate", "coordinates", "coords",
        "geo", "geohash", "gps", "location", "position", "origin", "destination", "route", "track", "waypoints",
        "polyline",
    ]

    private mutating func checkLocations() {
        for event in programme.events {
            for field in event.fields where field.type != .item && field.type != .topic && field.oneOf.isEmpty {
                let words = field.id.lowercased().split { !$0.isLetter }.map(String.init)
                guard
                    Self.locationFields.contains(field.id.lowercased())
                        || words.contains(where: Self.locationFields.contains)
                else { continue }
                report(
                    "'\(field.id)' of '\(event.id)' looks like a place where somebody was.",
                    at: "event:\(event.id).\(field.id)",
                    fix: "Classify on the device and send a class (mode, distance, minutes), with 'one-of'.",
                    severity: .warning)
            }
        }
    }
}
