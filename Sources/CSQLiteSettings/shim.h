#include <sqlite3.h>

// sqlite3_config takes variable arguments, which Swift cannot pass.

/// Leaves out SQLite's count of its own memory, and the lock around it. Works before SQLite's first use in a process.
static inline int martlet_sqlite_leave_out_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
