internal import Storage

extension Access {
    static let schema = Schema(
        room: "access",
        migrations: [
            Migration(
                number: 1, name: "keys, staff, sessions, audit",
                statements: [
                    // scopes: names between spaces.
                    """
                    CREATE TABLE api_key (
                        key_id {text} NOT NULL, programme_id {text} NOT NULL, kind {text} NOT NULL,
                        scopes {text} NOT NULL, label {text} NOT NULL, hash {blob} NOT NULL,
                        hash_version {int} NOT NULL, created_at {int} NOT NULL, expires_at {int}, revoked_at {int},
                        last_used_day {int}, PRIMARY KEY (key_id)) {clustered}
                    """,
                    "CREATE INDEX api_key_programme ON api_key (programme_id, created_at)",
                    // programmes: * or names between commas.
                    """
                    CREATE TABLE staff (
                        staff_id {id} NOT NULL, name {text} NOT NULL, role {text} NOT NULL,
                        programmes {text} NOT NULL, created_at {int} NOT NULL, disabled_at {int},
                        PRIMARY KEY (staff_id)) {clustered}
                    """,
                    // subject_kind: 0 staff, 1 member. programme_id is empty for staff.
                    """
                    CREATE TABLE sign_in_link (
                        token_hash {blob} NOT NULL, subject_kind {int} NOT NULL, subject_id {id} NOT NULL,
                        programme_id {text} NOT NULL, expires_at {int} NOT NULL,
                        PRIMARY KEY (token_hash)) {clustered}
                    """,
                    "CREATE INDEX sign_in_link_subject ON sign_in_link (subject_id)",
                    // Hand-over tokens that were used, until they expire.
                    """
                    CREATE TABLE hand_over (
                        token_hash {blob} NOT NULL, expires_at {int} NOT NULL, PRIMARY KEY (token_hash)) {clustered}
                    """,
                    // Times of members' sessions are whole days, so that presence cannot be joined with behaviour.
                    """
                    CREATE TABLE session (
                        token_hash {blob} NOT NULL, subject_kind {int} NOT NULL, subject_id {id} NOT NULL,
                        programme_id {text} NOT NULL, seen_at {int} NOT NULL, expires_at {int} NOT NULL,
                        PRIMARY KEY (token_hash)) {clustered}
                    """,
                    "CREATE INDEX session_subject ON session (subject_id)",
                    """
                    CREATE TABLE audit (
                        programme_id {text} NOT NULL, sequence {int} NOT NULL, at {int} NOT NULL,
                        actor {text} NOT NULL, action {text} NOT NULL, object {text} NOT NULL, before_state {text},
                        after_state {text}, reason {text}, previous {blob} NOT NULL, hash {blob} NOT NULL,
                        PRIMARY KEY (programme_id, sequence)) {clustered}
                    """,
                    """
                    CREATE TABLE audit_head (
                        programme_id {text} NOT NULL, sequence {int} NOT NULL, hash {blob} NOT NULL,
                        PRIMARY KEY (programme_id)) {clustered}
                    """,
                ]),
            Migration(
                number: 2, name: "access tokens, cards",
                statements: [
                    // sealed: the private half, under the home's session key.
                    """
                    CREATE TABLE access_token_key (
                        programme_id {text} NOT NULL, number {int} NOT NULL, active_from {int} NOT NULL,
                        created_at {int} NOT NULL, public_key {blob} NOT NULL, sealed {blob} NOT NULL,
                        PRIMARY KEY (programme_id, number)) {clustered}
                    """,
                    // Random numbers, so the rows have no order of arrival.
                    """
                    CREATE TABLE card (
                        programme_id {text} NOT NULL, number {int} NOT NULL, member_id {id} NOT NULL,
                        PRIMARY KEY (programme_id, number)) {clustered}
                    """,
                    "CREATE UNIQUE INDEX card_member ON card (programme_id, member_id)",
                    // Keyed hashes of code and till; no member.
                    """
                    CREATE TABLE card_scan (
                        programme_id {text} NOT NULL, scan {blob} NOT NULL, visit {blob} NOT NULL, day {int} NOT NULL,
                        PRIMARY KEY (programme_id, scan)) {clustered}
                    """,
                ]),
            Migration(
                number: 3, name: "staff passwords, second factors, external identities",
                statements: [
                    // sealed: the password's hash with its parameters, under the home's session key.
                    // paused_until: when passwords are looked at again after too many wrong ones; 0 for now.
                    """
                    CREATE TABLE staff_password (
                        staff_id {id} NOT NULL, login {text} NOT NULL, sealed {blob} NOT NULL,
                        changed_at {int} NOT NULL, failures {int} NOT NULL, paused_until {int} NOT NULL,
                        PRIMARY KEY (staff_id)) {clustered}
                    """,
                    "CREATE UNIQUE INDEX staff_password_login ON staff_password (login)",
                    // last_step: of the code that was taken last; no code of that step or before is taken again.
                    """
                    CREATE TABLE staff_second_factor (
                        staff_id {id} NOT NULL, sealed {blob} NOT NULL, confirmed_at {int} NOT NULL,
                        last_step {int} NOT NULL, PRIMARY KEY (staff_id)) {clustered}
                    """,
                    """
                    CREATE TABLE staff_recovery_code (
                        staff_id {id} NOT NULL, code_hash {blob} NOT NULL,
                        PRIMARY KEY (staff_id, code_hash)) {clustered}
                    """,
                    // identity: a keyed hash. kind: 0 the provider's subject, 1 an e-mail address, until it signs in.
                    """
                    CREATE TABLE external_identity (
                        issuer {text} NOT NULL, identity {blob} NOT NULL, kind {int} NOT NULL, staff_id {id} NOT NULL,
                        linked_at {int} NOT NULL, PRIMARY KEY (issuer, identity)) {clustered}
                    """,
                    "CREATE INDEX external_identity_staff ON external_identity (staff_id)",
                ]),
        ])
}
