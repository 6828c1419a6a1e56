/// What expressions may name: variables, functions, extensions; and how large they may be.
///
/// A value: declare everything once, then check many expressions against it. Expressions that were checked against one
/// environment share its ``layout``, so that a host fills one ``Frame`` for an event and runs every rule on it.
///
/// ```swift
/// var environment = Environment()
/// environment.declare(variable: "event", fields: ["type": .string, "share": .double])
/// let rule = try environment.check("event.type == 'article.read' && event.share >= 0.7").plan()
/// ```
public struct Environment: Sendable {
    /// The name prefix that unqualified names are tried with first, such as `com.example`.
    public let container: String
    public let extensions: Extensions
    /// Limits on reading and checking, and the default of ``CheckedExpression/plan(limits:)``.
    public var limits = Limits.standard
    /// Where `getHours('Europe/Amsterdam')` finds its zone; nil knows fixed offsets and UTC only.
    public var timeZones: (any TimeZoneSource)?
    /// Whether literal patterns, timestamps and durations that cannot be read are problems already when checked.
    ///
    /// The language calls them evaluation errors (`true || 'a'.matches('(')` is true); people want to know at once.
    public var validatesLiterals = true
    /// The slots of all declared attributes.
    public private(set) var layout = FrameLayout()

    private(set) var variables: [String: CELType] = [:]
    private(set) var library: FunctionLibrary

    public init(container: String = "", extensions: Extensions = .all) {
        self.container = container
        self.extensions = extensions
        library = FunctionLibrary.shared(extensions)
    }

    /// Declares an object with a closed set of fields; every leaf field gets a slot.
    ///
    /// A field may be a record itself: `"topics": .record(["last30days": .list(.string)])`. Declaring the same variable
    /// again replaces its type.
    public mutating func declare(variable name: String, fields: [String: CELType]) {
        declare(variable: name, type: .record(fields))
    }

    /// Declares a variable; it gets one slot, or one for each leaf field of a record.
    public mutating func declare(variable name: String, type: CELType) {
        variables[name] = type
        addSlots(name, type)
    }

    private mutating func addSlots(_ path: String, _ type: CELType) {
        guard case .record(let fields) = type else {
            layout.add(path, type)
            return
        }
        for (field, type) in fields.sorted(by: { $0.key.precedesByBytes($1.key) }) {
            addSlots(path + "." + field, type)
        }
    }

    /// Declares a function of the host.
    ///
    /// - Parameters:
    ///   - name: the function's name, with dots if it is to be called with a prefix (`geo.distance(a, b)`).
    ///   - parameters: the types of its arguments, the receiver's first for a member.
    ///   - result: the type of its value.
    ///   - isMember: whether it is called as `a.name(b)`.
    ///   - implementation: computes the value from arguments of the declared types (anything, where the expression was
    ///     not checked or a type is `dyn`); must not depend on anything but the arguments. Nil only declares it.
    public mutating func declare(
        function name: String, parameters: [CELType], result: CELType, isMember: Bool = false,
        implementation: (@Sendable ([Value]) throws(EvaluationError) -> Value)? = nil
    ) {
        var adapter: FunctionDeclaration.Implementation?
        if let implementation {
            adapter = { (budget: inout Budget, arguments: [Value]) throws(Failure) -> Value in
                try budget.charge(10)
                do throws(EvaluationError) {
                    return try implementation(arguments)
                } catch {
                    throw Failure(error.code)
                }
            }
        }
        let overload = Overload(parameters: parameters, result: result, isMember: isMember)
        library.add(FunctionDeclaration(name: name, overloads: [overload], implementation: adapter))
    }

    /// Parses and checks an expression.
    /// - Throws: every problem found, with positions.
    /// - Complexity: about linear in the length of the expression.
    public func check(_ expression: String) throws(Problems) -> CheckedExpression {
        try check(utf8: Array(expression.utf8))
    }

    /// Parses and checks the UTF-8 bytes of an expression; bytes that are not UTF-8 are a problem.
    public func check(utf8 bytes: [UInt8]) throws(Problems) -> CheckedExpression {
        let tree = try Parser.parse(bytes, limits: limits, extensions: extensions)
        return try CheckedExpression(tree, self, isStrict: true)
    }

    /// Parses an expression and resolves its names without checking types, as the specification allows.
    ///
    /// Names and functions that nothing declares, and operators that do not fit, are errors when it is evaluated.
    public func parse(_ expression: String) throws(Problems) -> CheckedExpression {
        let tree = try Parser.parse(Array(expression.utf8), limits: limits, extensions: extensions)
        return try CheckedExpression(tree, self, isStrict: false)
    }

    /// The candidates for a name in the order they are tried: the longest container prefix first.
    func candidates(_ name: String) -> [String] {
        if name.utf8.first == UInt8(ascii: ".") { return [String(name.dropFirst())] }
        guard !container.isEmpty else { return [name] }
        var parts = container.split(separator: ".").map(String.init)
        var result: [String] = []
        while !parts.isEmpty {
            result.append(parts.joined(separator: ".") + "." + name)
            parts.removeLast()
        }
        return result + [name]
    }
}
