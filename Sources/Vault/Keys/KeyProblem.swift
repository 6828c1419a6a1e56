/// Why a home's keys cannot be used. The sentence says what to do; no case carries key material.
public enum KeyProblem: Error, Hashable, Sendable {
    /// There is data that was made with a key, and the key is not there.
    case missing(purpose: KeyPurpose, path: String)
    /// The key is there, and is not the one the data was made with.
    case wrong(purpose: KeyPurpose, origin: String)
    /// The data knows a version of the key that is not there.
    case missingVersion(purpose: KeyPurpose, id: Int, origin: String)
    /// Others may read the file.
    case exposed(path: String, mode: UInt32)
    /// The file belongs to somebody else.
    case foreign(path: String)
    /// The text is not of a key file's form.
    case malformed(purpose: KeyPurpose, origin: String)
    /// The file cannot be read or written.
    case unusable(path: String, reason: String)
    /// A key that has one version only.
    case notRotatable(purpose: KeyPurpose)
    /// A key that lives in the environment is rotated there.
    case notInFile(purpose: KeyPurpose)
}

extension KeyProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let purpose, let path):
            return "This home has data, but its \(purpose.rawValue) key is missing. Put \(path) back from where you"
                + " keep your keys, or set \(purpose.environmentVariable). Without it the data cannot be used, and"
                + " making a new key would lose it for good."
        case .wrong(let purpose, let origin):
            return "The \(purpose.rawValue) key in \(origin) is not the one this home's data was made with."
                + " Put the right one back."
        case .missingVersion(let purpose, let id, let origin):
            return "This home's data uses version \(id) of the \(purpose.rawValue) key, which \(origin) lacks."
                + " Put it back beside the others."
        case .exposed(let path, let mode):
            return "\(path) can be used by others (mode \(String(mode, radix: 8))). Say: chmod 600 \(path)"
        case .foreign(let path):
            return "\(path) belongs to another user. It must belong to the user that runs Stamgast."
        case .malformed(let purpose, let origin):
            return "\(origin) does not hold a \(purpose.rawValue) key: expected `id:base64` of 32 bytes on each line."
        case .unusable(let path, let reason):
            return "\(path) cannot be used: \(reason)."
        case .notRotatable(let purpose):
            return "The \(purpose.rawValue) key cannot be rotated: what it made is compared, not opened, so a second"
                + " version would find nothing again."
        case .notInFile(let purpose):
            return "The \(purpose.rawValue) key comes from \(purpose.environmentVariable): rotate it there, by adding a"
                + " version with a higher number."
        }
    }
}
