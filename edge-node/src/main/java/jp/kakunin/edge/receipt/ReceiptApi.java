package jp.kakunin.edge.receipt;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;

/// The receipt-computer API under `/receipt/v1`, for programs on the same computer with a key of their own.
public final class ReceiptApi {
    static final String ROOT = "/receipt/v1";

    private static final int REQUESTS_IN_HAND_MAX = 256;

    private final Vertx vertx;
    private final ReceiptFacts facts;
    private final Executor thread;
    private final Gate gate;
    private final Waiting waiting;
    private final ReceiptRoutes routes;
    private final Map<InstitutionCode, Changes> changes = new HashMap<>();
    private final Map<InstitutionCode, DropFolder> folders;
    private final AtomicBoolean waking = new AtomicBoolean();
    private final AtomicInteger inHand = new AtomicInteger();

    /// @param keys those that open now
    /// @param folders where visits are dropped as files, of the clinics that wish it
    /// @param thread runs one thing at a time, in order; may block on the disk
    public ReceiptApi(
            Vertx vertx,
            List<InstitutionCode> clinics,
            ReceiptFacts facts,
            Supplier<List<ReceiptKey>> keys,
            Map<InstitutionCode, DropFolder> folders,
            IdSource ids,
            InstantSource clock,
            Executor thread) {
        this.vertx = vertx;
        this.facts = facts;
        this.thread = thread;
        this.folders = Map.copyOf(folders);
        gate = new Gate(keys, clock);
        waiting = new Waiting(vertx, gate, thread);
        Filing filing = new Filing(facts, ids);
        routes = new ReceiptRoutes(waiting, new References(facts, filing), folders, thread);
        clinics.forEach(clinic -> changes.put(
                clinic, new Changes(clinic, facts, filing, () -> ids.epoch().value(), thread)));
    }

    public void mount(Router router) {
        router.get(ROOT + "/openapi.json").handler(document());
        on(router.get(ROOT + "/status"), routes::status);
        on(router.get(ROOT + "/visits"), routes::visits);
        on(router.get(ROOT + "/visits/:visit"), routes::visit);
        on(router.get(ROOT + "/changes"), routes::changes);
        on(router.get(ROOT + "/events"), routes::events);
        router.put(ROOT + "/visits/:visit/reference").handler(this::reference);
        router.route("/receipt/*").handler(routing -> Reply.to(routing).refuse(ReceiptProblem.NOT_FOUND));
        router.route("/receipt/*").failureHandler(routing -> Reply.to(routing).fail(routing.failure()));
    }

    public void start() {
        facts.onChange(this::changed);
        vertx.setPeriodic(
                Waiting.HEARTBEAT_MILLIS,
                _ -> thread.execute(() -> {
                    waiting.heartbeat();
                    wake();
                }));
        changed();
    }

    /// On any thread, perhaps often.
    private void changed() {
        changes.values().forEach(Changes::touched);
        if (waking.compareAndSet(false, true)) {
            thread.execute(this::wake);
        }
    }

    private void wake() {
        waking.set(false);
        changes.forEach((clinic, each) -> {
            DropFolder folder = folders.get(clinic);
            if (folder != null) {
                var _ = each.look().whenComplete((snapshot, failure) -> {
                    if (failure == null) {
                        folder.follow(snapshot);
                    }
                });
            }
            if (waiting.isAnybodyWaitingFor(each)) {
                waiting.look(each);
            }
        });
    }

    private interface Handling {
        void handle(Asked asked);
    }

    private void on(Route route, Handling handling) {
        route.handler(routing -> admit(routing, handling));
    }

    private void admit(RoutingContext routing, Handling handling) {
        Reply reply = Reply.to(routing);
        if (inHand.incrementAndGet() > REQUESTS_IN_HAND_MAX) {
            inHand.decrementAndGet();
            reply.refuse(ReceiptProblem.BUSY, ReceiptRoutes.BUSY_SECONDS);
            return;
        }
        routing.addEndHandler(_ -> inHand.decrementAndGet());
        String authorization = routing.request().getHeader("Authorization");
        thread.execute(() -> {
            try {
                switch (gate.admit(authorization)) {
                    case Gate.Admission.Refused(ReceiptProblem problem, int seconds)
                    when seconds == 0 -> reply.refuse(problem);
                    case Gate.Admission.Refused(ReceiptProblem problem, int seconds) -> reply.refuse(problem, seconds);
                    case Gate.Admission.Granted(ReceiptKey key) -> {
                        Changes ofClinic = changes.get(key.clinic());
                        if (ofClinic == null) {
                            reply.refuse(ReceiptProblem.CLINIC_HIDDEN);
                        } else {
                            handling.handle(new Asked(routing.request(), reply, key, ofClinic));
                        }
                    }
                }
            } catch (RuntimeException e) {
                reply.fail(e);
            }
        });
    }

    /// The body is taken before anything else, or it would be lost while the key is looked at.
    private void reference(RoutingContext routing) {
        String length = routing.request().getHeader("Content-Length");
        if (length == null || !length.matches("[0-9]{1,4}") || Integer.parseInt(length) > References.BODY_BYTES_MAX) {
            routing.addEndHandler(_ -> routing.request().connection().close());
            Reply.to(routing).refuse(ReceiptProblem.BODY_TOO_LARGE);
            return;
        }
        routing.request()
                .body()
                .onFailure(routing::fail)
                .onSuccess(body -> admit(routing, asked -> routes.setReference(asked, body.getBytes())));
    }

    private static io.vertx.core.Handler<RoutingContext> document() {
        Buffer content = Buffer.buffer(openApi());
        return routing ->
                routing.response().putHeader("Content-Type", "application/json").end(content);
    }

    static byte[] openApi() {
        try (InputStream stream = ReceiptApi.class.getResourceAsStream("openapi.json")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.json is missing in the program");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
