package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import jp.kakunin.hub.journal.Commit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The check must find nothing at an honest hub and everything at one that lies.
@Timeout(60)
final class DataCheckTest {
    private static final int EDGES = 3;
    private static final int PUSHES = 5;

    @TempDir
    Path folder;

    @Test
    void an_honest_hub_passes() throws Exception {
        DataCheck.Findings findings = findingsOf(UnaryOperator.identity());
        assertTrue(findings.isGood(), findings::toString);
        assertEquals(EDGES * PUSHES * 2, findings.checked());
        assertEquals(0, findings.unknown());
    }

    @Test
    void a_hub_that_acknowledges_and_loses_is_caught() throws Exception {
        DataCheck.Findings findings = findingsOf(SpoiltJournal::loseLast);
        assertFalse(findings.isGood());
        assertEquals(EDGES * PUSHES, findings.missing());
        assertTrue(findings.named().getFirst().startsWith("missing "));
    }

    @Test
    void a_hub_that_stores_twice_is_caught() throws Exception {
        DataCheck.Findings findings = findingsOf(SpoiltJournal::doubleFirst);
        assertFalse(findings.isGood());
        assertEquals(EDGES * PUSHES, findings.doubled());
    }

    @Test
    void a_fact_at_the_wrong_clinic_is_caught() throws Exception {
        Random random = new Random(1);
        byte[] elsewhere = new ClinicDay(LoadHub.clinic(99), HubInside.CLOCK, random, random, CardPapers.blank(random))
                .parcel(1, false)
                .facts()
                .getFirst()
                .fact();
        DataCheck.Findings findings = findingsOf(entries -> SpoiltJournal.replaceFirst(entries, elsewhere));
        assertFalse(findings.isGood());
        assertEquals(EDGES * PUSHES, findings.strange());
    }

    @Test
    void what_was_there_before_is_not_taken_for_strange() throws Exception {
        try (HubInside hub = new HubInside(folder, EDGES, UnaryOperator.identity())) {
            hub.work(PUSHES);
            List<VirtualEdge> later = hub.newEdges();
            DataCheck.skipWhatIsThere(later);
            hub.work(later, 1);
            DataCheck.Findings findings = DataCheck.of(later);
            assertTrue(findings.isGood(), findings::toString);
            assertEquals(EDGES * 2, findings.checked());
        }
    }

    private DataCheck.Findings findingsOf(UnaryOperator<List<Commit.Entry>> spoil) throws Exception {
        try (HubInside hub = new HubInside(folder, EDGES, spoil)) {
            hub.work(PUSHES);
            return DataCheck.of(hub.edges());
        }
    }
}
