#pragma once

// Counts what SQLite asks of the disk: a thin layer over the default file system, which it replaces as the default.
// The engine and stamgast-limit both measure with it, so that their numbers can be compared.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    long long writes;
    long long bytes;
    long long syncs;
} stamgast_disk_use;

/// Makes the counting layer the default for databases opened from now on. Returns a SQLite result code.
int stamgast_count_disk(void);

/// What was counted since the start of the process: writes to databases, journals and write-ahead logs.
stamgast_disk_use stamgast_disk_used(void);

#ifdef __cplusplus
}
#endif
