/// The hidden kinds of reader that the population is made of. No event names them; whoever finds personas is measured
/// against them.
public enum TasteGroup: Int, Hashable, Sendable, CaseIterable {
    case newsFollower, cityDweller, cultureReader, cinephile, researcher, sportsFan, listener, gourmet

    public var name: String {
        switch self {
        case .newsFollower: "news-follower"
        case .cityDweller: "city-dweller"
        case .cultureReader: "culture-reader"
        case .cinephile: "cinephile"
        case .researcher: "researcher"
        case .sportsFan: "sports-fan"
        case .listener: "listener"
        case .gourmet: "gourmet"
        }
    }

    /// Share of the population; the shares add up to 1.
    public var share: Double { Self.shares[rawValue] }

    /// Weight of each topic, in the order of `Topic.allCases`, adding up to 1.
    public var topicWeights: [Double] { Self.tastes[rawValue] }

    /// Weights of web, app, podcast, newsletter, counter.
    var channelWeights: [Double] { Self.channels[rawValue] }

    /// Mean of the logarithm of sessions a day.
    var logSessionsPerDay: Double { Self.activity[rawValue] }

    var rhythms: [Double] { Self.rhythmWeights[rawValue] }

    private static let shares = [0.20, 0.17, 0.14, 0.09, 0.12, 0.12, 0.08, 0.08]

    private static let activity = [-0.5, -0.9, -1.0, -1.2, -0.95, -0.85, -1.1, -1.3]

    //                          pol   city  econ  clim  sci   art   film  music books sport food  tech
    private static let tastes: [[Double]] = [
        [0.32, 0.13, 0.20, 0.09, 0.04, 0.02, 0.02, 0.02, 0.03, 0.07, 0.02, 0.04],
        [0.10, 0.34, 0.06, 0.06, 0.03, 0.04, 0.05, 0.05, 0.02, 0.11, 0.11, 0.03],
        [0.05, 0.07, 0.02, 0.03, 0.05, 0.26, 0.10, 0.16, 0.20, 0.01, 0.04, 0.01],
        [0.03, 0.06, 0.02, 0.02, 0.04, 0.10, 0.42, 0.15, 0.10, 0.02, 0.02, 0.02],
        [0.05, 0.04, 0.07, 0.22, 0.28, 0.02, 0.03, 0.02, 0.06, 0.02, 0.02, 0.17],
        [0.07, 0.12, 0.06, 0.02, 0.03, 0.01, 0.05, 0.04, 0.01, 0.50, 0.05, 0.04],
        [0.13, 0.07, 0.06, 0.11, 0.13, 0.04, 0.05, 0.21, 0.12, 0.03, 0.02, 0.03],
        [0.03, 0.15, 0.05, 0.08, 0.04, 0.07, 0.04, 0.06, 0.08, 0.02, 0.36, 0.02],
    ]

    private static let channels: [[Double]] = [
        [0.40, 0.36, 0.08, 0.15, 0.01], [0.44, 0.36, 0.05, 0.11, 0.04], [0.45, 0.20, 0.10, 0.20, 0.05],
        [0.45, 0.32, 0.08, 0.10, 0.05], [0.42, 0.28, 0.18, 0.11, 0.01], [0.30, 0.54, 0.08, 0.07, 0.01],
        [0.16, 0.24, 0.52, 0.07, 0.01], [0.42, 0.26, 0.04, 0.23, 0.05],
    ]

    // morning, lunch, evening, night
    private static let rhythmWeights: [[Double]] = [
        [0.50, 0.15, 0.30, 0.05], [0.30, 0.25, 0.40, 0.05], [0.20, 0.15, 0.50, 0.15], [0.08, 0.12, 0.50, 0.30],
        [0.30, 0.20, 0.35, 0.15], [0.30, 0.25, 0.40, 0.05], [0.45, 0.10, 0.30, 0.15], [0.20, 0.25, 0.50, 0.05],
    ]
}
