#include "sqlite_count.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

// The file system's own file lies first, followed by its methods and by ours: a copy of them with two replaced.
typedef struct {
    const sqlite3_io_methods *real;
    sqlite3_io_methods counting;
} tail;

static sqlite3_vfs *system_vfs;
static sqlite3_vfs counting_vfs;
static atomic_llong writes, bytes, syncs;

static tail *tail_of(sqlite3_file *file) {
    size_t size = ((size_t)system_vfs->szOsFile + 15) / 16 * 16;
    return (tail *)((char *)file + size);
}

static int count_write(sqlite3_file *file, const void *data, int length, sqlite3_int64 offset) {
    atomic_fetch_add(&writes, 1);
    atomic_fetch_add(&bytes, length);
    return tail_of(file)->real->xWrite(file, data, length, offset);
}

static int count_sync(sqlite3_file *file, int flags) {
    atomic_fetch_add(&syncs, 1);
    return tail_of(file)->real->xSync(file, flags);
}

static int count_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    int result = system_vfs->xOpen(system_vfs, path, file, flags, out);
    if (!file->pMethods || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL))) return result;
    tail *own = tail_of(file);
    own->real = file->pMethods;
    own->counting = *own->real;
    own->counting.xWrite = count_write;
    own->counting.xSync = count_sync;
    file->pMethods = &own->counting;
    return result;
}

int stamgast_count_disk(void) {
    if (system_vfs) return SQLITE_OK;
    sqlite3_vfs *found = sqlite3_vfs_find(NULL);
    if (!found) return SQLITE_ERROR;
    counting_vfs = *found;
    counting_vfs.zName = "stamgast-count";
    counting_vfs.pNext = NULL;
    counting_vfs.szOsFile = (found->szOsFile + 15) / 16 * 16 + (int)sizeof(tail);
    counting_vfs.xOpen = count_open;
    system_vfs = found;
    return sqlite3_vfs_register(&counting_vfs, 1);
}

stamgast_disk_use stamgast_disk_used(void) {
    stamgast_disk_use use = {.writes = writes, .bytes = bytes, .syncs = syncs};
    return use;
}
