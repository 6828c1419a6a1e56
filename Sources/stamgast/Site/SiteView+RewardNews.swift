import Loyalty
import Site

extension SiteView {
    /// What a member is told of a reward; `nil` for notices of other things.
    func rewardNews(_ effect: AppliedEffect) -> RewardNews? {
        switch effect.subject {
        case "in-reach": return .inReach
        case "back-in-stock": return .back
        case "offer-opened": return .opened
        case "seat-offered": return .seatOffered
        case "seat-lapsed": return .seatLapsed
        default: break
        }
        // Of parcels and tickets; other notices have other subjects.
        guard compiled.rewards[effect.source] != nil else { return nil }
        switch Fulfilment(name: effect.subject) {
        case .requested, nil: return nil
        case .packed: return .parcel(.packed)
        case .sent: return .parcel(.sent)
        case .delivered: return .parcel(.delivered)
        case .returned: return .parcel(.returned)
        case .admitted: return .parcel(.used)
        }
    }
}
