/// The variables of the macros around a place in an unfinished text.
struct EditorScopes {
    struct Variable {
        var name: String
        var type: CELType
        /// The attribute whose elements it stands for, where that is one.
        var path: String?
    }

    private(set) var variables: [Variable] = []

    /// - Parameter before: how many tokens stand before the place.
    /// - Complexity: linear in the tokens: what the macros of one place visit are different parts of the text.
    init(_ tokens: EditorTokens, before: Int, _ environment: Environment) {
        var open: [Int] = []
        for index in 0..<before {
            let item = tokens.items[index]
            if item.isSymbol("(") || item.isSymbol("[") || item.isSymbol("{") {
                open.append(index)
            } else if let opener = tokens.partner[index], opener == open.last {
                open.removeLast()
            }
        }
        for opener in open.prefix(environment.limits.nestingDepth) where tokens.items[opener].isSymbol("(") {
            enter(tokens, opener, before, environment)
        }
    }

    private mutating func enter(_ tokens: EditorTokens, _ opener: Int, _ before: Int, _ environment: Environment) {
        guard opener >= 3, let macro = tokens.items[opener - 1].word, tokens.items[opener - 2].isSymbol(".") else {
            return
        }
        let starts = arguments(tokens, opener, before)
        func name(_ argument: Int) -> String? {
            guard argument + 1 < starts.count, starts[argument + 1] == starts[argument] + 2 else { return nil }
            return tokens.items[starts[argument]].word
        }
        if macro == "bind", tokens.items[opener - 3].word == "cel" {
            guard starts.count == 3, let name = name(0), starts[2] - 2 >= starts[1] else { return }
            let type = self.type(of: tokens.text(starts[1]...(starts[2] - 2)), environment) ?? .dyn
            variables.append(Variable(name: name, type: type))
            return
        }
        let two = ["transformList", "transformMap", "transformMapEntry"].contains(macro)
        let one = ["all", "exists", "exists_one", "existsOne", "filter", "map", "sortBy", "optMap", "optFlatMap"]
            .contains(macro)
        guard one || two, let first = name(0), let start = tokens.chainStart(endingAt: opener - 3) else { return }
        let range = self.type(of: tokens.text(start...(opener - 3)), environment) ?? .dyn
        let path = tokens.path(endingAt: opener - 3)
        // `list.all(i, v, …)` has two as well: the second argument is a name with another after it.
        let mayHaveTwo = two || ["all", "exists", "exists_one", "existsOne"].contains(macro)
        let second = starts.count > 2 && mayHaveTwo ? name(1) : nil
        switch range {
        case .list(let element):
            if let second {
                variables.append(Variable(name: first, type: .int))
                variables.append(Variable(name: second, type: element, path: path))
            } else {
                variables.append(Variable(name: first, type: element, path: path))
            }
        case .map(let key, let value):
            variables.append(Variable(name: first, type: key))
            if let second { variables.append(Variable(name: second, type: value)) }
        default:
            variables.append(Variable(name: first, type: range.optionalContent ?? .dyn))
            if let second { variables.append(Variable(name: second, type: .dyn)) }
        }
    }

    /// The first token of each argument before the place.
    private func arguments(_ tokens: EditorTokens, _ opener: Int, _ before: Int) -> [Int] {
        var starts = [opener + 1]
        var index = opener + 1
        while index < before {
            if let end = tokens.partner[index], end > index {
                // A bracket that closes beyond the place is around it.
                guard end < before else { break }
                index = end
            } else if tokens.items[index].isSymbol(",") {
                starts.append(index + 1)
            } else if ["(", "[", "{"].contains(where: tokens.items[index].isSymbol) {
                break
            }
            index += 1
        }
        return starts
    }

    /// The type of a part of the text with these variables in scope; nil if it cannot be read.
    func type(of bytes: [UInt8], _ environment: Environment) -> CELType? {
        guard let tree = try? Parser.parse(bytes, limits: environment.limits, extensions: environment.extensions) else {
            return nil
        }
        var checker = Checker(tree, environment, isStrict: true)
        let type = checker.run(with: variables.map { ($0.name, $0.type) })
        return type == .error ? nil : type
    }

    /// The attribute behind a path that may begin with a variable of a macro.
    func attribute(_ path: String) -> String {
        variables.last { $0.name == path }?.path ?? path
    }
}
