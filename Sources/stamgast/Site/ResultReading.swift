import Loyalty
import Primitives
import Site

/// Reads the stored result of a simulation for the console. What a result does not have is nothing.
protocol ResultReading {
    var view: SiteView { get }
}

extension ResultReading {
    var programme: Programme { view.compiled.programme }

    func array(_ value: JSONValue?) -> [JSONValue] { value?.arrayValue ?? [] }
    func text(_ value: JSONValue?) -> String { value?.stringValue ?? "" }
    func integer(_ value: JSONValue?) -> Int64 { value?.intValue ?? 0 }

    /// What was taken out of the programme since has no name any more.
    func wording(_ name: ProgrammeText?, _ id: String) -> Wording {
        view.wording(name ?? ProgrammeText([:]), or: id)
    }
}
