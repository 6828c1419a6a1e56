/// How much the catalogue takes. Written down so that every refusal can name its number.
public struct CatalogueLimits: Hashable, Sendable {
    /// Items in one call.
    public var itemsPerCall = 1_000
    /// Stubs in one programme. Beyond it events with unknown items are still taken, but their items are not noted: whoever
    /// can send events could otherwise fill the disk with made-up ids.
    public var stubsPerProgramme = 100_000
    public var titleBytes = 1_000
    public var standfirstBytes = 4_000
    public var bodyBytes = 200_000
    public var biographyBytes = 20_000
    /// Languages of one text.
    public var languages = 20
    public var makersPerItem = 50
    public var topicsPerItem = 50
    public var regionsPerItem = 250
    /// 100 days, in seconds.
    public var durationSeconds = 8_640_000
    public var wordCount = 10_000_000
    /// Makers, and series, in one programme.
    public var makersPerProgramme = 20_000
    public var seriesPerProgramme = 20_000
    public var faceBytes = 100_000
    public var feedsPerProgramme = 200

    public init() {}

    public static let standard = CatalogueLimits()
}
