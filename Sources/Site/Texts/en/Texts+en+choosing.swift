extension Texts {
    static let enChoosing = ChoosingTexts(
        title: "What stands first",
        intro: { floor, heldOut in
            """
            Of the rewards within a member's reach, Today puts one first. Which one is learned from what is taken, by kind \
            and by persona; \(floor) is left to chance, and \(heldOut) of members get all alike. Prices and points are never \
            different.
            """
        },
        state: "Learning",
        isOn: "What is taken counts within a minute. Nobody is kept with it: these are counts.",
        isOff: "Switched off: the reward that costs most within reach stands first, and nothing is counted.",
        switchOn: "Switch on",
        switchOff: "Switch off",
        changed: "That holds from the next page on.",
        kind: "Kind",
        persona: "Chosen by",
        everybody: "Everybody else",
        shown: "Stood first",
        taken: "Taken",
        share: "Share taken",
        now: "Chosen now",
        few: "too few",
        rate: { "\($0) (\($1) to \($2))" },
        empty: "Nothing has stood first yet.",
        compared: "Compared",
        comparedNote:
            "Estimates from all that was shown, each weighed by how likely it was to be shown. Days long ago count as well.",
        chosen: "As learned",
        even: "All alike",
        always: { "Always first: \($0)" })
}
