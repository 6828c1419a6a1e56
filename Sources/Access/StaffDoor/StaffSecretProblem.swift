/// What can be wrong with a password, a code or a form about them. No case carries a secret or a name.
public enum StaffSecretProblem: Error, Hashable, Sendable {
    /// Not 3 to 64 letters, digits and `._-@+`.
    case loginBad
    case loginTaken
    case passwordShort
    case passwordLong
    /// One of those that everybody tries, or hardly more than a name.
    case passwordCommon
    /// The present password is wrong, or not looked at for now.
    case currentWrong
    case codeWrong
    /// There is no password yet that the second factor could stand beside.
    case passwordMissing
    /// The form is too old, or of another account.
    case formOld
    /// Too many passwords at once.
    case busy
}
