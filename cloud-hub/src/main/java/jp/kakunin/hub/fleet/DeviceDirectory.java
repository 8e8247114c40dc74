package jp.kakunin.hub.fleet;

import jp.kakunin.domain.DeviceId;

/// Knows what each device may do. Asked for every request, so that a revocation works at once; must not block.
@FunctionalInterface
public interface DeviceDirectory {
    DeviceStatus status(DeviceId device);

    /// How many devices there are; as many as can be where that is not known.
    default int enrolled() {
        return Integer.MAX_VALUE;
    }
}
