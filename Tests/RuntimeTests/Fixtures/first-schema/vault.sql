CREATE TABLE schema_migration (
    room TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
    additive INTEGER NOT NULL, PRIMARY KEY (room, number)) WITHOUT ROWID, STRICT;
CREATE TABLE key_check (
    purpose TEXT NOT NULL, key_id INTEGER NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (purpose, key_id)) WITHOUT ROWID, STRICT;
CREATE TABLE person (
    member_id BLOB NOT NULL, programme_id TEXT NOT NULL, person_id BLOB NOT NULL,
    epoch INTEGER NOT NULL, state INTEGER NOT NULL, merged_into BLOB, data_key BLOB NOT NULL,
    key_id INTEGER NOT NULL, created_day INTEGER NOT NULL,
    PRIMARY KEY (member_id, programme_id)) WITHOUT ROWID, STRICT;
CREATE INDEX person_merged ON person (merged_into, programme_id);
CREATE TABLE identity (
    blind_index BLOB NOT NULL, programme_id TEXT NOT NULL, namespace TEXT NOT NULL,
    member_id BLOB NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (blind_index, programme_id)) WITHOUT ROWID, STRICT;
CREATE INDEX identity_member ON identity (member_id, programme_id);
CREATE TABLE personal_field (
    member_id BLOB NOT NULL, programme_id TEXT NOT NULL, name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (member_id, programme_id, name)) WITHOUT ROWID, STRICT;
CREATE TABLE pending_merge (
    from_member BLOB NOT NULL, programme_id TEXT NOT NULL, into_member BLOB NOT NULL,
    blind_index BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (from_member, programme_id)) WITHOUT ROWID, STRICT;
CREATE INDEX pending_merge_into ON pending_merge (into_member, programme_id);
CREATE TABLE tombstone (
    member_id BLOB NOT NULL, programme_id TEXT NOT NULL, erased_day INTEGER NOT NULL,
    purged INTEGER NOT NULL,
    PRIMARY KEY (member_id, programme_id)) WITHOUT ROWID, STRICT;
CREATE TABLE access_log (
    member_id BLOB NOT NULL, programme_id TEXT NOT NULL, entry_id BLOB NOT NULL,
    at INTEGER NOT NULL, actor TEXT NOT NULL, purpose TEXT NOT NULL, fields TEXT NOT NULL,
    PRIMARY KEY (member_id, programme_id, entry_id)) WITHOUT ROWID, STRICT;
CREATE TABLE identity_change (
    programme_id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (programme_id)) WITHOUT ROWID, STRICT;
INSERT INTO schema_migration VALUES
('keys', 1, 'check values', 'b3e6881d1d7b5f998bb7d73ee419fb5ac7f6355e84a5bed8c6dd07e3e215ef90', 0),
('vault', 1, 'persons', '5421a63a18bdcf3a77919cedcd03ec60fbfcca9108b2724ca404443d58ec504c', 0);
INSERT INTO key_check VALUES
('index', 1, x'ebfecfc0846fa0461a4f45c4125220cc'),
('pseudonym', 1, x'f998987fbdbff829ceeb746c513f4950'),
('vault', 1, x'8588c30840e57bf484526ce11abc7244');
INSERT INTO person VALUES
(x'46066b954e1101f7a301cee2a5b9491c', 'sample', x'3eaf363accd647a7960e525692d24bee', 1, 0, NULL, x'01f63a7d6822ab00a406a9b38e01ff1d5f874e7ded0e84562abe754c8ce8ab17f218c3f8cbf4ff54c414f7da3d59509facb609c519c373098db367e011', 1, 20777),
(x'97ba024f48d81a6660f8dd7289792d03', 'sample', x'4157f4fefd8843f3b8f96953f3dede3e', 1, 0, NULL, x'01789f595977596e2d9d6454ff121993e042e498b515b27d01c0c350bfee7cef79a2f6ec8ff6d75263bdc6740db57b1cb9cd5c23df391b25bc19028ffc', 1, 20777),
(x'9b64b060b8bbd6126b8f4e870ee44eea', 'sample', x'c45904751a0f4a2a8e58b07ae1c94b8d', 1, 0, NULL, x'0160aff109ae4ef0291d0cbdea226931eea23eb38c929f5af0ea9647eb76ead0d4cc5e34eb8e513837083ebdc6838378bdbf38c5a14115cb40b8da1fc2', 1, 20777);
INSERT INTO identity VALUES
(x'17e5ff499a869f2cbb99dab31aac06c3', 'sample', 'user', x'97ba024f48d81a6660f8dd7289792d03', x'01f61ccda4571c5cc2e5c475dcc16891cae9ae18a3e2413dc3b6310d89829c'),
(x'4be0f60377447922c415dfd41f9f4db4', 'sample', 'user', x'9b64b060b8bbd6126b8f4e870ee44eea', x'014b8a1282f63265e9433698374fef98afef9e746b686ea07ef250f2258223d6'),
(x'f45f4a89f6069c0ecba62c1a5038d8d5', 'sample', 'user', x'46066b954e1101f7a301cee2a5b9491c', x'019f82df96d999dd9000cfc2dd9499b998ad22358f7175acd61092ab8d4168');
INSERT INTO personal_field VALUES
(x'9b64b060b8bbd6126b8f4e870ee44eea', 'sample', 'name', x'01af3662c40a628832ba26b7a089ac2dd7a8658cdec32275ce3976f1d6320183c0');
