/// How what leads to letters is kept: in counters of the member, so that loading, merging, erasing and back-up know them.
///
/// | Counter | Holds |
/// |---|---|
/// | `recognition/days` | the latest days on which the member did anything |
/// | `recognition/count/ID`, `recognition/count/ID/MAKER` | how many events on which day |
/// | `recognition/told/ID` | what was a moment already: `wanted` is the number, or the day that the moment is known by |
/// | `recognition/off` | `granted` above 0: the member wants no letters |
enum RecognitionCounters {
    static let days = "recognition/days"
    static let off = "recognition/off"
    /// How many days of presence are remembered: those of the longest window of a regular, and what is late.
    static let rememberedDays = 64

    static func count(_ occasion: String) -> String { "recognition/count/" + occasion }
    static func count(_ occasion: String, maker: String) -> String { "recognition/count/\(occasion)/\(maker)" }
    static func told(_ occasion: String) -> String { "recognition/told/" + occasion }

    /// Whether a counter says whose work the member reads: it goes when the member leaves the level `personal`.
    static func isPersonal(_ name: String) -> Bool {
        name.hasPrefix("recognition/count/") && name.dropFirst("recognition/count/".count).contains("/")
    }
}
