internal import Hummingbird
internal import Primitives

/// Stock, codes, tickets and parcels. Every form can be sent twice: what it did, it did once; what is wrong is said beside
/// it.
extension StamgastSite {
    /// What fits into a form; more goes over HTTP (`POST /v1/rewards/{reward}/codes`).
    static let maximumCodes = 1_000
    static let codeBytes = 200
    /// So many codes of that length, and the ends of their lines, every byte of them written as `%XX`.
    static let codesFormBytes = maximumCodes * (codeBytes + 2) * 3 + 4_096

    func addRewardDesk<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/rewards") { request, _ in
            let visit = try await staff(of: request)
            let query = request.uri.queryParameters
            return try await desk(
                visit, deskNote(visit, query["done"].map(String.init), query["counts"].map(String.init)), isWrong: false
            )
        }
        router.post("/console/rewards/stock") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await changeStock(visit, fields)
        }
        router.post("/console/rewards/codes") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: Self.codesFormBytes)
            return try await addCodes(visit, fields)
        }
        router.post("/console/rewards/ticket") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await checkTicket(visit, fields)
        }
        router.post("/console/parcels/{id}") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await moveParcel(visit, parameter("id", of: context), fields)
        }
        router.post("/console/parcels/{id}/address") { request, context in
            let visit = try await staff(of: request)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            let id = try parameter("id", of: context)
            let address = try await data.address(ofParcel: id, for: visit.person)
            let text = address ?? visit.texts.rewardDesk.addressNone
            var note = DeskNote(form: .parcel, text: text, isGood: address != nil)
            note.parcel = id
            return try await desk(visit, note, isWrong: false)
        }
    }

    private func desk(_ visit: Visit<SiteStaff>, _ note: DeskNote?, isWrong: Bool) async throws -> Response {
        let rewards = try await data.rewards(for: visit.person, language: visit.texts.language)
        let page = ConsoleRewardsPage(
            rewards, shell: shell(visit, path: "/console/rewards"), texts: visit.texts, csrf: visit.csrf,
            key: randomHex(), note: note)
        return html(page, status: isWrong ? .unprocessableContent : .ok)
    }

    /// What a form did that led back here.
    private func deskNote(_ visit: Visit<SiteStaff>, _ done: String?, _ counts: String?) -> DeskNote? {
        let words = visit.texts.rewardDesk
        switch done {
        case "stock": return DeskNote(form: .stock, text: words.stockDone, isGood: true)
        case "codes":
            let numbers = (counts ?? "").split(separator: ".").compactMap { Int64($0) }
            guard numbers.count == 3 else { return nil }
            let said = numbers.map { visit.texts.number($0) }
            return DeskNote(form: .codes, text: words.codesDone(said[0], said[1], said[2]), isGood: true)
        default: return nil
        }
    }

    private func changeStock(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let words = visit.texts.rewardDesk
        guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit), let reward = fields["reward"]
        else { throw SiteProblem.formUnreadable }
        var note = DeskNote(form: .stock, text: "", reward: reward)
        (note.amount, note.reason) = (fields["amount"] ?? "", fields["reason"] ?? "")
        let amount = Int64(note.amount.trimmingPrefix("+"))
        if amount.map({ $0 != 0 && (-1_000_000...1_000_000).contains($0) }) != true {
            note.text = words.amountBad
        } else if !(1...500).contains(note.reason.unicodeScalars.count) {
            note.text = words.reasonBad
        } else {
            let order = StockOrder(reward: reward, amount: amount ?? 0, reason: note.reason)
            switch try await data.change(order, for: visit.person, key: key) {
            case .changed: return redirect(to: "/console/rewards?done=stock")
            case .tooFew(let left): note.text = words.stockTooFew(visit.texts.number(left))
            case .refused: note.text = words.stockRefused
            }
        }
        return try await desk(visit, note, isWrong: true)
    }

    private func addCodes(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let words = visit.texts.rewardDesk
        guard let reward = fields["reward"], let text = fields["codes"] else { throw SiteProblem.formUnreadable }
        var note = DeskNote(form: .codes, text: "", reward: reward)
        switch CodeList(text, most: Self.maximumCodes, bytes: Self.codeBytes) {
        case .empty: note.text = words.codesEmpty
        case .tooMany: note.text = words.codesTooMany(visit.texts.number(Int64(Self.maximumCodes)))
        case .bad(let line): note.text = words.codesBad(visit.texts.number(Int64(line)))
        case .codes(let codes, let repeated):
            if let outcome = try await data.add(codes: codes, to: reward, for: visit.person) {
                return redirect(
                    to: "/console/rewards?done=codes&counts=\(outcome.added).\(outcome.known).\(repeated)")
            }
            note.text = words.codesRefused
        }
        return try await desk(visit, note, isWrong: true)
    }

    private func checkTicket(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let words = visit.texts.rewardDesk
        guard let text = fields["ticket"], text.utf8.count <= 255, let admit = fields["admit"],
            ["yes", "no"].contains(admit)
        else { throw SiteProblem.formUnreadable }
        let found = try await data.ticket(
            text, admits: admit == "yes", for: visit.person, language: visit.texts.language)
        guard let found else {
            return try await desk(visit, DeskNote(form: .ticket, text: words.ticketUnknown), isWrong: true)
        }
        var note = DeskNote(form: .ticket, text: words.ticketState(found.state))
        note.isGood = found.state == .good || found.state == .admitted
        var detail = [found.title.text]
        if found.quantity > 1 { detail.append("× " + visit.texts.number(found.quantity)) }
        if let slot = found.slot { detail.append(visit.texts.moment(slot, today: slot.day)) }
        note.detail = detail.joined(separator: " · ")
        return try await desk(visit, note, isWrong: false)
    }

    private func moveParcel(
        _ visit: Visit<SiteStaff>, _ id: String, _ fields: [String: String]
    ) async throws -> Response {
        guard let step = fields["step"].flatMap({ ParcelStep(rawValue: $0) }) else { throw SiteProblem.formUnreadable }
        let (number, carrier) = (fields["tracking"] ?? "", fields["carrier"] ?? "")
        let isPlain = (number + carrier).unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        let fits = number.unicodeScalars.count <= 500 && carrier.unicodeScalars.count <= 100
        // A carrier without a number says nothing that could be followed.
        let isWhole = carrier.isEmpty || !number.isEmpty
        let dispatch =
            step == .sent && !number.isEmpty
            ? ParcelTracking(carrier: carrier.isEmpty ? nil : carrier, number: number) : nil
        if isPlain, fits, step == .packed || isWhole,
            try await data.parcel(id, step, dispatch, for: visit.person)
        {
            return redirect(to: "/console/rewards")
        }
        var note = DeskNote(form: .parcel, text: visit.texts.rewardDesk.parcelBad)
        note.parcel = id
        return try await desk(visit, note, isWrong: true)
    }
}

/// Codes as they are pasted or read from a file: one per line, quotation marks of a spreadsheet taken off.
enum CodeList: Sendable, Equatable {
    /// - Parameter repeated: how many stood there more than once.
    case codes([String], repeated: Int)
    case empty
    case tooMany
    /// The number of a line that is no code, from 1.
    case bad(line: Int)

    init(_ text: String, most: Int, bytes: Int) {
        var codes: [String] = []
        var seen: Set<String> = []
        var repeated = 0
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var code = line
            while code.first == " " || code.first == "\t" { code = code.dropFirst() }
            while code.last == " " || code.last == "\t" { code = code.dropLast() }
            if code.first == "\"", code.last == "\"", code.count >= 2 { code = code.dropFirst().dropLast() }
            if code.isEmpty { continue }
            guard code.utf8.count <= bytes, code.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
            else {
                self = .bad(line: index + 1)
                return
            }
            if seen.insert(String(code)).inserted { codes.append(String(code)) } else { repeated += 1 }
            if codes.count > most {
                self = .tooMany
                return
            }
        }
        self = codes.isEmpty ? .empty : .codes(codes, repeated: repeated)
    }
}
