package jp.kakunin.load.hotpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SliceTest {
    @Test
    void slices_hold_every_batch_once_and_no_clinic_twice() {
        List<Slice> slices = Slice.plan(1_000_000, 50, 10_000);
        assertEquals(20_000, slices.stream().mapToInt(Slice::clinics).sum());
        int next = 0;
        for (Slice slice : slices) {
            assertEquals(next, slice.first());
            assertTrue(slice.clinics() * 50 <= Slice.FACTS_MAX, "a slice fits into memory");
            next = (next + slice.clinics()) % 10_000;
        }
        assertTrue(Slice.plan(1_000_000, 50, 7).stream().allMatch(slice -> slice.clinics() <= 7), "no clinic twice");
    }

    @Test
    void the_first_fifth_does_not_count() {
        List<Slice> slices = Slice.plan(1_000_000, 50, 10_000);
        int counted =
                slices.stream().filter(Slice::counts).mapToInt(Slice::clinics).sum();
        assertEquals(16_000, counted);
        assertEquals(false, slices.getFirst().counts());
        assertTrue(Slice.plan(10, 50, 3).getFirst().counts(), "a single slice counts");
    }
}
