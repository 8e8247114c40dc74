package jp.kakunin.journal;

import java.util.List;
import jp.kakunin.domain.Fact;

/// A fact with the bytes it was stored as. A summary is written anew for each fact of its patient-month: it copies the
/// bytes of the others. Two are equal when their facts are.
public record EncodedFact(Fact fact, byte[] bytes) {
    public static List<Fact> facts(List<EncodedFact> encoded) {
        return encoded.stream().map(EncodedFact::fact).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedFact encoded && encoded.fact.equals(fact);
    }

    @Override
    public int hashCode() {
        return fact.hashCode();
    }

    @Override
    public String toString() {
        return fact.toString();
    }
}
