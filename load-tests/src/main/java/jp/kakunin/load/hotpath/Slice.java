package jp.kakunin.load.hotpath;

import java.util.ArrayList;
import java.util.List;

/// A part of a replay: some clinics, each with one batch, so that all can be decided before any is written.
///
/// @param first index of the first clinic; the others follow it, from the beginning again after the last
/// @param counts whether it is measured; the first ones only make the machine warm
record Slice(int first, int clinics, boolean counts) {
    /// Decided commits lie in memory until they are written, with all they change: some ten kilobytes a fact.
    static final int FACTS_MAX = 20_000;

    private static final int WARM_UP_OF = 5;

    /// A fifth of the facts comes first and does not count.
    static List<Slice> plan(long facts, int batch, int clinics) {
        int most = Math.min(clinics, Math.max(1, FACTS_MAX / batch));
        long left = Math.max(1, facts / batch);
        long warmUp = left / WARM_UP_OF;
        List<Slice> slices = new ArrayList<>();
        int first = 0;
        for (long done = 0; left > 0; ) {
            int size = (int) Math.min(most, left);
            slices.add(new Slice(first, size, done >= warmUp));
            first = (first + size) % clinics;
            done += size;
            left -= size;
        }
        return slices;
    }
}
