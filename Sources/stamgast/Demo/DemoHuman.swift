import Loyalty
import Primitives
import Runtime
import Simulation
import Vault

/// What the simulated readers of De Avondpost choose and propose: whom they follow, what they would change, how they vote.
/// All of it goes through the engine, as if they had done it on their pages.
struct DemoHuman {
    let home: Home
    let programme: ProgrammeID
    let population: Population
    /// Until when the demo was simulated.
    let until: Instant

    private static let day: Int64 = 86_400_000

    private struct Idea {
        var kind: Proposal.Kind
        var text: String
        /// How many days ago it was sent.
        var daysAgo: Int64
        /// The share of those who vote that is for it.
        var support: Double
        /// What the house answers; `nil` as long as the vote is open.
        var answer: (adopts: Bool, because: String)?
        var isRead = true
    }

    private static let ideas = [
        Idea(
            kind: .reward, text: "Een avond mee op nachtdienst met de verslaggevers. Liever dat dan weer een mok.",
            daysAgo: 17, support: 0.82,
            answer: (
                true,
                "Bijna iedereen die stemde wil dit, en de nachtdienst ook. Vanaf het voorjaar gaan er elke maand vier lezers mee."
            )),
        Idea(
            kind: .rule, text: "Geef ook inkt voor het uitluisteren van een aflevering die je niet zelf koos.",
            daysAgo: 14, support: 0.41,
            answer: (false, "Minder dan de helft was ervoor. We laten luisteren zoals het is.")),
        Idea(
            kind: .reward,
            text: "Laat ons inkt geven aan een school die geen krant kan betalen, en toon wat het samen is.",
            daysAgo: 3, support: 0.74),
        Idea(
            kind: .idea, text: "Een vast uur per week waarin een maker reacties beantwoordt.", daysAgo: 2, support: 0.66
        ),
        Idea(
            kind: .idea, text: "Zet bij lange stukken hoe lang het voorlezen duurt.", daysAgo: 0, support: 0,
            isRead: false),
    ]

    func play() async throws {
        guard let compiled = home.engine.host[programme], compiled.programme.proposals != nil else { return }
        let people = (0..<population.size).map { population.member($0) }
        let members = try await members(of: people)
        try await follow(people, members)
        for (index, idea) in Self.ideas.enumerated() {
            try await propose(idea, number: index, people, members)
        }
        _ = try await Keeper.askForLetters(home.engine, programme, at: until)
    }

    private func members(of people: [SimulatedMember]) async throws -> [MemberID] {
        var members: [MemberID] = []
        for start in stride(from: 0, to: people.count, by: 1_000) {
            let names = people[start..<min(start + 1_000, people.count)].compactMap { ExternalIdentity(.user, $0.key) }
            members += try await home.engine.identities.resolve(names, programme: programme, now: until)
        }
        return members
    }

    /// Two in five say whom they like to read: the makers of the topic that they read most.
    private func follow(_ people: [SimulatedMember], _ members: [MemberID]) async throws {
        var commands: [Command] = []
        for (person, member) in zip(people, members) where person.index % 5 < 2 {
            guard let topic = person.tastes.max(by: { $0.weight < $1.weight })?.subject else { continue }
            let makers = (population.house?.makers ?? []).filter { $0.topics.contains { $0.id == topic } }
            guard !makers.isEmpty else { continue }
            let maker = makers[person.index / 5 % makers.count]
            commands.append(
                Command(
                    programme: programme, member: member, action: .human(.follow(maker: maker.id, follows: true)),
                    now: until))
        }
        try await send(commands)
    }

    private func propose(
        _ idea: Idea, number: Int, _ people: [SimulatedMember], _ members: [MemberID]
    ) async throws {
        let engine = home.engine
        let at = until.adding(milliseconds: -idea.daysAgo * Self.day)
        let dutch = zip(people, members).filter { $0.0.language == "nl" }.map(\.1)
        guard dutch.count > Self.ideas.count else { return }
        let author = dutch[(number + 1) * dutch.count / (Self.ideas.count + 2)]
        let id = engine.proposalID(of: author, key: "demo-\(number)", in: programme)
        do {
            _ = try await engine.perform(
                .human(.propose(id: id, kind: idea.kind, text: idea.text)), member: author, in: programme, now: at)
            guard idea.isRead else { return }
            try await engine.tend(.moderate(id, accepts: true, reason: nil), in: programme, now: at)
            // One in four votes, each once.
            var random = SplitMix64(seed: UInt64(number + 1))
            var votes: [Command] = []
            for member in dutch where Double(random.next() >> 11) / 9_007_199_254_740_992 < 0.25 {
                let isFor = Double(random.next() >> 11) / 9_007_199_254_740_992 < idea.support
                votes.append(
                    Command(
                        programme: programme, member: member,
                        action: .human(.vote(id, isFor ? .inFavour : .against)), now: at))
            }
            try await send(votes)
            guard let answer = idea.answer else { return }
            try await engine.tend(
                .decideProposal(id, adopts: answer.adopts, because: answer.because, version: nil), in: programme)
        } catch PipelineProblem.command(.human) {
            // A population that is too young or too small for this proposal has none of it.
            return
        }
    }

    private func send(_ commands: [Command]) async throws {
        for start in stride(from: 0, to: commands.count, by: 1_000) {
            for answer in try await home.engine.submit(Array(commands[start..<min(start + 1_000, commands.count)])) {
                _ = try? answer.get()
            }
        }
    }
}
