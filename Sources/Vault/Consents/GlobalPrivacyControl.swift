public import Primitives

/// The signal with which a browser says, in every request, that its user does not want to be sold or shared (W3C Global
/// Privacy Control, draft of 2 April 2025).
///
/// Here it is an objection to profiling (GDPR article 21) for the requests that carry it: nobody is profiled in them,
/// whatever level was chosen. It is not kept beside the member, for a browser that several people use says nothing about
/// each of them: a page asks, and only what the member confirms is recorded.
public enum GlobalPrivacyControl {
    /// The request header.
    public static let header = "Sec-GPC"

    /// Whether a value of the header is the signal: `1` and nothing else.
    public static func isOn(_ value: String?) -> Bool { value == "1" }

    /// What `/.well-known/gpc.json` answers: that this site honours the signal.
    public static let statement: JSONValue = ["gpc": true, "lastUpdate": "2026-11-28"]
}
