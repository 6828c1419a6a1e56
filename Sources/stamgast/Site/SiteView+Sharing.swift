import Loyalty
import Site

extension SiteView {
    /// The words for what went between members; `nil` for every other source.
    func sharing(_ source: String) -> Wording? {
        switch source {
        case "gift":
            switch language {
            case .nl: Wording("Een cadeau", language)
            case .en: Wording("A gift", language)
            case .ja: Wording("贈り物", language)
            }
        case "transfer":
            switch language {
            case .nl: Wording("Van lid tot lid", language)
            case .en: Wording("From member to member", language)
            case .ja: Wording("会員どうしの受け渡し", language)
            }
        default:
            if source.hasPrefix("wallet/"), case let kind = String(source.dropFirst("wallet/".count)) {
                wording(compiled.walletKinds[kind]?.name ?? ProgrammeText([:]), or: kind)
            } else {
                nil
            }
        }
    }
}
