#pragma once

#include <stdint.h>

// A SQLite file system that can lose power.
//
// It lies over the machine's own. For every file it keeps what is durable: a copy that changes only when the file is
// synced. When the power is cut, everything fails until powercut_restore, which leaves each file as a disk could leave
// it: the durable copy plus none, or a random part, of what was written since the last sync, in sectors of 512 bytes.
// A new file's name is durable after its first sync; a deleted file may come back until its folder is synced, which
// SQLite does with the first sync of each journal.
// All files are taken to lie in one folder.
//
// One global state: tests that use it run one after the other.

#ifdef __cplusplus
extern "C" {
#endif

/// What happens to writes that were not synced.
typedef enum {
    POWERCUT_DROP = 0,
    POWERCUT_RANDOM_PART = 1,
} powercut_loss;

/// Operations that can be made to fail.
typedef enum {
    POWERCUT_WRITE = 1,
    POWERCUT_SYNC = 2,
    POWERCUT_TRUNCATE = 4,
} powercut_operation;

/// Registers the file system under the name "powercut". Returns a SQLite result code.
int powercut_register(void);

/// Forgets all files and faults and turns the power on.
void powercut_reset(uint64_t seed);

/// Cuts the power at the `operation`-th write, sync, truncation or deletion from now (1 is the next); 0 disarms.
void powercut_arm(long operation);

/// Operations counted since powercut_reset.
long powercut_operations(void);

/// Syncs counted since powercut_reset.
long powercut_syncs(void);

/// Whether the power is off.
int powercut_is_off(void);

/// Leaves the files as a disk could, and turns the power on. All connections must be closed.
/// Returns 0, or -1 when a file could not be written.
int powercut_restore(powercut_loss loss);

/// Makes the operations in `mask` fail with the SQLite result `code`: from the `first`-th from now on, `count` times.
void powercut_fail(int mask, long first, long count, int code);

#ifdef __cplusplus
}
#endif
