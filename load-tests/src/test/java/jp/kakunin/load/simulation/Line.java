package jp.kakunin.load.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.exchange.Reply;

/// The line between one edge and the hub: slow, lossy, sometimes cut. Replies of a connection that was given up may
/// still come.
final class Line {
    private static final int REFUSED_MILLIS_MAX = 300;

    private final SimulatedTime time;
    private final SimulatedHub hub;
    private final DeviceId device;
    private final Weather weather;
    private final Happenings happenings;
    private final Map<Sending, Answering> open = new LinkedHashMap<>();
    private Instant cutUntil = Instant.MIN;
    private boolean silent;
    private long lastArrival;

    private record Answering(HubLink.Listener listener, Life life) {}

    Line(SimulatedTime time, SimulatedHub hub, DeviceId device, Weather weather, Happenings happenings) {
        this.time = time;
        this.hub = hub;
        this.device = device;
        this.weather = weather;
        this.happenings = happenings;
    }

    /// @param isSilent whether requests vanish instead of failing at once
    void cut(Duration length, boolean isSilent) {
        Instant end = time.instant().plus(length);
        cutUntil = end.isAfter(cutUntil) ? end : cutUntil;
        silent = isSilent;
        happenings.count(Happening.LINE_CUT);
        if (!silent) {
            breakOff();
        }
    }

    void mend() {
        cutUntil = Instant.MIN;
    }

    boolean isCut() {
        return time.instant().isBefore(cutUntil);
    }

    void send(Sending sending, HubLink.Listener listener, Life life) {
        open.put(sending, new Answering(listener, life));
        if (isCut()) {
            if (!silent) {
                fail(sending);
            }
            return;
        }
        if (weather.losesRequest()) {
            happenings.count(Happening.REQUEST_LOST);
            if (weather.flip()) {
                fail(sending);
            }
            return;
        }
        time.after(weather.latencyMillis(), () -> arrive(sending));
        if (weather.doublesRequest()) {
            happenings.count(Happening.REQUEST_DOUBLED);
            time.after(weather.latencyMillis(), () -> arrive(sending));
        }
    }

    private void arrive(Sending sending) {
        if (isCut()) {
            return;
        }
        if (sending.ticket() < lastArrival) {
            happenings.count(Happening.OVERTAKEN);
        }
        lastArrival = Math.max(lastArrival, sending.ticket());
        if (!hub.isRunning()) {
            fail(sending);
            return;
        }
        var _ = hub.handle(device, sending.request()).whenComplete((reply, failure) -> {
            if (failure != null) {
                fail(sending);
            } else if (weather.losesReply()) {
                happenings.count(Happening.REPLY_LOST);
                if (weather.flip()) {
                    fail(sending);
                }
            } else {
                time.after(weather.latencyMillis(), () -> deliver(sending, reply));
            }
        });
    }

    private void deliver(Sending sending, Reply reply) {
        Answering answering = open.remove(sending);
        if (answering != null && !isCut() && !answering.life().isOver()) {
            answering.listener().replied(sending, reply);
        }
    }

    private void fail(Sending sending) {
        time.after(weather.latencyMillis() % REFUSED_MILLIS_MAX, () -> {
            Answering answering = open.remove(sending);
            if (answering != null && !answering.life().isOver()) {
                answering.listener().failed(sending, Cause.TCP);
            }
        });
    }

    /// The hub or the line went away: whoever waits for an answer is told.
    void breakOff() {
        List<Sending> broken = new ArrayList<>(open.keySet());
        broken.forEach(this::fail);
    }

    void hangUp() {
        if (weather.flip()) {
            open.clear();
        }
    }
}
