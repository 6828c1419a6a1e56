// stamgast-limit: what this machine can do at most, in C.
//
//   stamgast-limit run DATABASE [PLAN]     writes the rows of a plan into a new database, one transaction per batch
//   stamgast-limit fsync FOLDER [SECONDS]  appends 4 kB and syncs, again and again
//
// The benchmark prints the engine's numbers beside these: same tables, same rows, same batches, same durability (write-
// ahead log, synchronous=FULL), prepared statements bound without copies, nothing else. Rows, bytes and syncs are
// counted in the same way on both sides (see CSQLiteCount) and must match: a slow limit flatters.
//
// A plan is a text of lines, read from PLAN or standard input:
//
//   # comment
//   pragma cache_size=-65536        overrides a setting below
//   ddl CREATE TABLE t (a BLOB PRIMARY KEY, b INTEGER, c TEXT) STRICT, WITHOUT ROWID
//   warmup 10                       batches before the clock starts (default 0)
//   batches 100                     batches that are measured
//   rows 1000 INSERT INTO t (a, b, c) VALUES (?, ?, ?)
//   column id random                one line per placeholder of the statement above:
//   column int sequence               int sequence | int random MAX | int constant VALUE | int cycle COUNT
//   column text 40                    id sequence | id random | id pool COUNT [GROUP]   (16 bytes; a pool is shared by
//                                     all statements: COUNT members who come back; with GROUP the rows of a batch belong
//                                     to members in ascending order, GROUP rows each, the same members in all statements)
//                                     text BYTES | text cycle BYTES COUNT | blob BYTES | real | null
//
// Prints one line: {"rows":…,"bytes":…,"writes":…,"fsyncs":…,"seconds":…,"batches":…}

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sqlite_count.h"

enum { MAX_STATEMENTS = 64, MAX_COLUMNS = 64, MAX_LINE = 65536 };

typedef enum { INT_SEQUENCE, INT_RANDOM, INT_CONSTANT, INT_CYCLE, ID_SEQUENCE, ID_RANDOM, ID_POOL, TEXT, TEXT_CYCLE, BLOB, REAL, NOTHING } kind;

typedef struct {
    kind kind;
    long long argument, second;
    unsigned char id[16];
} column;

typedef struct { uint64_t high, low; } member;

typedef struct {
    long long rows;
    char *sql;
    column columns[MAX_COLUMNS];
    int column_count;
    sqlite3_stmt *prepared;
    long long sequence;
    // Of the current batch.
    long long row;
    member *members;
} statement;

static statement statements[MAX_STATEMENTS];
static int statement_count;
static long long batches = 1, warmup;
static uint64_t state = 0x5EED;
static unsigned char filler[1 << 20];
static sqlite3 *database;

static uint64_t next_random(void) {    // SplitMix64
    uint64_t value = state += 0x9E3779B97F4A7C15ull;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ value >> 27) * 0x94D049BB133111EBull;
    return value ^ value >> 31;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "stamgast-limit: %s: %s\n", what, detail);
    exit(2);
}

static void check(int code, const char *what) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) fail(what, sqlite3_errmsg(database));
}

static void execute(const char *sql) { check(sqlite3_exec(database, sql, NULL, NULL, NULL), sql); }

static void read_column(statement *target, char *text) {
    char type[16] = "", manner[16] = "", rest[32] = "", more[32] = "";
    int fields = sscanf(text, "%15s %15s %31s %31s", type, manner, rest, more);
    if (fields < 1 || target->column_count == MAX_COLUMNS) fail("column", text);
    column *made = &target->columns[target->column_count++];
    made->argument = atoll(rest);
    made->second = atoll(more);
    if (!strcmp(type, "int") && !strcmp(manner, "sequence")) made->kind = INT_SEQUENCE;
    else if (!strcmp(type, "int") && !strcmp(manner, "random") && made->argument > 0) made->kind = INT_RANDOM;
    else if (!strcmp(type, "int") && !strcmp(manner, "constant")) made->kind = INT_CONSTANT;
    else if (!strcmp(type, "int") && !strcmp(manner, "cycle") && made->argument > 0) made->kind = INT_CYCLE;
    else if (!strcmp(type, "text") && !strcmp(manner, "cycle") && made->argument > 0 && made->second > 0 &&
             made->argument * made->second <= (long long)sizeof filler) made->kind = TEXT_CYCLE;
    else if (!strcmp(type, "id") && !strcmp(manner, "sequence")) made->kind = ID_SEQUENCE;
    else if (!strcmp(type, "id") && !strcmp(manner, "random")) made->kind = ID_RANDOM;
    else if (!strcmp(type, "id") && !strcmp(manner, "pool") && made->argument > 0) made->kind = ID_POOL;
    else if (!strcmp(type, "real")) made->kind = REAL;
    else if (!strcmp(type, "null")) made->kind = NOTHING;
    else if ((!strcmp(type, "text") || !strcmp(type, "blob")) && fields == 2) {
        made->kind = type[0] == 't' ? TEXT : BLOB;
        made->argument = atoll(manner);
        if (made->argument < 0 || made->argument > (long long)sizeof filler) fail("column", text);
    } else fail("column", text);
}

static void read_plan(FILE *plan) {
    static char line[MAX_LINE];
    while (fgets(line, sizeof line, plan)) {
        line[strcspn(line, "\r\n")] = 0;
        char *text = line + strspn(line, " \t");
        if (!*text || *text == '#') continue;
        char *argument = text + strcspn(text, " ");
        if (*argument) *argument++ = 0;
        if (!strcmp(text, "pragma")) {
            char *sql = sqlite3_mprintf("PRAGMA %s", argument);
            execute(sql);
            sqlite3_free(sql);
        } else if (!strcmp(text, "ddl")) {
            execute(argument);
        } else if (!strcmp(text, "batches")) {
            batches = atoll(argument);
        } else if (!strcmp(text, "warmup")) {
            warmup = atoll(argument);
        } else if (!strcmp(text, "rows")) {
            if (statement_count == MAX_STATEMENTS) fail("too many statements", argument);
            statement *made = &statements[statement_count++];
            char *sql;
            made->rows = strtoll(argument, &sql, 10);
            made->sql = strdup(sql + strspn(sql, " "));
        } else if (!strcmp(text, "column") && statement_count > 0) {
            read_column(&statements[statement_count - 1], argument);
        } else {
            fail("unknown line", text);
        }
    }
    for (int index = 0; index < statement_count; index++) {
        statement *made = &statements[index];
        check(sqlite3_prepare_v3(database, made->sql, -1, SQLITE_PREPARE_PERSISTENT, &made->prepared, NULL), made->sql);
        if (sqlite3_bind_parameter_count(made->prepared) != made->column_count) fail("columns do not match", made->sql);
    }
}

static void put(unsigned char *out, uint64_t high, uint64_t low) {
    for (int byte = 0; byte < 8; byte++) {
        out[byte] = (unsigned char)(high >> (56 - 8 * byte));
        out[byte + 8] = (unsigned char)(low >> (56 - 8 * byte));
    }
}

// The same number gives the same id in every statement, spread over the whole range.
static member pool_member(uint64_t number, long long count) {
    number = (number % (uint64_t)count + 1) * 0x9E3779B97F4A7C15ull;
    return (member){number ^ number >> 29, number};
}

static int compare_members(const void *left, const void *right) {
    const member *a = left, *b = right;
    if (a->high != b->high) return a->high < b->high ? -1 : 1;
    return a->low < b->low ? -1 : a->low > b->low;
}

// Draws the members of a batch, in ascending order: as the engine writes what it has collected.
static void draw_members(statement *target, long long batch) {
    for (int place = 0; place < target->column_count; place++) {
        column *value = &target->columns[place];
        if (value->kind != ID_POOL || value->second <= 0) continue;
        long long count = (target->rows + value->second - 1) / value->second;
        if (!target->members && !(target->members = malloc((size_t)count * sizeof(member)))) fail("memory", "members");
        for (long long index = 0; index < count; index++) {
            uint64_t number = (uint64_t)batch * 0x100000001B3ull + (uint64_t)index;
            number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9ull;
            target->members[index] = pool_member(number ^ number >> 27, value->argument);
        }
        qsort(target->members, (size_t)count, sizeof(member), compare_members);
        return;
    }
}

static void bind(statement *target, int index) {
    column *value = &target->columns[index];
    sqlite3_stmt *prepared = target->prepared;
    int place = index + 1;
    switch (value->kind) {
    case INT_SEQUENCE: sqlite3_bind_int64(prepared, place, target->sequence); break;
    case INT_RANDOM: sqlite3_bind_int64(prepared, place, (long long)(next_random() % (uint64_t)value->argument)); break;
    case INT_CONSTANT: sqlite3_bind_int64(prepared, place, value->argument); break;
    case INT_CYCLE: sqlite3_bind_int64(prepared, place, target->row % value->argument); break;
    case TEXT_CYCLE:
        sqlite3_bind_text(prepared, place, (char *)filler + target->row % value->second * value->argument,
                          (int)value->argument, SQLITE_STATIC);
        break;
    case ID_SEQUENCE: put(value->id, (uint64_t)target->sequence, next_random()); break;
    case ID_RANDOM: put(value->id, next_random(), next_random()); break;
    case ID_POOL: {
        member one = value->second > 0 ? target->members[target->row / value->second]
                                       : pool_member(next_random(), value->argument);
        put(value->id, one.high, one.low);
        break;
    }
    case TEXT: {
        size_t start = next_random() % (sizeof filler - (size_t)value->argument + 1);
        sqlite3_bind_text(prepared, place, (char *)filler + start, (int)value->argument, SQLITE_STATIC);
        break;
    }
    case BLOB: {
        size_t start = next_random() % (sizeof filler - (size_t)value->argument + 1);
        sqlite3_bind_blob(prepared, place, filler + start, (int)value->argument, SQLITE_STATIC);
        break;
    }
    case REAL: sqlite3_bind_double(prepared, place, (double)(next_random() >> 11) / 9007199254740992.0); break;
    case NOTHING: sqlite3_bind_null(prepared, place); break;
    }
    if (value->kind == ID_SEQUENCE || value->kind == ID_RANDOM || value->kind == ID_POOL)
        sqlite3_bind_blob(prepared, place, value->id, 16, SQLITE_STATIC);
}

static long long run_batches(long long first, long long count) {
    long long rows = 0;
    for (long long batch = first; batch < first + count; batch++) {
        execute("BEGIN IMMEDIATE");
        for (int index = 0; index < statement_count; index++) {
            statement *target = &statements[index];
            draw_members(target, batch);
            for (long long row = 0; row < target->rows; row++) {
                target->sequence++;
                target->row = row;
                for (int place = 0; place < target->column_count; place++) bind(target, place);
                int code = sqlite3_step(target->prepared);
                if (code != SQLITE_DONE && code != SQLITE_ROW) fail(target->sql, sqlite3_errmsg(database));
                sqlite3_reset(target->prepared);
                rows++;
            }
        }
        execute("COMMIT");
    }
    return rows;
}

static int run(const char *path, const char *plan_path) {
    if (access(path, F_OK) == 0) fail("the database exists already", path);
    FILE *plan = plan_path ? fopen(plan_path, "r") : stdin;
    if (!plan) fail(plan_path, strerror(errno));
    for (size_t index = 0; index < sizeof filler; index++) filler[index] = (unsigned char)('a' + next_random() % 26);
    if (stamgast_count_disk() != SQLITE_OK) fail("cannot count", path);
    check(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL), path);
    // As SQLiteDatabase.Settings.
    execute("PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON;"
            "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON");
    read_plan(plan);
    run_batches(0, warmup);
    stamgast_disk_use before = stamgast_disk_used();
    double start = now();
    long long rows = run_batches(warmup, batches);
    double seconds = now() - start;
    stamgast_disk_use after = stamgast_disk_used();
    printf("{\"rows\":%lld,\"bytes\":%lld,\"writes\":%lld,\"fsyncs\":%lld,\"seconds\":%.6f,\"batches\":%lld}\n", rows,
           after.bytes - before.bytes, after.writes - before.writes, after.syncs - before.syncs, seconds, batches);
    for (int index = 0; index < statement_count; index++) {
        sqlite3_finalize(statements[index].prepared);
        free(statements[index].members);
    }
    sqlite3_close(database);
    return 0;
}

static int sync_rate(const char *folder, double duration) {
    static char block[4096];
    char path[4096];
    snprintf(path, sizeof path, "%s/stamgast-limit.XXXXXX", folder);
    int file = mkstemp(path);
    if (file < 0) fail(folder, strerror(errno));
    unlink(path);
    long long count = 0;
    double start = now(), seconds = 0;
    do {
        if (write(file, block, sizeof block) != (ssize_t)sizeof block) fail(path, strerror(errno));
#ifdef __APPLE__
        if (fcntl(file, F_FULLFSYNC) != 0) fail(path, strerror(errno));
#else
        if (fdatasync(file) != 0) fail(path, strerror(errno));
#endif
        count++;
        seconds = now() - start;
    } while (seconds < duration);
    close(file);
    printf("{\"fsyncs\":%lld,\"bytes\":%lld,\"seconds\":%.6f}\n", count, count * (long long)sizeof block, seconds);
    return 0;
}

int main(int count, char **arguments) {
    if (count >= 3 && !strcmp(arguments[1], "run")) return run(arguments[2], count > 3 ? arguments[3] : NULL);
    if (count >= 3 && !strcmp(arguments[1], "fsync")) return sync_rate(arguments[2], count > 3 ? atof(arguments[3]) : 2);
    fprintf(stderr, "usage: stamgast-limit run DATABASE [PLAN] | fsync FOLDER [SECONDS]\n");
    return 2;
}
