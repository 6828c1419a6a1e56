extension Parser {
    /// A call, or the macro it stands for.
    mutating func call(
        _ name: String, target: NodeID?, _ arguments: [NodeID], from start: Int, position: Int
    ) throws(SyntaxFailure) -> NodeID {
        let kind: SyntaxNode.Kind?
        if let target {
            if case .name("cel") = node(target).kind {
                kind = try bindingMacro(name, arguments)
            } else {
                kind = try comprehensionMacro(name, target, arguments)
            }
        } else {
            kind = name == "has" && arguments.count == 1 ? try presence(of: arguments[0]) : nil
        }
        return try add(kind ?? .call(name, target: target, arguments), from: start, position: position)
    }

    private func presence(of argument: NodeID) throws(SyntaxFailure) -> SyntaxNode.Kind {
        guard case .select(let operand, let field, .value) = node(argument).kind else {
            throw SyntaxFailure("has() takes a field selection such as `a.b`", at: node(argument).position)
        }
        return .select(operand, field: field, .presence)
    }

    private func comprehensionMacro(
        _ name: String, _ target: NodeID, _ arguments: [NodeID]
    ) throws(SyntaxFailure) -> SyntaxNode.Kind? {
        switch (name, arguments.count) {
        case ("all", 2): try loop(.all, name, target, arguments, variables: 1)
        case ("exists", 2): try loop(.exists, name, target, arguments, variables: 1)
        case ("exists_one", 2), ("existsOne", 2): try loop(.existsOne, name, target, arguments, variables: 1)
        case ("map", 2), ("map", 3): try loop(.map, name, target, arguments, variables: 1)
        case ("filter", 2): try loop(.filter, name, target, arguments, variables: 1)
        case ("sortBy", 2) where extensions.contains(.lists):
            try loop(.sortBy, name, target, arguments, variables: 1)
        case ("optMap", 2) where extensions.contains(.optionals),
            ("optFlatMap", 2) where extensions.contains(.optionals):
            .optionalMap(
                target, variable: try variable(arguments[0]), body: arguments[1], isFlat: name == "optFlatMap")
        case _ where extensions.contains(.twoVariableComprehensions):
            switch (name, arguments.count) {
            case ("all", 3): try loop(.all, name, target, arguments, variables: 2)
            case ("exists", 3): try loop(.exists, name, target, arguments, variables: 2)
            case ("exists_one", 3), ("existsOne", 3): try loop(.existsOne, name, target, arguments, variables: 2)
            case ("transformList", 3), ("transformList", 4):
                try loop(.transformList, name, target, arguments, variables: 2)
            case ("transformMap", 3), ("transformMap", 4):
                try loop(.transformMap, name, target, arguments, variables: 2)
            case ("transformMapEntry", 3), ("transformMapEntry", 4):
                try loop(.transformMapEntry, name, target, arguments, variables: 2)
            default: nil
            }
        default: nil
        }
    }

    /// A comprehension whose arguments are its variables, perhaps a filter, and its body.
    private func loop(
        _ kind: Comprehension.Kind, _ name: String, _ target: NodeID, _ arguments: [NodeID], variables: Int
    ) throws(SyntaxFailure) -> SyntaxNode.Kind {
        let first = try variable(arguments[0])
        let second = variables == 2 ? try variable(arguments[1]) : nil
        if let second, second == first {
            throw SyntaxFailure("the two variables have the same name", at: node(arguments[1]).position)
        }
        let rest = arguments[variables...]
        return .comprehension(
            Comprehension(
                kind: kind, name: name, range: target, variable: first, second: second,
                filter: rest.count == 2 ? rest.first : nil, body: arguments[arguments.count - 1]))
    }

    /// The name of a variable that a macro introduces.
    private func variable(_ id: NodeID) throws(SyntaxFailure) -> String {
        guard case .name(let name) = node(id).kind, name.utf8.first != UInt8(ascii: ".") else {
            throw SyntaxFailure("the macro takes a plain name here", at: node(id).position)
        }
        return name
    }

    private func bindingMacro(_ name: String, _ arguments: [NodeID]) throws(SyntaxFailure) -> SyntaxNode.Kind? {
        switch (name, arguments.count) {
        case ("bind", 3) where extensions.contains(.bindings):
            return .bind(try variable(arguments[0]), value: arguments[1], body: arguments[2])
        case ("block", 2) where extensions.contains(.block):
            guard case .list(let elements) = node(arguments[0]).kind, elements.allSatisfy({ !$0.isOptional }) else {
                throw SyntaxFailure("cel.block takes a list of expressions", at: node(arguments[0]).position)
            }
            return .block(elements.map(\.value), body: arguments[1])
        case ("index", 1) where extensions.contains(.block):
            return .name("@index\(try number(arguments[0]))")
        case ("iterVar", 2) where extensions.contains(.block):
            return .name("@it:\(try number(arguments[0])):\(try number(arguments[1]))")
        case ("accuVar", 2) where extensions.contains(.block):
            return .name("@ac:\(try number(arguments[0])):\(try number(arguments[1]))")
        default: return nil
        }
    }

    private func number(_ id: NodeID) throws(SyntaxFailure) -> Int64 {
        guard case .literal(.int(let value)) = node(id).kind, value >= 0 else {
            throw SyntaxFailure("the macro takes a number here", at: node(id).position)
        }
        return value
    }
}
