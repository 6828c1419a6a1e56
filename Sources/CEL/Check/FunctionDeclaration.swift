/// One signature of a function.
struct Overload: Sendable {
    /// The receiver's type first, for members.
    let parameters: [CELType]
    let result: CELType
    /// Whether it is called as `a.f(b)` rather than `f(a, b)`.
    let isMember: Bool

    static func global(_ parameters: [CELType], _ result: CELType) -> Overload {
        Overload(parameters: parameters, result: result, isMember: false)
    }

    static func member(_ parameters: [CELType], _ result: CELType) -> Overload {
        Overload(parameters: parameters, result: result, isMember: true)
    }
}

/// A function with its signatures and what computes it.
struct FunctionDeclaration: Sendable {
    typealias Implementation = @Sendable (inout Budget, [Value]) throws(Failure) -> Value

    /// How its calls are checked.
    enum Check: Sendable {
        case overloads
        /// Any number of numbers of whichever types, or one list of them: `math.greatest`.
        case extremum
    }

    let name: String
    var overloads: [Overload]
    var check = Check.overloads
    /// Nil for functions that are declared only.
    var implementation: Implementation?
    /// A rough number of steps per call and per element or 16 bytes of its arguments, for cost estimates.
    var cost = Cost.constant

    enum Cost: Sendable {
        case constant
        /// Proportional to the sizes of the arguments.
        case linear
        /// Proportional to the product of the sizes of the first two arguments.
        case product
    }

    /// Whether a call of this form can exist at all.
    func accepts(isMember: Bool) -> Bool {
        check == .extremum ? !isMember : overloads.contains { $0.isMember == isMember }
    }
}

/// Functions by name.
struct FunctionLibrary: Sendable {
    private(set) var functions: [String: FunctionDeclaration] = [:]

    mutating func define(
        _ name: String, _ overloads: [Overload], cost: FunctionDeclaration.Cost = .constant,
        _ implementation: @escaping FunctionDeclaration.Implementation
    ) {
        add(FunctionDeclaration(name: name, overloads: overloads, implementation: implementation, cost: cost))
    }

    /// Adds a function, or overloads to the function of that name.
    mutating func add(_ function: FunctionDeclaration) {
        guard var known = functions[function.name] else {
            functions[function.name] = function
            return
        }
        known.overloads += function.overloads
        if let implementation = function.implementation { known.implementation = implementation }
        functions[function.name] = known
    }

    /// The standard functions and those of the extensions.
    static func standard(_ extensions: Extensions) -> FunctionLibrary {
        var library = FunctionLibrary()
        OperatorFunctions.define(in: &library)
        ConversionFunctions.define(in: &library)
        TimeFunctions.define(in: &library)
        BasicFunctions.define(in: &library)
        if extensions.contains(.strings) { StringFunctions.define(in: &library) }
        if extensions.contains(.math) { MathFunctions.define(in: &library) }
        if extensions.contains(.optionals) { OptionalFunctions.define(in: &library, extensions) }
        if extensions.contains(.encoders) { EncoderFunctions.define(in: &library) }
        if extensions.contains(.network) { NetworkFunctions.define(in: &library) }
        if extensions.contains(.lists) { ListFunctions.define(in: &library) }
        return library
    }

    private static let allExtensions = standard(.all)

    /// As ``standard(_:)``, built once for the usual set of extensions.
    static func shared(_ extensions: Extensions) -> FunctionLibrary {
        extensions == .all ? allExtensions : standard(extensions)
    }
}
