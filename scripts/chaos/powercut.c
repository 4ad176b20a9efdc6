/*
 * A power cut for one SQLite database, as an LD_PRELOAD shim.
 *
 * Writes reach the real file, so that the program reads what it wrote. Beside it the shim keeps
 * what a disk would hold: NAME.durable is the file as of its last completed sync, NAME.log the
 * writes and truncations since. At the cut (kill -9) powercut.py rebuilds the file from these,
 * dropping all or some of the log. A sync applies the log to the durable copy; it does not wait
 * for the real disk, but for POWERCUT_SYNC_MICROSECONDS, so that cuts fall into it.
 *
 * POWERCUT_FILE is the database's absolute path; it, its -wal and its -journal are watched (the
 * -shm is not: SQLite never syncs it and rebuilds it). POWERCUT_FOLDER holds the side files.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 3, DESCRIPTORS = 65536, TRUNCATE = 1, WRITE = 2 };

static const char *const suffixes[FILES] = {"", "-wal", "-journal"};
static char watched[FILES][PATH_MAX];
static int durable[FILES], logs[FILES];
static unsigned char of_descriptor[DESCRIPTORS]; /* index of the file + 1, or 0 */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static off64_t log_start[FILES]; /* bytes of log that syncs have taken away */
static useconds_t sync_microseconds;

static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static int (*real_unlink)(const char *);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);

struct record {
    uint32_t kind;
    uint32_t length;
    int64_t offset;
};

static void die(const char *what) {
    dprintf(2, "powercut: %s: %s\n", what, strerror(errno));
    abort();
}

/* At start, or earlier when another library's constructor calls us before ours has run. */
__attribute__((constructor)) static void prepare(void) {
    if (real_openat) return;
    real_openat = dlsym(RTLD_NEXT, "openat64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    const char *file = getenv("POWERCUT_FILE"), *pause = getenv("POWERCUT_SYNC_MICROSECONDS");
    sync_microseconds = pause ? (useconds_t)atoi(pause) : 0;
    for (int i = 0; file && i < FILES; i++) {
        snprintf(watched[i], PATH_MAX, "%s%s", file, suffixes[i]);
        durable[i] = logs[i] = -1;
    }
}

static int file_of(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS ? of_descriptor[descriptor] - 1 : -1;
}

static void copy(int from, int to, off64_t size) {
    static char buffer[1 << 20];
    for (off64_t at = 0; at < size;) {
        ssize_t got = pread64(from, buffer, sizeof buffer, at);
        if (got <= 0 || real_pwrite(to, buffer, (size_t)got, at) != got) die("copy");
        at += got;
    }
}

/* The side files of a watched file, made when it is first opened: what is there then is durable. */
static void watch(int file, int descriptor) {
    if (durable[file] < 0) {
        char path[PATH_MAX];
        const char *folder = getenv("POWERCUT_FOLDER");
        const char *name = strrchr(watched[file], '/') + 1;
        const int flags = O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC;
        snprintf(path, sizeof path, "%s/%s.durable", folder, name);
        durable[file] = real_openat(AT_FDCWD, path, flags, 0600);
        snprintf(path, sizeof path, "%s/%s.log", folder, name);
        logs[file] = real_openat(AT_FDCWD, path, flags | O_APPEND, 0600);
        if (durable[file] < 0 || logs[file] < 0) die(path);
        struct stat64 state;
        int source = real_openat(AT_FDCWD, watched[file], O_RDONLY | O_CLOEXEC);
        if (source < 0 || fstat64(source, &state)) die(watched[file]);
        copy(source, durable[file], state.st_size);
        real_close(source);
    }
    if (descriptor < DESCRIPTORS) of_descriptor[descriptor] = (unsigned char)(file + 1);
}

static void append(int file, uint32_t kind, off64_t offset, const void *bytes, size_t length) {
    struct record head = {kind, (uint32_t)length, offset};
    if (real_write(logs[file], &head, sizeof head) != sizeof head) die("log");
    if (length && real_write(logs[file], bytes, length) != (ssize_t)length) die("log");
}

/* Makes the first `end` bytes of the log durable and keeps the rest. */
static void apply_log(int file, off64_t end) {
    struct record head;
    off64_t at = 0;
    while (at < end && pread64(logs[file], &head, sizeof head, at) == sizeof head) {
        at += (off64_t)sizeof head;
        if (head.kind == TRUNCATE) {
            if (real_ftruncate(durable[file], head.offset)) die("truncate");
            continue;
        }
        char *bytes = malloc(head.length);
        if (!bytes || pread64(logs[file], bytes, head.length, at) != (ssize_t)head.length ||
            real_pwrite(durable[file], bytes, head.length, head.offset) != (ssize_t)head.length)
            die("apply");
        free(bytes);
        at += head.length;
    }
    size_t rest = (size_t)(lseek64(logs[file], 0, SEEK_END) - end);
    char *tail = malloc(rest + 1);
    if (!tail || pread64(logs[file], tail, rest, end) != (ssize_t)rest) die("tail");
    if (real_ftruncate(logs[file], 0)) die("log");
    if (rest && real_write(logs[file], tail, rest) != (ssize_t)rest) die("tail");
    free(tail);
    log_start[file] += end;
}

/* Only what was written before the call is promised by it. */
static int sync_file(int descriptor) {
    prepare();
    int file = file_of(descriptor);
    if (file < 0) return real_fsync(descriptor);
    pthread_mutex_lock(&lock);
    off64_t end = log_start[file] + lseek64(logs[file], 0, SEEK_END);
    pthread_mutex_unlock(&lock);
    if (sync_microseconds) usleep(sync_microseconds);
    pthread_mutex_lock(&lock);
    if (end > log_start[file]) apply_log(file, end - log_start[file]);
    pthread_mutex_unlock(&lock);
    return 0;
}

static int open_file(int folder, const char *path, int flags, mode_t mode) {
    prepare();
    int descriptor = real_openat(folder, path, flags, mode);
    if (descriptor < 0) return descriptor;
    for (int i = 0; i < FILES; i++) {
        if (watched[i][0] && strcmp(path, watched[i]) == 0) {
            pthread_mutex_lock(&lock);
            watch(i, descriptor);
            pthread_mutex_unlock(&lock);
        }
    }
    return descriptor;
}

static mode_t mode_argument(int flags, va_list list) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
}

#define OPEN(name)                                          \
    int name(const char *path, int flags, ...) {            \
        va_list list;                                       \
        va_start(list, flags);                              \
        mode_t mode = mode_argument(flags, list);           \
        va_end(list);                                       \
        return open_file(AT_FDCWD, path, flags, mode);      \
    }
#define OPENAT(name)                                        \
    int name(int folder, const char *path, int flags, ...) { \
        va_list list;                                       \
        va_start(list, flags);                              \
        mode_t mode = mode_argument(flags, list);           \
        va_end(list);                                       \
        return open_file(folder, path, flags, mode);        \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
int __open_2(const char *path, int flags) { return open_file(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_file(AT_FDCWD, path, flags, 0); }

int close(int descriptor) {
    prepare();
    if (file_of(descriptor) >= 0) of_descriptor[descriptor] = 0;
    return real_close(descriptor);
}

int unlink(const char *path) {
    prepare();
    for (int i = 0; i < FILES; i++) {
        if (watched[i][0] && durable[i] >= 0 && strcmp(path, watched[i]) == 0) {
            pthread_mutex_lock(&lock);
            log_start[i] += lseek64(logs[i], 0, SEEK_END);
            if (real_ftruncate(durable[i], 0) || real_ftruncate(logs[i], 0)) die("unlink");
            pthread_mutex_unlock(&lock);
        }
    }
    return real_unlink(path);
}

static ssize_t write_at(int descriptor, const void *bytes, size_t length, off64_t offset) {
    prepare();
    int file = file_of(descriptor);
    if (file < 0) return real_pwrite(descriptor, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t written = real_pwrite(descriptor, bytes, length, offset);
    if (written > 0) append(file, WRITE, offset, bytes, (size_t)written);
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return write_at(descriptor, bytes, length, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return write_at(descriptor, bytes, length, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    prepare();
    int file = file_of(descriptor);
    if (file < 0) return real_write(descriptor, bytes, length);
    pthread_mutex_lock(&lock);
    off64_t offset = lseek64(descriptor, 0, SEEK_CUR);
    ssize_t written = real_write(descriptor, bytes, length);
    if (written > 0) append(file, WRITE, offset, bytes, (size_t)written);
    pthread_mutex_unlock(&lock);
    return written;
}

static int truncate_to(int descriptor, off64_t size) {
    prepare();
    int file = file_of(descriptor);
    if (file < 0) return real_ftruncate(descriptor, size);
    pthread_mutex_lock(&lock);
    int result = real_ftruncate(descriptor, size);
    if (result == 0) append(file, TRUNCATE, size, NULL, 0);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate64(int descriptor, off64_t size) { return truncate_to(descriptor, size); }
int ftruncate(int descriptor, off_t size) { return truncate_to(descriptor, size); }
int fsync(int descriptor) { return sync_file(descriptor); }
int fdatasync(int descriptor) { return sync_file(descriptor); }
