package jp.kakunin.exchange;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;

/// What the hub answers; every reply says which life of the hub speaks, its time and the policy in force.
public record Reply(Incarnation incarnation, Instant hubTime, Policy policy, Body body) {

    public sealed interface Body {}

    /// To a push: one answer per stream, in the order of the batches.
    public record Pushed(List<StreamReply> streams) implements Body {
        public Pushed {
            streams = List.copyOf(streams);
        }
    }

    /// To a wait: facts in position order within each month, and the cursor after them. `more` asks to come again
    /// at once.
    public record News(InstitutionCode clinic, List<Delivered> facts, Cursor cursor, boolean more) implements Body {
        public News {
            facts = List.copyOf(facts);
        }
    }

    /// To a wait whose cursor means nothing here: read again from zero, union by id, delete nothing.
    public record Reset(InstitutionCode clinic) implements Body {}

    public record WaitRefused(InstitutionCode clinic, Refusal refusal) implements Body {}

    /// Overload: keep the connection and come again after that time.
    public record Busy(Duration retryAfter) implements Body {}

    /// What the hub asks of all edges.
    ///
    /// @param exportKeys X25519; to them edges seal what is carried by hand, by month, as long as it is open
    public record Policy(Duration reconnectSpread, String versionMin, Map<TreatmentMonth, PublicKey> exportKeys) {
        public static final Policy DEFAULT = new Policy(Duration.ofMinutes(5), "0.1.0");

        public Policy {
            exportKeys = Map.copyOf(exportKeys);
        }

        public Policy(Duration reconnectSpread, String versionMin) {
            this(reconnectSpread, versionMin, Map.of());
        }
    }
}
