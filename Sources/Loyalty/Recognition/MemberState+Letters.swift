import Primitives

/// From a moment to a letter.
extension MemberState {
    /// The subject of the effect that tells of a letter.
    public static let letterSubject = "letter"

    /// A moment has come: once per key. The programme's letter is sent at once; one by hand waits for a writer.
    mutating func recognize(
        _ occasion: Occasion, key: Int64, number: Int64, subject: String = "", _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = RecognitionCounters.told(occasion.id)
        guard !(counters[name]?.marks.contains { $0.wanted == key } ?? false) else { return }
        let day = context.calendar.day(of: context.now)
        counters[name, default: .empty].add(CounterMark(day: day, wanted: key))
        changes.counters.insert(name)
        guard wantsLetters, let signer = signer(of: occasion, subject, key, context.programme.programme) else { return }
        var letter = Letter(
            id: EffectID.derived(
                programme: programme, source: name, cause: ID128(high: 0, low: UInt64(bitPattern: key)), member: id),
            member: id, occasion: occasion.id, version: context.programme.version, day: day, number: number,
            subject: subject, signer: occasion.isByHand ? "" : signer)
        guard !occasion.isByHand else {
            changes.letters.append(letter)
            return
        }
        let language = profile.language ?? context.programme.programme.languages.first ?? .en
        letter.text = LetterText.filled(
            occasion.message.text(language, fallbacks: context.programme.programme.languages),
            letter.values(context.programme.programme, language))
        letter.language = language
        try send(&letter, of: occasion, on: day, context, budgets: &budgets, into: &changes)
    }

    /// Who signs: the maker whom it is about, else one of the signers, the same one for the same moment.
    private func signer(of occasion: Occasion, _ subject: String, _ key: Int64, _ programme: Programme) -> String? {
        if case .count(let count) = occasion.moment, count.isPerMaker {
            return programme.signers.first { $0.maker == subject && occasion.signers.contains($0.id) }?.id
        }
        guard !occasion.signers.isEmpty else { return nil }
        let place = (id.value.low ^ UInt64(bitPattern: key)) % UInt64(occasion.signers.count)
        return occasion.signers[Int(place)]
    }

    /// A letter that somebody was asked for is written.
    ///
    /// - Throws: ``HumanProblem/letterEnded`` if it was sent or skipped before, or if the member wants no letters any more.
    public mutating func write(
        _ letter: Letter, text: String, language: Language, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard wantsLetters, letter.state == .asked || letter.state == .waiting, !letter.signer.isEmpty else {
            throw .human(.letterEnded)
        }
        var letter = letter
        letter.text = text
        letter.language = language
        let occasion =
            context.programme.programme.occasions.first { $0.id == letter.occasion }
            ?? Occasion(id: letter.occasion, moment: .anniversary)
        var budgets = BudgetBook()
        do throws(LedgerProblem) {
            try send(
                &letter, of: occasion, on: context.calendar.day(of: context.now), context, budgets: &budgets,
                into: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    /// A signer is asked to write a letter that waits; if the member wants none any more, nobody is.
    public mutating func ask(for letter: Letter, of signer: String, on day: Int32, into changes: inout Changes) {
        guard letter.state == .waiting else { return }
        var letter = letter
        letter.state = wantsLetters ? .asked : .skipped
        letter.signer = wantsLetters ? signer : ""
        letter.askedDay = wantsLetters ? day : nil
        changes.letters.append(letter)
    }

    /// Nobody writes it.
    public mutating func skip(_ letter: Letter, into changes: inout Changes) throws(CommandProblem) {
        if letter.state == .skipped { return }
        guard letter.state == .asked || letter.state == .waiting else { throw .human(.letterEnded) }
        var letter = letter
        letter.state = .skipped
        changes.letters.append(letter)
    }

    /// The member answers a letter with a sign, or takes it back.
    public mutating func reply(
        _ reply: Letter.Reply?, to letter: Letter, into changes: inout Changes
    ) throws(CommandProblem) {
        guard letter.state == .sent else { throw .human(.unknownLetter) }
        guard letter.reply != reply else { return }
        var letter = letter
        letter.reply = reply
        changes.letters.append(letter)
    }

    private mutating func send(
        _ letter: inout Letter, of occasion: Occasion, on day: Int32, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        letter.state = .sent
        letter.sentDay = day
        changes.letters.append(letter)
        let notice = AppliedEffect(
            id: letter.id, kind: .notice, source: occasion.id, version: context.programme.version,
            subject: Self.letterSubject, amount: letter.number, wanted: letter.number,
            at: context.calendar.start(of: day), day: day,
            proof: JSONValue.object(
                JSONObject([("letter", .string(letter.id.description)), ("signer", .string(letter.signer))])
            ).bytes())
        changes.effects.append(notice)
        if let webhook = occasion.webhook { changes.webhooks.append((webhook, notice)) }
        guard let award = occasion.award else { return }
        let moment = Moment(
            cause: letter.id, at: context.calendar.start(of: day), day: day, event: context.now)
        try give(
            .award(amount: String(award.amount), unit: award.unit), source: "recognition/" + occasion.id,
            version: context.programme.version, cause: letter.id, index: 0, moment, { [] }, context, budgets: &budgets,
            into: &changes)
    }

    /// The member's birthday, for whoever gave it: once a year.
    public mutating func celebrateBirthday(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        // Of the day on which it is kept, the programme's: around New Year the member's own may be of another year.
        let year = CivilDate(daysSinceEpoch: Int(context.programmeDay)).year
        var budgets = BudgetBook()
        do throws(LedgerProblem) {
            for occasion in context.programme.programme.occasions where occasion.moment == .birthday {
                try recognize(
                    occasion, key: Int64(year), number: 0, context, budgets: &budgets, into: &changes)
            }
        } catch {
            throw .ledger(error)
        }
    }
}
