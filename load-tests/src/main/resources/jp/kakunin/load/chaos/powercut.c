/*
 * Remembers what a disk would still hold after the power failed. Preloaded into a node; watches one folder.
 *
 * Strict reading of POSIX: the bytes of a file are safe once fsync or fdatasync returned, and a name is safe once its
 * folder was synced. Nothing else is, in particular not sync_file_range, close, rename or a sync of another file.
 *
 * POWERCUT_ROOT: the folder that is watched. POWERCUT_NOTES: where the notes go, a folder outside of it:
 *   notes        B <key> <path>   a file that was there at the start
 *                F <n> <key>      what file <key> held when it was synced is in copy-<n>
 *                D <path>         a folder was synced; its names follow:  f <key> <name>  or  d 0 <name>, then .
 * A key names a file whatever it is called: inode number and time of birth.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static char notes[PATH_MAX];
static int notes_fd = -1;
static int copies;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

static void die(const char *what) {
    perror(what);
    abort(); /* a harness that misses a sync would accuse the product */
}

static void note(const char *line, size_t length) {
    if (write(notes_fd, line, length) != (ssize_t) length) die("powercut: notes");
}

static void key_of(int folder, const char *name, int flags, char *key, size_t size, unsigned *mode) {
    struct statx about;
    if (statx(folder, name, flags, STATX_BASIC_STATS | STATX_BTIME, &about) != 0) {
        *mode = 0; /* deleted meanwhile */
        return;
    }
    *mode = about.stx_mode;
    snprintf(key, size, "%llu-%lld.%u", (unsigned long long) about.stx_ino, (long long) about.stx_btime.tv_sec,
        about.stx_btime.tv_nsec);
}

static void note_names(const char *path, int at_start) {
    DIR *folder = opendir(path);
    if (folder == NULL) return;
    size_t capacity = 1 << 20;
    char *text = malloc(capacity);
    size_t length = 0;
    if (text == NULL) die("powercut: memory");
    if (!at_start) length += snprintf(text, capacity, "D %s\n", path);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char key[80];
        unsigned mode;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        key_of(dirfd(folder), entry->d_name, AT_SYMLINK_NOFOLLOW, key, sizeof key, &mode);
        if (length > capacity - 2 * PATH_MAX) die("powercut: too many names");
        if (S_ISREG(mode)) {
            length += at_start ? snprintf(text + length, capacity - length, "B %s %s/%s\n", key, path, entry->d_name)
                               : snprintf(text + length, capacity - length, "f %s %s\n", key, entry->d_name);
        } else if (S_ISDIR(mode) && at_start) {
            char below[PATH_MAX];
            snprintf(below, sizeof below, "%.3000s/%s", path, entry->d_name);
            note_names(below, 1);
        } else if (S_ISDIR(mode)) {
            length += snprintf(text + length, capacity - length, "d 0 %s\n", entry->d_name);
        }
    }
    if (!at_start) length += snprintf(text + length, capacity - length, ".\n");
    closedir(folder);
    note(text, length);
    free(text);
}

__attribute__((constructor)) static void begin(void) {
    real_fsync = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    const char *watched = getenv("POWERCUT_ROOT");
    const char *where = getenv("POWERCUT_NOTES");
    if (watched == NULL || where == NULL || realpath(watched, root) == NULL || realpath(where, notes) == NULL)
        die("powercut: POWERCUT_ROOT and POWERCUT_NOTES must name folders");
    char file[PATH_MAX + 8];
    snprintf(file, sizeof file, "%s/notes", notes);
    notes_fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (notes_fd < 0) die("powercut: notes");
    note_names(root, 1);
    unsetenv("LD_PRELOAD"); /* whatever the node starts does not write there */
}

/* Before the real sync: only what is in the file now is sure to be covered by it. */
static int copy(int fd, int n) {
    char own[64];
    char name[PATH_MAX + 32];
    snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
    snprintf(name, sizeof name, "%s/copy-%d", notes, n);
    int in = open(own, O_RDONLY | O_CLOEXEC);
    int out = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (in < 0 || out < 0) die("powercut: copy");
    char buffer[1 << 16];
    ssize_t got;
    while ((got = read(in, buffer, sizeof buffer)) > 0)
        if (write(out, buffer, got) != got) die("powercut: copy");
    close(in);
    close(out);
    return n;
}

static int watched(int fd, char *path) {
    char own[64];
    snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(own, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    size_t prefix = strlen(root);
    return strncmp(path, root, prefix) == 0 && (path[prefix] == '/' || path[prefix] == 0);
}

static int synced(int fd, int (*sync)(int)) {
    char path[PATH_MAX];
    if (notes_fd < 0 || !watched(fd, path)) return sync(fd);
    char key[80];
    unsigned mode;
    pthread_mutex_lock(&one_at_a_time);
    key_of(fd, "", AT_EMPTY_PATH, key, sizeof key, &mode);
    int n = S_ISREG(mode) ? copy(fd, copies++) : -1;
    int result = sync(fd);
    int error = errno;
    if (result == 0 && n >= 0) {
        char line[128];
        note(line, snprintf(line, sizeof line, "F %d %s\n", n, key));
    } else if (result == 0 && S_ISDIR(mode)) {
        note_names(path, 0);
    }
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return result;
}

int fsync(int fd) {
    return synced(fd, real_fsync);
}

int fdatasync(int fd) {
    return synced(fd, real_fdatasync);
}
