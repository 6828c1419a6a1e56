/// Devices that several members used on a day, to be decided on together.
struct DevicesPage: Page {
    static let template = "devices"

    struct Entry: Sendable, Equatable {
        var check: String
        var why: WordingView?
        var day: String
        var members: String
        var label: String
        var dayID: String
        var device: String
        var mayDecide: Bool
        var csrf: String
    }

    var shell: Shell
    var entries: [Entry]
    var hasEntries: Bool
    var result: String?

    init(_ queue: DeviceQueue, shell: Shell, texts: Texts, csrf: String, decided: Int64? = nil) {
        self.shell = shell
        entries = queue.devices.map { device in
            let day = texts.date(device.day, today: queue.today)
            return Entry(
                check: device.check, why: device.why.map { WordingView($0, on: texts.language) }, day: day,
                members: texts.fair.deviceMembers(device.members, texts.number(device.members)),
                label: texts.reviews.caseLabel(device.check, day), dayID: device.day.iso,
                device: String(device.device), mayDecide: queue.mayDecide, csrf: csrf)
        }
        hasEntries = !entries.isEmpty
        result = decided.map { texts.reviews.decided($0, texts.number($0)) }
    }
}
