internal import Foundation

/// What a password of staff must be: long, and not what everybody tries first.
enum PasswordRules {
    static let minimumCharacters = 12
    static let maximumBytes = 256
    /// What must be left of a password without the words that everybody tries.
    static let leastBesides = 8

    /// The stems of the passwords that leak most, in the languages of the pages.
    static let common: [String] = [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "wachtwoord", "welkom", "welcome", "geheim", "secret",
        "qwertyuiop",
        "qwerty", "azerty", "asdfghjkl", "zxcvbnm", "1q2w3e4r", "1qaz2wsx", "iloveyou", "letmein", "changeme",
        "trustno",
        "administrator", "admin", "login", "dragon", "monkey", "football", "baseball", "sunshine", "princess",
        "superman",
        "michael", "whatever", "starwars", "master", "shadow", "hello", "amsterdam", "rotterdam", "feyenoord",
        "nederland",
        "voetbal", "summer", "winter", "zomer", "lente", "herfst", "spring", "autumn", "pasuwado", "sakura", "tokyo",
        "123456789", "987654321", "12345678", "1234567", "123456", "12345", "abcdef", "abc123", "stamgast",
    ]

    /// - Parameter names: what the person and the programme are called.
    /// - Returns: what is wrong with it, if anything is.
    static func problem(_ password: String, names: [String]) -> StaffSecretProblem? {
        let letters = password.precomposedStringWithCanonicalMapping
        guard letters.count >= minimumCharacters else { return .passwordShort }
        guard letters.utf8.count <= maximumBytes else { return .passwordLong }
        guard Set(letters).count >= 5 else { return .passwordCommon }
        var rest = letters.lowercased()
        let own = names.flatMap {
            $0.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) + [$0.lowercased()]
        }
        // The longest first: a name may hold a shorter one.
        for word in (common + own.filter { $0.count >= 3 }).sorted(by: { $0.count > $1.count }) {
            rest = rest.replacing(word, with: "")
        }
        return rest.count < leastBesides && rest.count < letters.count ? .passwordCommon : nil
    }

    /// The name to sign in with, as it is kept; `nil` for what cannot be one.
    static func login(_ text: String) -> String? {
        let name = text.lowercased().filter { !$0.isWhitespace }
        guard (3...64).contains(name.utf8.count),
            name.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || "._-@+".utf8.contains($0)
            })
        else { return nil }
        return name
    }
}

/// How long a password is not looked at after wrong ones: long enough against guessing, too short to keep somebody out.
enum SignInPause {
    /// So many may be wrong before there is any.
    static let free = 5
    static let firstMilliseconds: Int64 = 60_000
    static let longestMilliseconds: Int64 = 15 * 60_000

    /// - Parameter failures: one after another, this one included.
    static func milliseconds(after failures: Int64) -> Int64 {
        guard failures >= Int64(free) else { return 0 }
        return min(firstMilliseconds << min(failures - Int64(free), 10), longestMilliseconds)
    }
}
