public import Storage

/// The keys of a home. They live outside the databases: in `home/keys`, one file each, or in the environment.
public struct HomeKeys: Sendable {
    public let vault: Keyring
    public let index: Keyring
    public let pseudonym: Keyring
    public let claim: Keyring
    public let session: Keyring

    /// Makes a set of keys from nothing.
    public init(random: any RandomBytes) {
        vault = .make(purpose: .vault, random: random)
        index = .make(purpose: .index, random: random)
        pseudonym = .make(purpose: .pseudonym, random: random)
        claim = .make(purpose: .claim, random: random)
        session = .make(purpose: .session, random: random)
    }

    private init(_ ring: (KeyPurpose) throws(KeyProblem) -> Keyring) throws(KeyProblem) {
        vault = try ring(.vault)
        index = try ring(.index)
        pseudonym = try ring(.pseudonym)
        claim = try ring(.claim)
        session = try ring(.session)
    }

    /// The ring of a purpose.
    public subscript(purpose: KeyPurpose) -> Keyring {
        switch purpose {
        case .vault: vault
        case .index: index
        case .pseudonym: pseudonym
        case .claim: claim
        case .session: session
        }
    }

    /// A database with the keys it is marked by.
    public struct MarkedDatabase: Sendable {
        let database: any Database
        let role: KeyCheck.Role

        /// `database` has been migrated with ``KeyCheck/schema``.
        public init(_ database: any Database, _ role: KeyCheck.Role) {
            self.database = database
            self.role = role
        }
    }

    /// Opens the keys of a home, or makes them on its first run.
    ///
    /// A key is made only when no database bears its mark. The files are on disk before the first mark is, so that a
    /// crash in between leaves keys without data and never the opposite. On a home with PostgreSQL that several nodes
    /// start at once, give the keys in the environment.
    ///
    /// - Parameters:
    ///   - folder: `home/keys`.
    ///   - environment: the variables of ``KeyPurpose/environmentVariable`` take the place of files.
    ///   - databases: every database of the home, migrated.
    /// - Throws: `KeyProblem` when a key is missing, wrong, malformed or readable by others; what the database throws.
    public static func open(
        folder: String, environment: [String: String], databases: [MarkedDatabase], random: any RandomBytes
    ) async throws -> HomeKeys {
        var stored: [[KeyCheck.Mark]] = []
        for marked in databases { stored.append(try await KeyCheck.stored(in: marked.database)) }
        let known = Set(stored.joined().map(\.purpose))
        var found: [KeyPurpose: Keyring] = [:]
        // Everything is looked at before anything is made: a home that is refused is left as it was.
        for purpose in KeyPurpose.allCases {
            found[purpose] = try read(purpose, folder: folder, environment: environment)
            if found[purpose] == nil, known.contains(purpose) {
                throw KeyProblem.missing(purpose: purpose, path: folder + "/" + purpose.fileName)
            }
        }
        for purpose in KeyPurpose.allCases where found[purpose] == nil {
            let ring = Keyring.make(purpose: purpose, random: random)
            try KeyFile.write(ring.text, folder: folder, name: purpose.fileName)
            found[purpose] = ring
        }
        let keys = try HomeKeys { purpose throws(KeyProblem) in
            guard let ring = found[purpose] else {
                throw .missing(purpose: purpose, path: folder + "/" + purpose.fileName)
            }
            return ring
        }
        for (marked, marks) in zip(databases, stored) {
            let missing = try keys.judge(marks, role: marked.role, folder: folder, environment: environment)
            guard !missing.isEmpty else { continue }
            try await KeyCheck.store(missing, in: marked.database)
            let now = try await KeyCheck.stored(in: marked.database)
            _ = try keys.judge(now, role: marked.role, folder: folder, environment: environment)
        }
        return keys
    }

    /// Adds a new current version to a key's file. What older versions made stays readable; ``Persons/rewrap(limit:)``
    /// moves the vault to the new one.
    public static func rotate(
        _ purpose: KeyPurpose, folder: String, environment: [String: String], random: any RandomBytes
    ) throws(KeyProblem) {
        guard purpose.isRotatable else { throw .notRotatable(purpose: purpose) }
        if environment[purpose.environmentVariable] != nil { throw .notInFile(purpose: purpose) }
        guard let ring = try read(purpose, folder: folder, environment: [:]) else {
            throw .missing(purpose: purpose, path: folder + "/" + purpose.fileName)
        }
        try KeyFile.write(ring.rotated(random: random).text, folder: folder, name: purpose.fileName)
    }

    private static func read(
        _ purpose: KeyPurpose, folder: String, environment: [String: String]
    ) throws(KeyProblem) -> Keyring? {
        let variable = purpose.environmentVariable
        if let text = environment[variable], !text.isEmpty {
            return try Keyring(purpose: purpose, text: text, origin: variable)
        }
        let path = folder + "/" + purpose.fileName
        guard let text = try KeyFile.read(path: path) else { return nil }
        return try Keyring(purpose: purpose, text: text, origin: path)
    }

    /// Holds the marks of a database against the keys.
    ///
    /// - Returns: the marks that are not there yet.
    private func judge(
        _ stored: [KeyCheck.Mark], role: KeyCheck.Role, folder: String, environment: [String: String]
    ) throws -> [KeyCheck.Mark] {
        var missing: [KeyCheck.Mark] = []
        for purpose in role.purposes {
            let origin =
                environment[purpose.environmentVariable]?.isEmpty == false
                ? purpose.environmentVariable : folder + "/" + purpose.fileName
            var own: [Int: KeyCheck.Mark] = [:]
            for mark in try KeyCheck.marks(of: self[purpose]) { own[mark.id] = mark }
            for mark in stored where mark.purpose == purpose {
                guard let expected = own.removeValue(forKey: mark.id) else {
                    throw KeyProblem.missingVersion(purpose: purpose, id: mark.id, origin: origin)
                }
                // Both are public hashes: comparing them needs no constant time.
                guard expected == mark else { throw KeyProblem.wrong(purpose: purpose, origin: origin) }
            }
            missing += own.values.sorted { $0.id < $1.id }
        }
        return missing
    }
}
