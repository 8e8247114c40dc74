package jp.kakunin.domain;

import java.util.UUID;

/// One run of one process, so that two machines with the same store can be told apart.
public record Instance(UUID value) implements Comparable<Instance> {
    public static Instance parse(String text) {
        return new Instance(UUID.fromString(text));
    }

    @Override
    public int compareTo(Instance other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
