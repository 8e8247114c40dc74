package jp.kakunin.load.hotpath;

import java.util.UUID;

/// The ids of very many patients, none of them kept: each follows from a seed and a number.
final class PatientIds {
    private PatientIds() {}

    static UUID of(long seed, long number) {
        long high = mix(seed + number);
        long low = mix(high + number);
        return new UUID(high & ~0xF000L | 0x4000L, low >>> 2 | Long.MIN_VALUE);
    }

    /// Spreads neighbouring numbers over all of them (the finisher of SplitMix64).
    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
