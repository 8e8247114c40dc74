package jp.kakunin.edge.desk;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Tells open pages that something changed; they then fetch themselves anew. What a few taps make goes out at once;
/// when
/// thousands of facts stream in, the pages hear of it five times a second.
final class EventStreams {
    static final int STREAMS_MAX = 16;
    static final int BURST_EVENTS_MAX = 20;
    static final long REFILL_MILLIS = 200;
    static final long HEARTBEAT_MILLIS = 20_000;

    private final Vertx vertx;
    private final Context context;
    private final Map<HttpServerResponse, BooleanSupplier> open = new LinkedHashMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private int tokens = BURST_EVENTS_MAX;
    private boolean pending;
    private boolean refilling;
    private long version;

    EventStreams(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    void start() {
        vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> context.runOnContext(_ -> write(": still here\n\n")));
    }

    /// Called on any thread.
    void changed() {
        if (telling.compareAndSet(false, true)) {
            context.runOnContext(_ -> tell());
        }
    }

    private void tell() {
        telling.set(false);
        if (tokens == 0) {
            pending = true;
            return;
        }
        tokens--;
        version++;
        write(event());
        if (!refilling) {
            refilling = true;
            refillLater();
        }
    }

    private void refillLater() {
        vertx.setTimer(REFILL_MILLIS, _ -> context.runOnContext(_ -> refill()));
    }

    private void refill() {
        tokens++;
        if (pending) {
            pending = false;
            tell();
        }
        if (tokens < BURST_EVENTS_MAX) {
            refillLater();
        } else {
            refilling = false;
        }
    }

    /// Ends the streams of those who may no longer follow. Called on any thread.
    void look() {
        context.runOnContext(_ -> write(""));
    }

    /// @param stays whether the page may go on following
    void join(RoutingContext routing, BooleanSupplier stays) {
        HttpServerResponse response = routing.response();
        response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
        response.closeHandler(_ -> context.runOnContext(_ -> open.remove(response)));
        context.runOnContext(_ -> {
            if (open.size() >= STREAMS_MAX) {
                HttpServerResponse oldest = open.keySet().iterator().next();
                open.remove(oldest);
                oldest.end();
            }
            open.put(response, stays);
            response.write("retry: 1000\n\n" + event());
        });
    }

    private String event() {
        return "event: desk\ndata: " + version + "\n\n";
    }

    private void write(String text) {
        for (HttpServerResponse response : List.copyOf(open.keySet())) {
            BooleanSupplier stays = open.get(response);
            if (response.closed() || response.ended()) {
                open.remove(response);
            } else if (stays != null && !stays.getAsBoolean()) {
                open.remove(response);
                response.end("event: locked\ndata:\n\n");
            } else if (!text.isEmpty()) {
                response.write(text);
            }
        }
    }
}
