internal import Primitives
internal import Storage

/// Creates the persons behind identities nobody knows yet: all that wait, in one transaction.
struct PersonCreator: Sendable {
    let core: VaultCore

    struct Request: Sendable {
        let programme: ProgrammeID
        let identities: [(index: ID128, identity: ExternalIdentity)]
        let now: Instant
    }

    private struct Key: Hashable {
        let programme: ProgrammeID
        let index: ID128
    }

    /// Answers each request with the members of its identities, in order.
    func create(_ requests: [Request]) async -> [Result<[MemberID], any Error>] {
        do {
            let members = try await core.database.write { connection in try self.create(requests, connection) }
            return members.map { .success($0) }
        } catch {
            return requests.map { _ in .failure(error) }
        }
    }

    private func create(_ requests: [Request], _ connection: any Connection) throws -> [[MemberID]] {
        var members: [Key: MemberID] = [:]
        for programme in Set(requests.map(\.programme)) {
            let keys = requests.lazy.filter { $0.programme == programme }.flatMap(\.identities).map(\.index)
            for (index, member) in try Identities.lookUp(Array(keys), programme, connection) {
                members[Key(programme: programme, index: index)] = member
            }
        }
        var drafts: [(key: Key, member: MemberID, row: [SQLValue])] = []
        var identities = RowBatch(VaultCore.insertIdentities)
        // In the order of the requests, so that equal seeds make equal vaults.
        for request in requests {
            for (index, identity) in request.identities {
                let key = Key(programme: request.programme, index: index)
                guard members[key] == nil else { continue }
                let (person, row) = try core.newPerson(request.programme, now: request.now)
                identities.append(
                    contentsOf: try core.identityRow(identity, index: index, of: person, request.programme))
                drafts.append((key, person.member, row))
                members[key] = person.member
            }
        }
        let inserted = try connection.bulk(VaultCore.insertIdentities, identities)
        if inserted < drafts.count {
            // Another node was faster with some of them: theirs stand.
            for programme in Set(drafts.map(\.key.programme)) {
                let keys = drafts.filter { $0.key.programme == programme }.map(\.key.index)
                let standing = Dictionary(
                    try Identities.lookUp(keys, programme, connection), uniquingKeysWith: { first, _ in first })
                for index in keys {
                    guard let member = standing[index] else { throw VaultProblem.contention }
                    members[Key(programme: programme, index: index)] = member
                }
            }
        }
        var persons = RowBatch(VaultCore.insertPersons)
        for draft in drafts where members[draft.key] == draft.member { persons.append(contentsOf: draft.row) }
        try connection.bulk(VaultCore.insertPersons, persons)
        return try requests.map { request in
            try request.identities.map { entry in
                guard let member = members[Key(programme: request.programme, index: entry.index)] else {
                    throw VaultProblem.contention
                }
                return member
            }
        }
    }
}
