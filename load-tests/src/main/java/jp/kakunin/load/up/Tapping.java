package jp.kakunin.load.up;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One tap as patient and receptionist do it, through the same desk that a person uses.
final class Tapping {
    private static final Duration CARD_SECONDS_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_SECONDS_MAX = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final LocalApi control;
    private final LocalApi desk;

    Tapping(LocalApi control, LocalApi desk) {
        this.control = control;
        this.desk = desk;
    }

    /// @return the visit as the desk shows it, answered if the hub could be asked
    JsonObject tap(String card, @Nullable String pin, boolean visual) throws IOException, InterruptedException {
        JsonObject check = new JsonObject().put("method", visual ? "visual" : "pin");
        return tap(card, visual || pin == null ? check : check.put("pin", pin));
    }

    /// @param check what is asked of the desk; by PIN, and with the right one, where it says nothing else
    JsonObject tap(String card, JsonObject check) throws IOException, InterruptedException {
        JsonObject inserted = control.post("/insert", new JsonObject().put("card", card));
        try {
            awaitCard();
            JsonObject asked = new JsonObject().put("method", "pin").mergeIn(check);
            if (asked.getString("method").equals("pin") && !asked.containsKey("pin")) {
                asked.put("pin", inserted.getString("pin"));
            }
            String visit = desk.post("/api/checks", asked).getString("visit");
            return awaitAnswer(visit);
        } finally {
            control.post("/remove", new JsonObject());
        }
    }

    static String inWords(JsonObject visit) {
        String next = visit.getString("nextStep", "");
        return visit.getString("standing") + "  " + visit.getString("standingText", "")
                + (next.isBlank() ? "" : "  " + next);
    }

    private void awaitCard() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CARD_SECONDS_MAX.toNanos();
        while (!Objects.equals("CARD", status().getString("reader"))) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the desk does not see the card; its reader state is " + status().getString("reader"));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private JsonObject awaitAnswer(String visit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ANSWER_SECONDS_MAX.toNanos();
        JsonObject seen = visit(visit);
        while (seen.getString("standing").equals("WAITING") && online() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            seen = visit(visit);
        }
        return seen;
    }

    private boolean online() throws IOException, InterruptedException {
        return Objects.equals("connected", status().getString("line"));
    }

    private JsonObject status() throws IOException, InterruptedException {
        return desk.get("/api/status");
    }

    JsonObject visit(String visit) throws IOException, InterruptedException {
        for (Object each : desk.get("/api/visits").getJsonArray("visits", new JsonArray())) {
            if (each instanceof JsonObject found && Objects.equals(visit, found.getString("visit"))) {
                return found;
            }
        }
        throw new IOException("the desk does not list the visit it just recorded");
    }
}
