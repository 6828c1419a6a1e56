/// Conformance cases that do not pass, by name, with the reason. A case that passes must not be listed.
let knownFailures: [String: String] = [:]
