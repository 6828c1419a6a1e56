import Primitives
import Runtime

extension MemberDocument {
    static func write(_ challenge: MemberSummary.ChallengeProgress, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("challenge", challenge.challenge)
        writer.member("count", challenge.count)
        writer.member("target", challenge.target)
        writer.member("period", challenge.period)
        write("ends_at", challenge.endsAt, into: &writer)
        writer.member("completions", challenge.completions)
        writer.member("running", challenge.isRunning)
        writer.member("unlocked", challenge.isUnlocked)
        writer.key("joined")
        if let isJoined = challenge.isJoined { writer.bool(isJoined) } else { writer.null() }
        writer.key("goal")
        if let goal = challenge.goal {
            writer.beginObject()
            writer.member("from", goal.lowerBound)
            writer.member("to", goal.upperBound)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("tiers")
        writer.beginArray()
        for stage in challenge.stages {
            writer.beginObject()
            writer.member("tier", stage.id)
            writer.member("at", stage.at)
            writer.member("reached", stage.isReached)
            writer.endObject()
        }
        writer.endArray()
        writer.key("steps")
        writer.beginArray()
        for step in challenge.steps {
            writer.beginObject()
            writer.member("count", step.count)
            writer.member("needed", step.needed)
            writer.endObject()
        }
        writer.endArray()
        writer.key("values")
        writer.beginArray()
        for value in challenge.values {
            writer.beginObject()
            writer.member("value", value.value)
            writer.member("there", value.isThere)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
