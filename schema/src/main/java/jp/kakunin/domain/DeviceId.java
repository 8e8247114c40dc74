package jp.kakunin.domain;

import java.util.UUID;

/// One edge node of a site.
public record DeviceId(UUID value) implements Comparable<DeviceId> {
    public static DeviceId parse(String text) {
        return new DeviceId(UUID.fromString(text));
    }

    @Override
    public int compareTo(DeviceId other) {
        return Ids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
