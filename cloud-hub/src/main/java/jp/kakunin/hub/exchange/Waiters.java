package jp.kakunin.hub.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.hub.exchange.Timers.Timer;
import jp.kakunin.hub.fleet.DeviceStatus;
import org.jspecify.annotations.Nullable;

/// The long polls of one shard, on its executor: answered when there is news, when their patience ends, or when the
/// same device comes again.
final class Waiters {
    private final int waitersMax;
    private final NewsDesk newsDesk;
    private final Function<DeviceId, DeviceStatus> devices;
    private final Executor executor;
    private final Timers timers;
    private final Supplier<Reply.Body> busy;
    private final Map<InstitutionCode, Map<DeviceId, Parked>> parked = new HashMap<>();
    private int count;

    private record Parked(Waiter waiter, Timer timer) {}

    Waiters(
            int waitersMax,
            NewsDesk newsDesk,
            Function<DeviceId, DeviceStatus> devices,
            Executor executor,
            Timers timers,
            Supplier<Reply.Body> busy) {
        this.waitersMax = waitersMax;
        this.newsDesk = newsDesk;
        this.devices = devices;
        this.executor = executor;
        this.timers = timers;
        this.busy = busy;
    }

    void await(Waiter waiter) {
        Parked older = remove(waiter.clinic(), waiter.device());
        if (older != null) {
            answer(older, replaced(older.waiter().request(), waiter.request()));
        }
        Reply.Body news = news(waiter);
        if (news != null) {
            waiter.answer().complete(news);
        } else if (count >= waitersMax) {
            waiter.answer().complete(busy.get());
        } else {
            park(waiter);
        }
    }

    /// Another process with the same device identity is a copy: told so, it leaves the other some time.
    private Reply.Body replaced(Request.Wait older, Request.Wait newer) {
        return older.instance().equals(newer.instance())
                ? newsDesk.nothing(older)
                : new Reply.WaitRefused(older.clinic(), Refusal.INSTANCE_CLASH);
    }

    /// @param knowing this edge has what is new, so it is told with whatever is new to it too
    void wake(InstitutionCode clinic, @Nullable Instance knowing) {
        for (Parked each : List.copyOf(parked.getOrDefault(clinic, Map.of()).values())) {
            if (each.waiter().request().instance().equals(knowing)) {
                continue;
            }
            try {
                Reply.Body news = news(each.waiter());
                if (news != null) {
                    remove(clinic, each.waiter().device());
                    answer(each, news);
                }
            } catch (RuntimeException e) {
                remove(clinic, each.waiter().device());
                each.timer().cancel();
                each.waiter().answer().completeExceptionally(e);
            }
        }
    }

    /// A device may have been revoked while it waited.
    private Reply.@Nullable Body news(Waiter waiter) {
        Refusal refusal = refusal(devices.apply(waiter.device()), waiter.clinic());
        return refusal == null ? newsDesk.news(waiter.request()) : new Reply.WaitRefused(waiter.clinic(), refusal);
    }

    static @Nullable Refusal refusal(DeviceStatus status, InstitutionCode clinic) {
        return switch (status) {
            case DeviceStatus.Active active when active.clinics().contains(clinic) -> null;
            case DeviceStatus.Active active when active.ended().contains(clinic) -> Refusal.DECLARATION_ENDED;
            case DeviceStatus.Revoked _, DeviceStatus.Stolen _ -> Refusal.DEVICE_REVOKED;
            case DeviceStatus.Active _, DeviceStatus.Unknown _ -> Refusal.NOT_THIS_DEVICES_CLINIC;
        };
    }

    private void park(Waiter waiter) {
        Duration asked = waiter.request().patience();
        Duration patience = asked.compareTo(Limits.WAIT_MAX) > 0 ? Limits.WAIT_MAX : asked;
        Timer timer = timers.after(patience, () -> executor.execute(() -> expire(waiter)));
        parked.computeIfAbsent(waiter.clinic(), _ -> new LinkedHashMap<>())
                .put(waiter.device(), new Parked(waiter, timer));
        count++;
    }

    private void expire(Waiter waiter) {
        Parked current = parked.getOrDefault(waiter.clinic(), Map.of()).get(waiter.device());
        if (current != null && current.waiter().equals(waiter)) {
            remove(waiter.clinic(), waiter.device());
            answer(current, newsDesk.nothing(waiter.request()));
        }
    }

    private static void answer(Parked parked, Reply.Body body) {
        parked.timer().cancel();
        parked.waiter().answer().complete(body);
    }

    private @Nullable Parked remove(InstitutionCode clinic, DeviceId device) {
        Map<DeviceId, Parked> ofClinic = parked.get(clinic);
        Parked removed = ofClinic == null ? null : ofClinic.remove(device);
        if (removed != null) {
            count--;
        }
        if (ofClinic != null && ofClinic.isEmpty()) {
            parked.remove(clinic);
        }
        return removed;
    }
}
