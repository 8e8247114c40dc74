package jp.kakunin.domain;

import java.util.UUID;

/// The identity of one attempt to establish eligibility.
public record CheckId(UUID value) implements Comparable<CheckId> {
    public static CheckId parse(String text) {
        return new CheckId(UUID.fromString(text));
    }

    @Override
    public int compareTo(CheckId other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
