import Loyalty
import Primitives

extension Keeper {
    /// Looks through what became of a page of members.
    ///
    /// One member whom something is wrong with must not keep all who come after them from having theirs: only what may be
    /// otherwise in a moment ends the page.
    ///
    /// - Returns: why the first member was refused, those aside who were erased meanwhile.
    /// - Throws: what concerns all of them: the database does not answer, the programme is another server's.
    @discardableResult
    static func refusal(in answers: [Result<Answer, any Error>]) throws -> (any Error)? {
        var first: (any Error)?
        for case .failure(let error) in answers {
            guard let problem = error as? PipelineProblem, !problem.isTransient else { throw error }
            if problem != .unknownMember { first = first ?? problem }
        }
        return first
    }
}
