package jp.kakunin.domain;

import java.util.UUID;

/// The identity of a fact, born at the tap. What makes a second delivery recognisable.
public record FactId(UUID value) implements Comparable<FactId> {
    public static FactId parse(String text) {
        return new FactId(UUID.fromString(text));
    }

    @Override
    public int compareTo(FactId other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
