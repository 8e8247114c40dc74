package jp.kakunin.load.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import org.jspecify.annotations.Nullable;

/// Reads every clinic from the beginning with its own certificate and compares with what was acknowledged: each fact
/// exactly once, at its own clinic, with the bytes that were sent.
public final class DataCheck {
    private static final long ANSWER_SECONDS_MAX = 30;
    private static final int BUSY_MAX = 50;
    private static final int NAMED_MAX = 20;

    private long checked;
    private long unknown;
    private long unknownStored;
    private long missing;
    private long doubled;
    private long strange;
    private long changed;
    private final List<String> named = new ArrayList<>();

    /// @param checked facts that were acknowledged, each looked for
    /// @param unknown facts that were offered and never acknowledged, of which `unknownStored` were found
    /// @param strange facts at a clinic that was never sent them
    /// @param changed facts that came back with other bytes
    /// @param named the first that are wrong or unknown
    public record Findings(
            long checked,
            long unknown,
            long unknownStored,
            long missing,
            long doubled,
            long strange,
            long changed,
            List<String> named) {
        public Findings {
            named = List.copyOf(named);
        }

        public boolean isGood() {
            return missing + doubled + strange + changed == 0;
        }
    }

    /// On a hub that was used before: moves each edge node behind the facts of its clinic, so that they are not
    /// taken for strange ones.
    public static void skipWhatIsThere(List<VirtualEdge> edges) throws InterruptedException, UnreadableException {
        for (VirtualEdge edge : edges) {
            edge.beginsBehind(read(edge, _ -> {}));
        }
    }

    public static Findings of(List<VirtualEdge> edges) throws InterruptedException, UnreadableException {
        DataCheck check = new DataCheck();
        for (VirtualEdge edge : edges) {
            check.check(edge);
        }
        return new Findings(
                check.checked,
                check.unknown,
                check.unknownStored,
                check.missing,
                check.doubled,
                check.strange,
                check.changed,
                check.named);
    }

    /// What the hub holds could not be read back, so nothing is known.
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private DataCheck() {}

    private record Found(byte[] bytes, int times) {
        @Override
        public String toString() {
            return "Found[" + times + "]";
        }
    }

    private void check(VirtualEdge edge) throws InterruptedException, UnreadableException {
        Map<FactId, Found> held = read(edge);
        for (Delivery delivery : edge.deliveries()) {
            for (Parcel.Made made : delivery.parcel().facts()) {
                compare(edge, made, delivery.isAcknowledged(), held.remove(made.id()));
            }
        }
        strange += held.size();
        held.keySet().forEach(id -> name("strange", edge, id));
    }

    private void compare(VirtualEdge edge, Parcel.Made made, boolean acknowledged, @Nullable Found found) {
        if (!acknowledged) {
            unknown++;
            unknownStored += found == null ? 0 : 1;
            name("unknown", edge, made.id());
        } else {
            checked++;
            if (found == null) {
                missing++;
                name("missing", edge, made.id());
            }
        }
        if (found != null && found.times() > 1) {
            doubled++;
            name("doubled", edge, made.id());
        }
        if (found != null && !Arrays.equals(found.bytes(), made.fact())) {
            changed++;
            name("changed", edge, made.id());
        }
    }

    private Map<FactId, Found> read(VirtualEdge edge) throws InterruptedException, UnreadableException {
        Map<FactId, Found> held = new HashMap<>();
        var _ = read(edge, each -> take(edge, held, each));
        return held;
    }

    private static @Nullable Cursor read(VirtualEdge edge, Consumer<Delivered> visitor)
            throws InterruptedException, UnreadableException {
        @Nullable Cursor cursor = edge.before();
        boolean more = true;
        int busy = 0;
        while (more) {
            Request.Wait wait =
                    new Request.Wait(edge.instance(), edge.clinic(), cursor, Limits.NEWS_FACTS_MAX, Duration.ZERO);
            switch (ask(edge, wait).body()) {
                case Reply.News news -> {
                    news.facts().forEach(visitor);
                    cursor = news.cursor();
                    more = news.more();
                }
                case Reply.Busy(Duration retryAfter) -> {
                    if (++busy > BUSY_MAX) {
                        throw new UnreadableException("the hub stays busy", null);
                    }
                    TimeUnit.MILLISECONDS.sleep(retryAfter.toMillis());
                }
                case Reply.Reset _, Reply.WaitRefused _, Reply.Pushed _ ->
                    throw new UnreadableException("clinic " + edge.clinic() + " could not be read back", null);
            }
        }
        return cursor;
    }

    private static Reply ask(VirtualEdge edge, Request.Wait wait) throws InterruptedException, UnreadableException {
        try {
            return edge.line().exchange(wait).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnreadableException("clinic " + edge.clinic() + " could not be read back: " + e, e);
        }
    }

    /// The hub's own facts, such as answers, were not sent by anybody and are not counted.
    private void take(VirtualEdge edge, Map<FactId, Found> held, Delivered delivered) {
        if (!(FactCodec.decode(delivered.fact()) instanceof Decoded.Known(Fact fact))) {
            strange++;
            return;
        }
        if (!fact.envelope().clinic().equals(edge.clinic())) {
            strange++;
            name("strange", edge, fact.id());
        } else if (!fact.isFromHub()) {
            held.merge(
                    fact.id(),
                    new Found(delivered.fact(), 1),
                    (known, again) -> new Found(known.bytes(), known.times() + again.times()));
        }
    }

    private void name(String what, VirtualEdge edge, FactId id) {
        if (named.size() < NAMED_MAX) {
            named.add(what + " " + id + " of clinic " + edge.clinic());
        }
    }
}
