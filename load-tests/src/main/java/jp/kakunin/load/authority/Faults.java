package jp.kakunin.load.authority;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is wrong with the authority at a time. Nothing, unless said.
///
/// @param down takes no connection's question: it is closed without a word
/// @param slowMillis how long each reply takes at least; half as much again at most, drawn from the seed
/// @param processingAsks how often each question is told 処理中 before it is answered
/// @param abnormalPercent how many of the replies are 異常終了
/// @param charset in which replies are written
/// @param wrongCharset they are written in the other one than they declare
/// @param blackDots what the charset of old terminals lacks arrives as ●, whatever the charset
/// @param renewedSince certificates that began on this day or later fail
/// @param perSecond questions a second; 0 for as many as come
/// @param retryAfterSeconds what those beyond it are told; 0 for nothing
public record Faults(
        boolean down,
        int slowMillis,
        int processingAsks,
        int abnormalPercent,
        CharsetName charset,
        boolean wrongCharset,
        boolean blackDots,
        @Nullable LocalDate renewedSince,
        int perSecond,
        int retryAfterSeconds) {
    public static final Faults NONE = new Faults(false, 0, 0, 0, CharsetName.UTF_8, false, false, null, 0, 0);

    static final int SLOW_MILLIS_MAX = 600_000;
    private static final int PERCENT_MAX = 100;
    private static final int COUNT_MAX = 1_000_000;
    private static final Set<String> KEYS = Set.of(
            "down",
            "slowMillis",
            "processingAsks",
            "abnormalPercent",
            "charset",
            "wrongCharset",
            "blackDots",
            "renewedSince",
            "perSecond",
            "retryAfterSeconds");

    public enum CharsetName {
        UTF_8,
        WINDOWS_31J
    }

    public Faults {
        limit("slowMillis", slowMillis, SLOW_MILLIS_MAX);
        limit("processingAsks", processingAsks, COUNT_MAX);
        limit("abnormalPercent", abnormalPercent, PERCENT_MAX);
        limit("perSecond", perSecond, COUNT_MAX);
        limit("retryAfterSeconds", retryAfterSeconds, COUNT_MAX);
    }

    private static void limit(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " must be 0 to " + max + ", was " + value);
        }
    }

    /// What is not named is as it should be.
    public static Faults of(JsonObject json) {
        for (String key : json.fieldNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("there is no fault \"" + key + "\"; there are "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
        try {
            String renewed = json.getString("renewedSince");
            return new Faults(
                    json.getBoolean("down", false),
                    json.getInteger("slowMillis", 0),
                    json.getInteger("processingAsks", 0),
                    json.getInteger("abnormalPercent", 0),
                    CharsetName.valueOf(json.getString("charset", CharsetName.UTF_8.name())),
                    json.getBoolean("wrongCharset", false),
                    json.getBoolean("blackDots", false),
                    renewed == null ? null : LocalDate.parse(renewed),
                    json.getInteger("perSecond", 0),
                    json.getInteger("retryAfterSeconds", 0));
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("a fault has a value of the wrong kind: " + e.getMessage(), e);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("renewedSince must be a date such as 2026-11-01", e);
        }
    }
}
