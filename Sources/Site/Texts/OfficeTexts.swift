internal import Runtime

/// *My data* of the member, and the privacy office of the house.
struct OfficeTexts: Sendable {
    // The member's side
    var dataTitle: String
    var dataLink: String
    var dataOpen: String
    var detailsSure: String
    var detailsShow: String
    var detailsTitle: String
    var detailsIntro: String
    var detailsSave: String
    var detailsDone: String
    var detailsBad: Texts.One
    var looksHeading: String
    var looksIntro: String
    var looksNone: String
    var purpose: Texts.One
    var exportText: String
    var exportReadable: String
    var rightsHeading: String
    var rightsIntro: String
    var rightsKind: String
    var rightsText: String
    var rightsHint: String
    var rightsSend: String
    var rightsSent: String
    var kind: Texts.One
    var state: @Sendable (PrivacyRequest.State) -> String
    var due: Texts.One
    var ended: Texts.One
    var withdraw: String
    var withdrawn: String
    var tooMany: String
    var textBad: Texts.One
    // The office
    var title: String
    var intro: String
    var requests: String
    var empty: String
    var letter: String
    var letterHeading: String
    var letterMember: String
    var letterMemberHint: String
    var letterMemberBad: String
    var letterReceived: String
    var letterReceivedBad: String
    var letterOpen: String
    var levelsHeading: String
    var levelsNote: String
    var few: String
    var dueColumn: String
    var late: String
    var stateColumn: String
    var identityColumn: String
    var unchecked: String
    var identity: @Sendable (PrivacyRequest.Identity) -> String
    var extended: @Sendable (PrivacyRequest.Extension) -> String
    var refusal: @Sendable (PrivacyRequest.Refusal) -> String
    var problem: @Sendable (PrivacyRequest.Problem) -> String
    var received: Texts.One
    var member: Texts.One
    var noMember: String
    var writtenHeading: String
    var nothingWritten: String
    var sealed: String
    var answerHeading: String
    var check: String
    var checkHint: String
    var complete: String
    var completeHint: String
    var eraseHint: String
    var extend: String
    var refuse: String
    var reason: String
    var duplicate: String
    var duplicateOf: String
    var duplicateHint: String
    var stepDone: String
    var back: String
    var download: String
    var recordsTitle: String
    var recordsIntro: String
    var recordsVersion: Texts.One
    var recordsDigest: Texts.One
    var recordsFewest: Texts.One
    var recordsPurpose: Texts.One
    var recordsKeptNot: String
    var recordsTraits: String
    var recordsRecipients: String
    var recordsNone: String
    var breachTitle: String
    var breachIntro: String
    var breachCounted: Texts.One
    var breachClock: Texts.One
    var breachSteps: String
    var breachList: [String]
    var breachTable: String
    var breachMembers: String
    var breachRows: String
    var breachFacts: String
    var domain: @Sendable (AffectedSet.Domain) -> String
}
