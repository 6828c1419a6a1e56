// The machine's limit: writes rows as the engine does, in C, with nothing around it.
//
//   stamgast-limit rows DATABASE PLAN    DATABASE exists and has its tables; PLAN is a text file:
//                                            members N        identifiers to choose owners from
//                                            batches N        transactions
//                                            stmt ROWS TYPES SQL
//                                        ROWS (may be a fraction) is the number of rows per batch; TYPES says what is
//                                        bound, comma-separated: M an owner of the batch, X a random 16-byte
//                                        identifier, I a small integer, N null, Tn / Bn text / blob of n bytes,
//                                        C a counter that never repeats.
//   stamgast-limit fsync FILE N          N times: write 4 kB, fdatasync.
//
// Settings are the engine's: WAL, synchronous=FULL, one transaction per batch, prepared statements, one thread.
// Prints one JSON object. Bytes are what was bound; fsyncs are counted where SQLite calls them.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long syncs;

// SQLite calls these through the dynamic linker, which finds them here first.
int fdatasync(int file) {
    syncs++;
    return (int)syscall(SYS_fdatasync, file);
}

int fsync(int file) {
    syncs++;
    return (int)syscall(SYS_fsync, file);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static uint64_t state = 0x9E3779B97F4A7C15ull;

static uint64_t next(void) {
    uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

static void die(const char *what, sqlite3 *db) {
    fprintf(stderr, "stamgast-limit: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
    exit(1);
}

struct statement {
    sqlite3_stmt *prepared;
    double rows, owed;
    int columns;
    char kind[32];
    int size[32];
};

static int rows(const char *path, const char *plan_path) {
    sqlite3 *db;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL)) die("open", db);
    if (sqlite3_exec(db,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                     "PRAGMA wal_autocheckpoint=4000",
                     NULL, NULL, NULL))
        die("settings", db);

    FILE *plan = fopen(plan_path, "r");
    if (!plan) die("plan", NULL);
    static struct statement statements[64];
    int count = 0, batches = 0;
    uint64_t members = 1;
    char line[8192];
    while (fgets(line, sizeof line, plan)) {
        line[strcspn(line, "\n")] = 0;
        if (sscanf(line, "members %lu", &members) == 1 || sscanf(line, "batches %d", &batches) == 1) continue;
        double per_batch;
        char types[512];
        int offset;
        if (sscanf(line, "stmt %lf %511s %n", &per_batch, types, &offset) < 2) continue;
        struct statement *s = &statements[count++];
        s->rows = per_batch;
        for (char *part = strtok(types, ","); part; part = strtok(NULL, ",")) {
            s->kind[s->columns] = part[0];
            s->size[s->columns++] = atoi(part + 1);
        }
        if (sqlite3_prepare_v2(db, line + offset, -1, &s->prepared, NULL)) die(line + offset, db);
    }
    fclose(plan);

    static char filler[65536];
    memset(filler, 'x', sizeof filler);
    long written = 0, bytes = 0;
    int64_t counter = 0;
    uint64_t id[2];
    // A database that was just migrated still has to be synced; that is not part of the measurement.
    sqlite3_exec(db, "BEGIN IMMEDIATE; COMMIT", NULL, NULL, NULL);
    syncs = 0;
    double start = now();
    for (int batch = 0; batch < batches; batch++) {
        uint64_t first = next() % members;
        if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL)) die("begin", db);
        for (int i = 0; i < count; i++) {
            struct statement *s = &statements[i];
            s->owed += s->rows;
            for (int row = 0; s->owed >= 1; s->owed -= 1, row++) {
                for (int c = 0; c < s->columns; c++) {
                    switch (s->kind[c]) {
                        case 'M': {
                            uint64_t member = (first + row) % members, keep = state;
                            state = member * 0x2545F4914F6CDD1Dull;
                            id[0] = next();
                            id[1] = next();
                            state = keep;
                            sqlite3_bind_blob(s->prepared, c + 1, id, 16, SQLITE_TRANSIENT);
                            bytes += 16;
                            break;
                        }
                        case 'X':
                            id[0] = next();
                            id[1] = next();
                            sqlite3_bind_blob(s->prepared, c + 1, id, 16, SQLITE_TRANSIENT);
                            bytes += 16;
                            break;
                        case 'I': sqlite3_bind_int64(s->prepared, c + 1, s->size[c] ? s->size[c] : 1); bytes += 8; break;
                        case 'C': sqlite3_bind_int64(s->prepared, c + 1, ++counter); bytes += 8; break;
                        case 'N': sqlite3_bind_null(s->prepared, c + 1); break;
                        case 'T':
                            sqlite3_bind_text(s->prepared, c + 1, filler, s->size[c], SQLITE_STATIC);
                            bytes += s->size[c];
                            break;
                        default:
                            sqlite3_bind_blob(s->prepared, c + 1, filler, s->size[c], SQLITE_STATIC);
                            bytes += s->size[c];
                    }
                }
                if (sqlite3_step(s->prepared) != SQLITE_DONE) die("step", db);
                sqlite3_reset(s->prepared);
                written++;
            }
        }
        if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL)) die("commit", db);
    }
    double seconds = now() - start;
    printf("{\"rows\":%ld,\"bytes\":%ld,\"fsyncs\":%ld,\"batches\":%d,\"seconds\":%.6f}\n", written, bytes, syncs, batches,
           seconds);
    for (int i = 0; i < count; i++) sqlite3_finalize(statements[i].prepared);
    sqlite3_close(db);
    return 0;
}

static int fsyncs(const char *path, int count) {
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0) die("open", NULL);
    static char page[4096];
    double start = now();
    for (int i = 0; i < count; i++)
        if (pwrite(file, page, sizeof page, (off_t)i * sizeof page) != sizeof page || fdatasync(file)) die("write", NULL);
    double seconds = now() - start;
    close(file);
    unlink(path);
    printf("{\"rows\":%d,\"bytes\":%d,\"fsyncs\":%d,\"batches\":%d,\"seconds\":%.6f}\n", count, count * 4096, count, count,
           seconds);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "rows")) return rows(argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "fsync")) return fsyncs(argv[2], atoi(argv[3]));
    fprintf(stderr, "usage: stamgast-limit rows DATABASE PLAN | stamgast-limit fsync FILE N\n");
    return 2;
}
