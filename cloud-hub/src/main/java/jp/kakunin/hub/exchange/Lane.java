package jp.kakunin.hub.exchange;

import java.util.ArrayDeque;
import java.util.Queue;
import jp.kakunin.domain.InstitutionCode;
import org.jspecify.annotations.Nullable;

/// The jobs of one clinic, one at a time, those with somebody waiting first.
final class Lane {
    private final InstitutionCode clinic;
    private final Queue<Job> live = new ArrayDeque<>();
    private final Queue<Job> backlog = new ArrayDeque<>();
    private boolean occupied;

    Lane(InstitutionCode clinic) {
        this.clinic = clinic;
    }

    InstitutionCode clinic() {
        return clinic;
    }

    void add(Job job) {
        (job.live() ? live : backlog).add(job);
    }

    /// Nothing else of this clinic runs until it is released.
    @Nullable
    Job occupy() {
        Job next = live.isEmpty() ? backlog.poll() : live.poll();
        occupied = next != null;
        return next;
    }

    void release() {
        occupied = false;
    }

    boolean isReadyLive() {
        return !occupied && !live.isEmpty();
    }

    boolean isReady() {
        return !occupied && (!live.isEmpty() || !backlog.isEmpty());
    }

    boolean isIdle() {
        return !occupied && live.isEmpty() && backlog.isEmpty();
    }
}
