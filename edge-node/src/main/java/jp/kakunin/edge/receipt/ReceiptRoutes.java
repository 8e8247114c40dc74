package jp.kakunin.edge.receipt;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;

/// What the receipt-computer API answers to somebody who was let in. Of one thread.
final class ReceiptRoutes {
    static final int BUSY_SECONDS = 2;

    private static final int PAGE_CHANGES = 100;
    private static final int ETAG_DIGITS = 32;

    private final Waiting waiting;
    private final References references;
    private final Map<InstitutionCode, DropFolder> folders;
    private final Executor thread;

    ReceiptRoutes(Waiting waiting, References references, Map<InstitutionCode, DropFolder> folders, Executor thread) {
        this.waiting = waiting;
        this.references = references;
        this.folders = Map.copyOf(folders);
        this.thread = thread;
    }

    /// Goes on with what may be seen now.
    private void seen(Asked asked, Handler handler) {
        answer(asked, asked.changes().look(), snapshot -> {
            if (snapshot.hidden()) {
                asked.reply().refuse(ReceiptProblem.CLINIC_HIDDEN);
            } else {
                handler.handle(snapshot);
            }
        });
    }

    private interface Handler {
        void handle(Snapshot snapshot);
    }

    private static <T> void answer(Asked asked, CompletableFuture<T> future, Consumer<T> done) {
        var _ = future.thenAccept(done).exceptionally(failure -> {
            asked.reply().fail(failure);
            return null;
        });
    }

    void status(Asked asked) {
        seen(asked, snapshot -> {
            DropFolder folder = folders.get(asked.changes().clinic());
            asked.reply()
                    .json(new JsonObject()
                            .put("clinic", asked.changes().clinic().digits())
                            .put("months", ChangeJson.months(snapshot))
                            .put("visits", snapshot.book().visits().size())
                            .put("next", snapshot.end().toString())
                            .put("storeFull", snapshot.full())
                            .put("folder", folder == null ? null : folder.status()));
        });
    }

    void visits(Asked asked) {
        seen(asked, snapshot -> {
            VisitQuery query;
            try {
                query = VisitQuery.of(asked.request()::getParam);
            } catch (FieldException e) {
                asked.reply().refuse(ReceiptProblem.FIELD_INVALID, e.field());
                return;
            }
            VisitQuery.Found found = query.in(snapshot.book());
            JsonArray visits = new JsonArray();
            StringBuilder content =
                    new StringBuilder(found.next()).append(found.visits().size());
            found.visits().forEach(visit -> {
                visits.add(ClaimJson.of(visit));
                content.append(snapshot.book().digest(visit.judged().visit()));
            });
            String etag = etag(Digest.of(content.toString().getBytes(StandardCharsets.UTF_8)), "l");
            if (isKnown(asked, etag)) {
                asked.reply().unchanged(etag);
            } else {
                asked.reply()
                        .json(
                                new JsonObject()
                                        .put("visits", visits)
                                        .put("next", found.next().isEmpty() ? null : found.next())
                                        .put("months", ChangeJson.months(snapshot)),
                                etag);
            }
        });
    }

    void visit(Asked asked) {
        seen(asked, snapshot -> {
            ClaimVisit visit = VisitQuery.named(asked.param("visit"), snapshot.book());
            if (visit == null) {
                asked.reply().refuse(ReceiptProblem.VISIT_UNKNOWN);
                return;
            }
            Digest digest = snapshot.book().digest(visit.judged().visit());
            Form form = Form.of(asked.request().getHeader("Accept"), asked.param("charset"));
            switch (form) {
                case Form.None _ -> asked.reply().refuse(ReceiptProblem.NOT_ACCEPTABLE);
                case Form.Json _ -> {
                    String etag = etag(digest, "j");
                    if (isKnown(asked, etag)) {
                        asked.reply().unchanged(etag);
                    } else {
                        asked.reply().json(ClaimJson.of(visit), etag);
                    }
                }
                case Form.Xml(ReceiptCharset charset) -> {
                    String etag = etag(digest, charset.webName());
                    if (isKnown(asked, etag)) {
                        asked.reply().unchanged(etag);
                    } else {
                        ClaimXml xml = ClaimXml.of(visit, charset);
                        asked.reply()
                                .send(
                                        200,
                                        "application/xml; charset=" + charset.webName(),
                                        Buffer.buffer(xml.bytes()),
                                        Map.of(
                                                "ETag",
                                                etag,
                                                "Kakunin-Replaced-Letters",
                                                Integer.toString(xml.replaced())));
                    }
                }
            }
        });
    }

    private static String etag(Digest digest, String form) {
        return "\"" + digest.toString().substring(0, ETAG_DIGITS) + "-" + form + "\"";
    }

    private static boolean isKnown(Asked asked, String etag) {
        String known = asked.request().getHeader("If-None-Match");
        return known != null && Stream.of(known.split(",")).map(String::strip).anyMatch(etag::equals);
    }

    void changes(Asked asked) {
        int limit;
        int seconds;
        String after = asked.param("after");
        Cursor cursor = after == null ? null : Cursor.parse(after);
        try {
            limit = VisitQuery.number(asked.request()::getParam, "limit", 1, Waiting.PAGE_CHANGES_MAX, PAGE_CHANGES);
            seconds = VisitQuery.number(asked.request()::getParam, "wait", 0, Waiting.WAIT_SECONDS_MAX, 0);
            if (after != null && cursor == null) {
                throw new FieldException("after");
            }
        } catch (FieldException e) {
            asked.reply().refuse(ReceiptProblem.FIELD_INVALID, e.field());
            return;
        }
        seen(asked, snapshot -> {
            if (snapshot.full()) {
                asked.reply().refuse(ReceiptProblem.STORE_FULL);
                return;
            }
            Cursor from = cursor == null ? new Cursor(snapshot.feed(), 0) : cursor;
            if (!snapshot.continues(from)) {
                asked.reply().refuse(ReceiptProblem.CHANGES_RESET);
                return;
            }
            Snapshot.Page page = snapshot.after(from.seq(), limit);
            if (seconds == 0 || !page.changes().isEmpty()) {
                asked.reply().json(ChangeJson.page(snapshot, page));
            } else if (waiting.isFull(asked.key())) {
                asked.reply().refuse(ReceiptProblem.TOO_MANY_WAITING, BUSY_SECONDS);
            } else {
                waiting.poll(asked.reply(), asked.key(), asked.changes(), from, limit, seconds);
            }
        });
    }

    void events(Asked asked) {
        String header = asked.request().getHeader("Last-Event-ID");
        String after = header == null || header.isEmpty() ? asked.param("after") : header;
        Cursor cursor = after == null ? null : Cursor.parse(after);
        if (after != null && cursor == null) {
            asked.reply().refuse(ReceiptProblem.FIELD_INVALID, "Last-Event-ID");
            return;
        }
        seen(asked, snapshot -> {
            if (waiting.isFull(asked.key())) {
                asked.reply().refuse(ReceiptProblem.TOO_MANY_WAITING, BUSY_SECONDS);
                return;
            }
            asked.reply().context().runOnContext(_ -> {
                HttpServerResponse response = asked.reply().routing().response();
                response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
                response.write("retry: 2000\n\n");
            });
            waiting.stream(
                    asked.reply(),
                    asked.key(),
                    asked.changes(),
                    cursor == null ? new Cursor(snapshot.feed(), 0) : cursor);
        });
    }

    void setReference(Asked asked, byte[] body) {
        seen(asked, snapshot -> {
            ClaimVisit visit = VisitQuery.named(asked.param("visit"), snapshot.book());
            if (visit == null) {
                asked.reply().refuse(ReceiptProblem.VISIT_UNKNOWN);
                return;
            }
            switch (References.read(body)) {
                case References.Read.Bad(ReceiptProblem problem) ->
                    asked.reply().refuse(problem, "reference");
                case References.Read.Good(String reference) ->
                    answer(
                            asked,
                            references
                                    .set(visit, reference)
                                    .thenRun(asked.changes()::touched)
                                    .thenComposeAsync(_ -> asked.changes().look(), thread),
                            after -> {
                                ClaimVisit now =
                                        after.book().visits().get(visit.judged().visit());
                                if (now == null) {
                                    asked.reply().refuse(ReceiptProblem.VISIT_UNKNOWN);
                                } else {
                                    asked.reply()
                                            .json(
                                                    ClaimJson.of(now),
                                                    etag(
                                                            after.book()
                                                                    .digest(now.judged()
                                                                            .visit()),
                                                            "j"));
                                }
                            });
            }
        });
    }
}
