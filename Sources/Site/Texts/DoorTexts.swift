/// The members' door: asking for a link by mail, and the mails.
struct DoorTexts: Sendable {
    var text: String
    var address: String
    var addressBad: String
    var send: String
    var sentTitle: String
    var sentText: String
    var sentHint: String
    var again: String
    var closedText: String
    var toSite: String
    var chooseTitle: String
    var chooseText: String
    var box: String
    var boxTitle: String
    var boxText: String
    var boxEmpty: String
    var boxAgain: String
    var mailSubject: Texts.One
    var mailText: Texts.One
    var mailJoinText: Texts.One
    var mailOnce: String
    var mailUnknownSubject: Texts.One
    var mailUnknownText: Texts.One
    var mailNotYou: String
}
