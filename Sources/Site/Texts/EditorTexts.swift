internal import Loyalty

/// The console's programme editor.
struct EditorTexts: Sendable {
    var title: String
    var intro: String
    /// A version, when, by whom.
    var inForce: @Sendable (_ version: String, _ when: String, _ by: String) -> String
    var versions: String
    var versionsIntro: String
    var version: String
    var versionNumber: Texts.One
    var since: String
    var byWhom: String
    var sinceBy: Texts.Two
    var older: String
    var versionChanged: String
    var versionFirst: String
    var backTo: Texts.One
    var backText: String
    var back: String
    var document: String
    var documentIntro: String
    var documentHint: String
    var draft: String
    /// By whom, when.
    var draftBy: Texts.Two
    var draftOpen: String
    var draftGone: String
    var discard: String
    var discardText: String
    var discarded: String
    var saved: String
    var save: String
    var notSaved: String
    var notApplied: String
    var needsText: String
    var badName: String
    var badTime: String
    var outdated: String
    var outdatedDraft: Texts.Two
    var rebase: String
    var rebased: String
    var rebaseOwn: String
    var rebaseOther: String
    var conflicts: String
    var plan: String
    var planDone: String
    var planBack: String
    var unplan: String
    var plannedFor: Texts.One
    var plannedClosed: String
    var when: String
    var whenComes: String
    var apply: String
    var applyNow: String
    var applied: String
    var questions: String
    var because: String
    var becauseText: String
    var difference: String
    var noDifference: String
    var noticed: String
    var what: String
    var before: String
    var after: String
    var nothing: String
    var new: String
    var gone: String
    var problems: String
    var wrong: String
    var place: Texts.Two
    var `try`: String
    var tryText: String
    var data: String
    var dataHint: String
    var nothingLooks: String
    var backtest: String
    var backtestText: String
    var form: String
    var formText: String
    var yaml: String
    var yamlHint: String
    var noForm: String
    var views: String
    var add: String
    var newEntry: Texts.One
    var idHint: String
    var whenHint: String
    var amountHint: String
    var copy: String
    var copyName: String
    var remove: String
    var removeText: String
    var removed: String
    var turnOn: String
    var turnOnText: String
    var turnOff: String
    var turnOffText: String
    var changedHere: String
    var sectionEmpty: String
    /// By the folder.
    var section: Texts.One
    /// By what stands in the document.
    var kindName: Texts.One
    var field: Texts.One
    var limit: Texts.One
    var period: Texts.One
    var join: Texts.One
    var rewardKind: Texts.One
    var state: @Sendable (ProgrammeDesk.State) -> String
    var choice: @Sendable (LiveChange.Choice) -> String
    var outcome: @Sendable (RuleVerdict.Outcome) -> String
    var refusal: @Sendable (ProgrammeDraft.Refusal) -> String
}
