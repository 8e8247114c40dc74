package jp.kakunin.domain;

import java.util.UUID;

/// One life of a device's store. A restored, cloned or salvaged store begins a new one.
public record Epoch(UUID value) implements Comparable<Epoch> {
    public static Epoch parse(String text) {
        return new Epoch(UUID.fromString(text));
    }

    @Override
    public int compareTo(Epoch other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
