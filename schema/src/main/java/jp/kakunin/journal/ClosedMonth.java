package jp.kakunin.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// What is left of a month after it is forgotten: counts and digests, nothing about anybody.
///
/// @param key names the key that was destroyed
/// @param clinics how many had facts
/// @param facts of all clinics
/// @param heads over the heads of all clinic-months: H(n) = SHA-256(H(n-1) | clinic | position | chain hash), by clinic
/// @param standings visits by their final standing; `null` until they are counted
public record ClosedMonth(
        TreatmentMonth month,
        Digest key,
        long clinics,
        long facts,
        Digest heads,
        @Nullable SortedMap<String, Long> standings) {
    public ClosedMonth {
        standings = standings == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(standings));
    }

    public static ClosedMonth begin(TreatmentMonth month, Digest key) {
        return new ClosedMonth(month, key, 0, 0, Digest.ZERO, null);
    }

    public ClosedMonth plus(String clinic, Head.Tip tip) {
        Digest more = Digest.of(
                heads.bytes(),
                clinic.getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(Long.BYTES).putLong(tip.position()).array(),
                tip.chain().bytes());
        return new ClosedMonth(month, key, clinics + 1, facts + tip.position(), more, standings);
    }

    public ClosedMonth counted(SortedMap<String, Long> visits) {
        return new ClosedMonth(month, key, clinics, facts, heads, visits);
    }
}
