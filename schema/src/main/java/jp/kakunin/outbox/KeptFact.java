package jp.kakunin.outbox;

import java.util.Arrays;

/// A fact as it lies on the edge's disk: the bytes it was first encoded to, for ever, because the stream's hash runs
/// over
/// them; and whether it was recorded here or came from the hub.
public record KeptFact(byte[] fact, boolean own) {
    @Override
    public boolean equals(Object other) {
        return other instanceof KeptFact kept && own == kept.own && Arrays.equals(fact, kept.fact);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fact) * 31 + Boolean.hashCode(own);
    }

    @Override
    public String toString() {
        return "KeptFact[" + fact.length + " bytes]";
    }
}
