/*
 * Sets the clock of one process wrong. Preloaded into a node; WRONGCLOCK_FILE holds by how many seconds, and is looked
 * at again and again so that the clock can be set while the node runs. Time that is only measured goes on as ever.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*real_clock_gettime)(clockid_t, struct timespec *);

static long wrong_by(void) {
    static __thread time_t looked;
    static __thread long seconds;
    struct timespec now;
    const char *file = getenv("WRONGCLOCK_FILE");
    real_clock_gettime(CLOCK_MONOTONIC, &now);
    if (file != NULL && (looked == 0 || now.tv_sec != looked)) {
        char text[32] = {0};
        int fd = open(file, O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            if (read(fd, text, sizeof text - 1) > 0) seconds = atol(text);
            close(fd);
        }
        looked = now.tv_sec;
    }
    return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (real_clock_gettime == NULL)
        real_clock_gettime = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    int result = real_clock_gettime(clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += wrong_by();
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void) zone;
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}
