@testable import Catalogue

/// The items of a file and its faults, apart.
func sorted(_ rows: AnyIterator<ItemRow>) -> (drafts: [ItemDraft], faults: [DraftFault]) {
    var drafts: [ItemDraft] = []
    var faults: [DraftFault] = []
    for row in rows {
        switch row {
        case .item(let draft): drafts.append(draft)
        case .faults(let wrong): faults += wrong
        }
    }
    return (drafts, faults)
}
