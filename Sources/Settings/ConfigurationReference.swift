/// The reference page of the configuration, written from the declared keys.
public enum ConfigurationReference {
    /// The page in Markdown.
    public static func markdown() -> String {
        var page = """
            # Configuration

            <!-- Written from Sources/Settings/Setting+Declared.swift; `STAMGAST_TEST_RECORD=1 swift test --filter SettingsTests` renews it. -->

            Every setting has one name. `listen-port` is `--listen-port 9000` on the command line,
            `STAMGAST_LISTEN_PORT=9000` in the environment and `listen-port: 9000` in the file `stamgast.yaml` (or
            `stamgast.json`) in the home. What stands nearer wins: **flag over environment over file over default**. A
            name that is not in this list is refused, with the nearest one as a suggestion. `stamgast config show`
            prints every value and where it came from; secrets say only that they are set.

            | Setting | Default | Expects | Meaning |
            |---|---|---|---|

            """
        for setting in Settings.all where !setting.isSecret {
            page += "| `\(setting.name)` | \(setting.defaultText.map { "`\($0)`" } ?? "none") | \(setting.expected)"
            page += " | \(setting.meaning) |\n"
        }
        page += """

            ## Secrets

            Secrets are accepted from the environment only: a command line is visible to every process of the machine
            and a configuration file ends up in back-ups. Without them the keys live in files; see
            [Keys](../guides/keys.md).

            | Variable | Expects | Meaning |
            |---|---|---|

            """
        for setting in Settings.all where setting.isSecret {
            page += "| `\(setting.environmentVariable)` | \(setting.expected) | \(setting.meaning) |\n"
        }
        page += """

            ## In the file only where it may be

            `home` decides where the file is, so it is a flag or a variable (`STAMGAST_HOME`). `retention` may be
            written as a mapping:

            ```yaml
            listen-address: 0.0.0.0
            public-url: https://regulars.example.org
            database: postgres://stamgast@db.internal/stamgast
            vault-database: postgres://vault@vault.internal/vault
            retention:
              article.read: 30d
              comment.posted: 0
            ```

            Variables that Kubernetes sets beside a service called `stamgast` (`STAMGAST_SERVICE_HOST`, `STAMGAST_PORT`
            and their kin) are no settings and are left alone.

            """
        return page
    }
}
