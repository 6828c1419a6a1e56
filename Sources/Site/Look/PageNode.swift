internal import Mustache
internal import Synchronization

/// A page model as the template engine reads it: made once by reflection, then looked up by name.
///
/// Two things differ from handing the model itself to Mustache. A property that is `nil` answers "absent" instead of
/// letting the engine look for the same name further out, and the outermost node reports names that no model has.
struct PageNode: MustacheParent, Sendable {
    private let fields: [String: any Sendable]

    init(_ model: Any) {
        var fields: [String: any Sendable] = [:]
        for child in Mirror(reflecting: model).children {
            if let label = child.label, let value = Self.convert(child.value) { fields[label] = value }
        }
        self.fields = fields
    }

    init(fields: [String: any Sendable]) {
        self.fields = fields
    }

    func child(named name: String) -> Any? { fields[name] }

    /// What the engine understands for a value; `nil` for functions, which templates cannot call.
    private static func convert(_ value: Any) -> (any Sendable)? {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first else { return Absent() }
            return convert(wrapped.value)
        case .collection:
            return mirror.children.compactMap { convert($0.value) }
        case .struct:
            return PageNode(value)
        default:
            return nil
        }
    }
}

/// A property without a value: renders as nothing, and its section does not.
struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}

/// The outermost node: the page, the texts of its language and the addresses of the assets.
final class PageRoot: MustacheParent, Sendable {
    private let page: PageNode
    private let texts: PageNode
    private let assets: PageNode
    private let missing = Mutex<[String]>([])

    init(page: PageNode, texts: PageNode, assets: PageNode) {
        self.page = page
        self.texts = texts
        self.assets = assets
    }

    func child(named name: String) -> Any? {
        let value: Any? =
            switch name {
            case "t": texts
            case "asset": assets
            default: page.child(named: name)
            }
        if value == nil { missing.withLock { $0.append(name) } }
        return value
    }

    /// The names that the template asked for and nothing has: an error in the template, which the tests refuse.
    var unknownNames: [String] { missing.withLock { $0 } }
}
