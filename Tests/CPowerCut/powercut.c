#include "powercut.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

// What happened to a file since its last sync.
typedef struct change {
    struct change *next;
    sqlite3_int64 offset;
    int length;            // -1: truncation to `offset`
    unsigned char data[];
} change;

typedef struct tracked {
    struct tracked *next;
    char *path;
    unsigned char *durable;
    sqlite3_int64 size, capacity;
    change *first, *last;
    int exists;            // on the volatile side
    int exists_durably;
} tracked;

typedef struct powercut_file {
    sqlite3_file base;
    tracked *file;         // NULL for files that are not the database's
    sqlite3_file *real;
    int folder_unsynced;   // a journal's first sync also syncs the folder, as in SQLite's os_unix.c
} powercut_file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static tracked *files;
static uint64_t random_state = 1;
static long operations, syncs, cut_at, fail_first, fail_count;
static _Atomic int is_off;
static int fail_mask, fail_code;

static uint64_t next_random(void) {    // xorshift64*
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 2685821657736338717ull;
}

static int coin(void) { return (int)(next_random() >> 63); }

static tracked *find(const char *path, int create) {
    for (tracked *file = files; file; file = file->next)
        if (strcmp(file->path, path) == 0) return file;
    if (!create) return NULL;
    tracked *file = calloc(1, sizeof *file);
    file->path = strdup(path);
    file->next = files;
    return files = file;
}

static void resize(tracked *file, sqlite3_int64 size) {
    if (size > file->capacity) {
        sqlite3_int64 capacity = size * 2;
        file->durable = realloc(file->durable, (size_t)capacity);
        memset(file->durable + file->capacity, 0, (size_t)(capacity - file->capacity));
        file->capacity = capacity;
    }
    if (size < file->size) memset(file->durable + size, 0, (size_t)(file->size - size));
    file->size = size;
}

static void keep(tracked *file, sqlite3_int64 offset, const unsigned char *data, int length) {
    if (offset + length > file->size) resize(file, offset + length);
    memcpy(file->durable + offset, data, (size_t)length);
}

static void record(tracked *file, sqlite3_int64 offset, const void *data, int length) {
    change *made = malloc(sizeof *made + (size_t)(length > 0 ? length : 0));
    made->next = NULL;
    made->offset = offset;
    made->length = length;
    if (length > 0) memcpy(made->data, data, (size_t)length);
    if (file->last) file->last->next = made; else file->first = made;
    file->last = made;
}

static void forget_changes(tracked *file) {
    for (change *made = file->first; made;) {
        change *next = made->next;
        free(made);
        made = next;
    }
    file->first = file->last = NULL;
}

static void make_durable(tracked *file) {
    for (change *made = file->first; made; made = made->next) {
        if (made->length < 0) resize(file, made->offset); else keep(file, made->offset, made->data, made->length);
    }
    forget_changes(file);
    file->exists_durably = 1;
}

// What was created is there, what was deleted is gone.
static void sync_folder(void) {
    for (tracked *file = files; file; file = file->next) {
        file->exists_durably = file->exists;
        if (file->exists) continue;
        forget_changes(file);
        resize(file, 0);
    }
}

// Counts an operation. Returns what it must answer instead of being done, or SQLITE_OK.
// `lost` tells whether this operation is the one during which the power goes.
static int count(int kind, int *lost) {
    *lost = 0;
    if (is_off) return SQLITE_IOERR;
    operations++;
    if (kind == POWERCUT_SYNC) syncs++;
    if (cut_at > 0 && --cut_at == 0) {
        is_off = 1;
        *lost = 1;
        return SQLITE_IOERR;
    }
    if ((fail_mask & kind) && fail_count > 0 && --fail_first <= 0) {
        fail_count--;
        return fail_code;
    }
    return SQLITE_OK;
}

// MARK: methods of an open file

static sqlite3_file *real(sqlite3_file *file) { return ((powercut_file *)file)->real; }
static tracked *track(sqlite3_file *file) { return ((powercut_file *)file)->file; }

static int file_close(sqlite3_file *file) {
    int result = real(file)->pMethods->xClose(real(file));
    sqlite3_free(real(file));
    return result;
}

static int file_read(sqlite3_file *file, void *data, int length, sqlite3_int64 offset) {
    if (track(file) && is_off) return SQLITE_IOERR_READ;
    return real(file)->pMethods->xRead(real(file), data, length, offset);
}

static int file_write(sqlite3_file *file, const void *data, int length, sqlite3_int64 offset) {
    if (!track(file)) return real(file)->pMethods->xWrite(real(file), data, length, offset);
    pthread_mutex_lock(&lock);
    int lost, result = count(POWERCUT_WRITE, &lost);
    if (result == SQLITE_OK || lost) record(track(file), offset, data, length);
    pthread_mutex_unlock(&lock);
    if (result != SQLITE_OK) return result == SQLITE_IOERR ? SQLITE_IOERR_WRITE : result;
    return real(file)->pMethods->xWrite(real(file), data, length, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    if (!track(file)) return real(file)->pMethods->xTruncate(real(file), size);
    pthread_mutex_lock(&lock);
    int lost, result = count(POWERCUT_TRUNCATE, &lost);
    if (result == SQLITE_OK || lost) record(track(file), size, NULL, -1);
    pthread_mutex_unlock(&lock);
    if (result != SQLITE_OK) return result == SQLITE_IOERR ? SQLITE_IOERR_TRUNCATE : result;
    return real(file)->pMethods->xTruncate(real(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
    (void)flags;
    if (!track(file)) return SQLITE_OK;
    pthread_mutex_lock(&lock);
    int lost, result = count(POWERCUT_SYNC, &lost);
    if (result == SQLITE_OK) {
        make_durable(track(file));
        if (((powercut_file *)file)->folder_unsynced) sync_folder();
        ((powercut_file *)file)->folder_unsynced = 0;
    }
    pthread_mutex_unlock(&lock);
    // The machine's own disk need not be troubled: nobody cuts its power.
    return result == SQLITE_IOERR ? SQLITE_IOERR_FSYNC : result;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    if (track(file) && is_off) return SQLITE_IOERR_FSTAT;
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int file_reserved(sqlite3_file *file, int *out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    // A hint about the coming size would grow the real file behind our back.
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_NOTFOUND;
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int file_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int file_characteristics(sqlite3_file *file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
static int shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
static void shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int shm_unmap(sqlite3_file *file, int delete_flag) {
    return real(file)->pMethods->xShmUnmap(real(file), delete_flag);
}

// Version 2: no memory mapping, which would bypass us.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

// MARK: methods of the file system

static sqlite3_vfs *system_vfs;

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    powercut_file *own = (powercut_file *)file;
    memset(own, 0, sizeof *own);
    int kinds = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    int is_tracked = path && (flags & kinds);
    if (is_tracked && is_off) return SQLITE_CANTOPEN;
    own->real = sqlite3_malloc(system_vfs->szOsFile);
    if (!own->real) return SQLITE_NOMEM;
    memset(own->real, 0, (size_t)system_vfs->szOsFile);
    int existed = is_tracked && access(path, F_OK) == 0;
    int result = system_vfs->xOpen(system_vfs, path, own->real, flags, out);
    if (result != SQLITE_OK) {
        sqlite3_free(own->real);
        return result;
    }
    if (is_tracked) {
        pthread_mutex_lock(&lock);
        int known = find(path, 0) != NULL;
        tracked *entry = find(path, 1);
        if (existed && !known) {
            // What lies there from before is durable.
            sqlite3_int64 size = 0;
            own->real->pMethods->xFileSize(own->real, &size);
            resize(entry, size);
            if (size > 0) own->real->pMethods->xRead(own->real, entry->durable, (int)size, 0);
            entry->exists_durably = 1;
        }
        if (!existed && known && !entry->exists) {
            // A new file under an old name: the old contents may still be what a disk shows.
            record(entry, 0, NULL, -1);
        }
        entry->exists = 1;
        own->file = entry;
        own->folder_unsynced = !(flags & SQLITE_OPEN_MAIN_DB) && (flags & SQLITE_OPEN_CREATE);
        pthread_mutex_unlock(&lock);
    }
    own->base.pMethods = &methods;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int folder_too) {
    (void)vfs;
    pthread_mutex_lock(&lock);
    tracked *file = find(path, 0);
    int lost = 0, result = file ? count(0, &lost) : SQLITE_OK;
    if (file && (result == SQLITE_OK || lost)) {
        file->exists = 0;
        if (result == SQLITE_OK && folder_too) sync_folder();
    }
    pthread_mutex_unlock(&lock);
    if (result != SQLITE_OK) return SQLITE_IOERR_DELETE;
    return system_vfs->xDelete(system_vfs, path, folder_too);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out) {
    (void)vfs;
    return system_vfs->xAccess(system_vfs, path, flags, out);
}
static int vfs_path(sqlite3_vfs *vfs, const char *path, int n, char *out) {
    (void)vfs;
    return system_vfs->xFullPathname(system_vfs, path, n, out);
}
static int vfs_randomness(sqlite3_vfs *vfs, int n, char *out) {
    (void)vfs;
    return system_vfs->xRandomness(system_vfs, n, out);
}
static int vfs_sleep(sqlite3_vfs *vfs, int n) { (void)vfs; return system_vfs->xSleep(system_vfs, n); }
static int vfs_time(sqlite3_vfs *vfs, double *out) { (void)vfs; return system_vfs->xCurrentTime(system_vfs, out); }
static int vfs_error(sqlite3_vfs *vfs, int n, char *out) {
    (void)vfs;
    return system_vfs->xGetLastError(system_vfs, n, out);
}

static sqlite3_vfs powercut_vfs = {
    .iVersion = 1,
    .szOsFile = sizeof(powercut_file),
    .mxPathname = 512,
    .zName = "powercut",
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
    .xGetLastError = vfs_error,
};

// MARK: control

int powercut_register(void) {
    if (!system_vfs) system_vfs = sqlite3_vfs_find(NULL);
    return system_vfs ? sqlite3_vfs_register(&powercut_vfs, 0) : SQLITE_ERROR;
}

void powercut_reset(uint64_t seed) {
    pthread_mutex_lock(&lock);
    while (files) {
        tracked *next = files->next;
        forget_changes(files);
        free(files->durable);
        free(files->path);
        free(files);
        files = next;
    }
    random_state = seed ? seed : 1;
    operations = syncs = cut_at = fail_first = fail_count = 0;
    is_off = 0;
    fail_mask = fail_code = 0;
    pthread_mutex_unlock(&lock);
}

void powercut_arm(long operation) {
    pthread_mutex_lock(&lock);
    cut_at = operation;
    pthread_mutex_unlock(&lock);
}

long powercut_operations(void) { return operations; }
long powercut_syncs(void) { return syncs; }
int powercut_is_off(void) { return is_off; }

void powercut_fail(int mask, long first, long count, int code) {
    pthread_mutex_lock(&lock);
    fail_mask = mask;
    fail_first = first;
    fail_count = count;
    fail_code = code;
    pthread_mutex_unlock(&lock);
}

// Applies a random part of what was not synced: any sectors (half of them, or nearly all), everything up to a point, or
// everything.
static void keep_random_part(tracked *file) {
    int manner = (int)(next_random() % 4);
    long changes = 0, place = 0;
    for (change *made = file->first; made; made = made->next) changes++;
    long end = manner == 2 ? (long)(next_random() % (uint64_t)(changes + 1)) : changes;
    for (change *made = file->first; made && place < end; made = made->next, place++) {
        uint64_t one_in = manner == 0 ? 2 : 16;    // this share of the sectors is lost
        if (made->length < 0) {
            if (manner >= 2 || next_random() % one_in) resize(file, made->offset);
            continue;
        }
        for (int start = 0; start < made->length;) {
            int stop = start + SECTOR - (int)((made->offset + start) % SECTOR);
            if (stop > made->length) stop = made->length;
            if (manner >= 2 || next_random() % one_in) keep(file, made->offset + start, made->data + start, stop - start);
            start = stop;
        }
    }
}

int powercut_restore(powercut_loss loss) {
    int result = 0;
    pthread_mutex_lock(&lock);
    for (tracked *file = files; file; file = file->next) {
        int remains = file->exists_durably;
        if (loss == POWERCUT_RANDOM_PART) {
            // A name that was never synced may be there all the same, and one that was deleted may be gone or not.
            if (!file->exists_durably) remains = file->exists && coin();
            else if (!file->exists) remains = coin();
            if (remains) keep_random_part(file);
        }
        forget_changes(file);
        if (remains) {
            FILE *out = fopen(file->path, "wb");
            if (!out || (file->size > 0 && fwrite(file->durable, (size_t)file->size, 1, out) != 1)) result = -1;
            if (out && fclose(out) != 0) result = -1;
        } else {
            unlink(file->path);
            resize(file, 0);
        }
        file->exists = file->exists_durably = remains;
        // The shared memory beside a database does not survive a power cut.
        char *shared = sqlite3_mprintf("%s-shm", file->path);
        unlink(shared);
        sqlite3_free(shared);
    }
    is_off = 0;
    cut_at = 0;
    pthread_mutex_unlock(&lock);
    return result;
}
