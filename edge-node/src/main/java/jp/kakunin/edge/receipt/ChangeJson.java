package jp.kakunin.edge.receipt;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Changes in the JSON of the receipt-computer API.
final class ChangeJson {
    private ChangeJson() {}

    static JsonObject page(Snapshot snapshot, Snapshot.Page page) {
        JsonArray changes = new JsonArray();
        page.changes().forEach(change -> changes.add(of(change)));
        return new JsonObject()
                .put("changes", changes)
                .put("next", page.next().toString())
                .put("more", page.more())
                .put("months", months(snapshot));
    }

    static JsonObject of(Snapshot.Change change) {
        return new JsonObject()
                .put("seq", change.told().seq())
                .put("at", change.told().at().toString())
                .put("visit", change.id().toString())
                .put("gone", change.visit() == null)
                .put("content", change.visit() == null ? null : ClaimJson.of(change.visit()));
    }

    /// Whatever a client holds of another month is to be forgotten.
    static JsonArray months(Snapshot snapshot) {
        JsonArray months = new JsonArray();
        snapshot.book().months().forEach(month -> months.add(month.toString()));
        return months;
    }
}
