/// The names that every condition finds without anybody declaring them.
enum RuleEnvironmentNames {
    /// Fields that every event has.
    static let event: Set<String> = ["type", "time", "channel"]
}
