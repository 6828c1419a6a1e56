internal import Access

extension Texts {
    static let enStaffDoor = StaffDoorTexts(
        title: "Sign in to the console",
        text: "For the people who run the programme.",
        login: "Sign-in name",
        password: "Password",
        button: "Sign in",
        failed:
            "That did not work. Check what you typed; after several wrong ones, wait a quarter of an hour or ask for a link.",
        busy: "Many people are signing in right now. Try again in a moment.",
        expired: "That took too long. Please begin again.",
        unlinked: { "Your account at \($0) is not linked with anybody of the staff. Ask an owner to link it." },
        providerFailed: { "Signing in with \($0) did not work. Please try again." },
        linkHint: "No password yet, or locked out? Ask an owner for a link that signs you in once.",
        with: { "Sign in with \($0)" },
        codeTitle: "One more step",
        codeText: "Type the code that your app shows now, or one of your recovery codes.",
        code: "Code",
        again: "Begin again",
        refusedTitle: "Signing in did not work",
        refusedText: "The publisher's site did not tell us who you are. Please go back there and try again.",
        accountTitle: "My account",
        accountIntro: "How you come in, and where you are signed in.",
        passwordHeading: "Password",
        passwordNone: "You have none: you come in by a link that works once.",
        passwordSince: { "Chosen on \($0)." },
        needsSecond: "A password alone opens nothing here. Set up a second factor as well.",
        loginHint: "3 to 64 letters, digits and . _ - @ +",
        current: "Password until now",
        currentPassword: "Your password",
        newPassword: "New password",
        newPasswordHint: { "At least \($0) characters: a few words that only you would put together." },
        passwordSave: "Save password",
        passwordSaved: "Your password is saved, and you are signed out everywhere else.",
        secondHeading: "Second factor",
        secondNone: "There is none yet. An app on your phone shows a new code every half minute.",
        secondOn: "An app shows your codes.",
        secondNeedsPassword: "Choose a password first.",
        secondStart: "Set up",
        secondRenew: "Set up anew",
        secondTitle: "Set up a second factor",
        secondText:
            "Scan this with an authenticator app, or type the letters into it. Then type the code that it shows.",
        secondPicture: "QR code for an authenticator app",
        secondLetters: "Letters to type instead",
        secondSave: "Take into use",
        codesHeading: "Recovery codes",
        codesText: "Each of them signs you in once when your phone is not there.",
        codesLeft: { $0 == 1 ? "\($1) is left." : "\($1) are left." },
        codesRenew: "Make new codes",
        codesTitle: "Your recovery codes",
        codesOnce:
            "They are shown this once. Keep them apart from your phone, on paper for instance. Earlier ones are void.",
        linked: { "Your account at \($0) is linked: you can sign in with it." },
        sessionsEnd: "Sign out everywhere else",
        sessionsEnded: "You are signed out everywhere else.",
        problem: { problem in
            switch problem {
            case .loginBad: "3 to 64 letters, digits and . _ - @ +"
            case .loginTaken: "somebody else has this name"
            case .passwordShort: "it is too short"
            case .passwordLong: "it is too long"
            case .passwordCommon: "too easy to guess: it is hardly more than a name or a well-known word"
            case .currentWrong: "this is not your password, or it was wrong too often just now"
            case .codeWrong: "this code is not right; take the one that the app shows now"
            case .passwordMissing: "choose a password first"
            case .formOld: "this form has been used or is too old; begin again"
            case .busy: "many people are signing in right now; try again in a moment"
            }
        },
        way: "Way in",
        wayLink: "link only",
        wayPassword: "password",
        waySecond: "password and code",
        wayProvider: "account elsewhere",
        resetHeading: "Password and second factor",
        resetText: "Takes both away, with the recovery codes, and signs the person out. Then give them a new link.",
        resetSave: "Take away",
        resetDone: "Password and second factor are gone.",
        identityHeading: { "Account at \($0)" },
        identityYes: "An account is linked.",
        identityNo: "No account is linked.",
        identity: "E-mail address or identifier there",
        identityHint:
            "An address counts when the provider has checked it. Write sub: before an identifier that has an @.",
        identitySave: "Link",
        identityEnd: "Unlink",
        identityLinked: "The account is linked.",
        identityUnlinked: "The account is no longer linked.",
        identityTaken: "this account is linked with somebody else",
        identityBad: "this is neither an e-mail address nor an identifier")
}
