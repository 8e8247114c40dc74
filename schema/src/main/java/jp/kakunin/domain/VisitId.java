package jp.kakunin.domain;

import java.util.UUID;

/// The identity of one visit of one patient.
public record VisitId(UUID value) implements Comparable<VisitId> {
    public static VisitId parse(String text) {
        return new VisitId(UUID.fromString(text));
    }

    @Override
    public int compareTo(VisitId other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
