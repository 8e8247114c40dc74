package jp.kakunin.load.verification;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// The public history API, asked with the certificate of the clinic's own device.
@FunctionalInterface
public interface HistoryReader {
    /// @param after where the page before ended, null for the first
    CompletableFuture<Page> page(InstitutionCode clinic, TreatmentMonth month, @Nullable String after);

    /// The hub answered, and not with visits.
    final class NotToldException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final int GONE = 410;

        private final int status;

        public NotToldException(int status) {
            super("the history answered " + status, null, false, false);
            this.status = status;
        }

        /// The month is forgotten, as the law demands.
        public boolean isGone() {
            return status == GONE;
        }
    }

    /// @param next null when this was the last page
    record Page(List<FoundVisit> visits, @Nullable String next) {
        public Page {
            visits = List.copyOf(visits);
        }

        /// From the body of an answer.
        public static Page of(JsonObject body) {
            List<FoundVisit> visits = body.getJsonArray("visits", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .map(FoundVisit::of)
                    .toList();
            return new Page(visits, body.getString("next"));
        }
    }

    /// @param by for CONFIRMED: by what
    record FoundVisit(
            UUID visit,
            String clinic,
            String standing,
            @Nullable String by) {
        private static FoundVisit of(JsonObject visit) {
            return new FoundVisit(
                    UUID.fromString(visit.getString("visit")),
                    visit.getString("clinic", ""),
                    visit.getString("standing", ""),
                    visit.getString("by"));
        }

        String says() {
            return by == null ? standing : standing + " " + by;
        }
    }
}
