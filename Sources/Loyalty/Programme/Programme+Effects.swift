extension Programme {
    /// All that anything in the programme may give. Step by step: as one sum the compiler does not find its type.
    var effectsOfAll: [Effect] {
        var effects = rules.flatMap(\.effects)
        effects += challenges.flatMap(\.allRewards)
        for streak in streaks { effects += streak.milestones.flatMap(\.effects) }
        effects += levels?.reward ?? []
        effects += quizzes.flatMap(\.reward)
        effects += contests.flatMap(\.allEffects)
        for raffle in raffles { effects += raffle.prizes.flatMap(\.effects) }
        effects += referral?.allEffects ?? []
        return effects
    }
}
