/// How far personalisation goes for a member. Points are equal on all of them.
public enum PrivacyLevel: String, Sendable, Hashable, CaseIterable {
    case off, session, persona, personal
}
