package jp.kakunin.exchange;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One numbered fact on its way, as the edge encoded it, with the sealed card evidence of its check if it has one.
/// Opaque here, so that one unreadable fact can be set aside without stopping the others.
public record SentFact(long seq, byte[] fact, byte @Nullable [] attachment) {
    @Override
    public boolean equals(Object other) {
        return other instanceof SentFact sent
                && seq == sent.seq
                && Arrays.equals(fact, sent.fact)
                && Arrays.equals(attachment, sent.attachment);
    }

    @Override
    public int hashCode() {
        return Objects.hash(seq, Arrays.hashCode(fact), Arrays.hashCode(attachment));
    }

    @Override
    public String toString() {
        return "SentFact[seq=" + seq + ", " + fact.length + " bytes]";
    }
}
