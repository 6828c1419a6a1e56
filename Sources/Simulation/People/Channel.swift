/// Where something was read, heard or done.
public enum Channel: Int, Hashable, Sendable, CaseIterable {
    case web, app, podcast, newsletter, counter

    public var name: String {
        switch self {
        case .web: "web"
        case .app: "app"
        case .podcast: "podcast"
        case .newsletter: "newsletter"
        case .counter: "counter"
        }
    }

    /// The source that sends the channel's events, a CloudEvents `source`.
    public var source: String {
        switch self {
        case .web: "/avondpost/web"
        case .app: "/avondpost/app"
        case .podcast: "/avondpost/podcast"
        case .newsletter: "/avondpost/newsletter"
        case .counter: "/avondpost/counter"
        }
    }
}
