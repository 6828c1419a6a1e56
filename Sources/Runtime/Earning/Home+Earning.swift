public import Personalisation
import Vault

extension Home {
    /// Earning by tokens; to be made once, since it remembers what holds today.
    public func anonymousEarning() throws -> AnonymousEarning {
        AnonymousEarning(
            engine: engine,
            tokens: try EarningTokens(database: database, session: keys.session, claim: keys.claim, random: random))
    }
}
