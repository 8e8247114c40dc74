package jp.kakunin.domain;

import java.util.UUID;

/// One life of the hub's journal; new after each restore.
public record Incarnation(UUID value) implements Comparable<Incarnation> {
    public static Incarnation parse(String text) {
        return new Incarnation(UUID.fromString(text));
    }

    @Override
    public int compareTo(Incarnation other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
