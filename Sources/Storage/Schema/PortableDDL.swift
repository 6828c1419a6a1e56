/// Data definitions with type tokens, as each engine writes them.
public enum PortableDDL {
    /// Expands the tokens of ``Migration``.
    ///
    /// SQLite tables are made `STRICT`, so that a value of the wrong type is refused there as well; PostgreSQL text is
    /// compared byte by byte as in SQLite.
    public static func expand(_ statement: String, for engine: Engine) -> String {
        let isTable = statement.drop(while: \.isWhitespace).prefix(12).uppercased() == "CREATE TABLE"
        let types: [(String, String)]
        switch engine {
        case .sqlite:
            types = [
                ("{id}", "BLOB"), ("{blob}", "BLOB"), ("{int}", "INTEGER"), ("{real}", "REAL"), ("{text}", "TEXT"),
                ("{clustered}", "WITHOUT ROWID"),
            ]
        case .postgres:
            types = [
                ("{id}", "BYTEA"), ("{blob}", "BYTEA"), ("{int}", "BIGINT"), ("{real}", "DOUBLE PRECISION"),
                ("{text}", "TEXT COLLATE \"C\""), ("{clustered}", ""),
            ]
        }
        var text = statement
        for (token, type) in types { text.replace(token, with: type) }
        if isTable, engine == .sqlite { text += text.hasSuffix("WITHOUT ROWID") ? ", STRICT" : " STRICT" }
        return text
    }
}
