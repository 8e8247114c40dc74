package jp.kakunin.edge.door;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the desk's door is run.
///
/// @param lockAfter without use; only with a passcode
/// @param lan where tablets reach the desk; null for nowhere
public record DoorOptions(Duration lockAfter, @Nullable LanAddress lan) {
    public static final int LOCK_AFTER_MINUTES = 10;
    public static final DoorOptions DEFAULT = of(LOCK_AFTER_MINUTES, null);

    private static final int LOCK_AFTER_MINUTES_MAX = 480;

    /// @throws IllegalArgumentException naming the option
    public static DoorOptions of(int lockAfterMinutes, @Nullable String lan) {
        if (lockAfterMinutes < 1 || lockAfterMinutes > LOCK_AFTER_MINUTES_MAX) {
            throw new IllegalArgumentException(
                    "--lock-after must be 1 to " + LOCK_AFTER_MINUTES_MAX + " minutes, was " + lockAfterMinutes);
        }
        return new DoorOptions(
                Duration.ofMinutes(lockAfterMinutes), lan == null || lan.isEmpty() ? null : LanAddress.parse(lan));
    }
}
