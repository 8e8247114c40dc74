/*
 * A file system that cannot set space aside for a file. RocksDB does so for the megabytes that its log will have, and a
 * disk would not be full for it before these are used up.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>

int fallocate(int fd, int mode, off_t offset, off_t length) {
    (void) fd;
    (void) mode;
    (void) offset;
    (void) length;
    errno = EOPNOTSUPP;
    return -1;
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
    return fallocate(fd, mode, offset, length);
}
