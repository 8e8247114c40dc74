package jp.kakunin.domain;

import java.util.UUID;

/// A patient of one clinic: a keyed hash of the card's certificate serial, or random while there is no card.
public record PatientId(UUID value) implements Comparable<PatientId> {
    public static PatientId parse(String text) {
        return new PatientId(UUID.fromString(text));
    }

    @Override
    public int compareTo(PatientId other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
