package jp.kakunin.load.hotpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.load.replay.LoadHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredMonthTest {
    private static final int CHECKS = 1_003;
    private static final int CLINICS = 3;

    @Test
    void every_check_is_there_once_answered_and_confirmed(@TempDir Path data) throws IOException {
        StoredMonth filled = StoredMonth.of(data, CHECKS, CLINICS, InstantSource.system());
        StoredMonth found = StoredMonth.of(data, CHECKS, CLINICS, InstantSource.system());
        assertEquals(filled.bytesPerCheck(), found.bytesPerCheck());
        assertTrue(found.bytesPerCheck() > 0);
        assertThrows(IOException.class, () -> StoredMonth.of(data, CHECKS + 1, CLINICS, InstantSource.system()));

        HubFolder folder = new HubFolder(data);
        SecureRandom secrets = new SecureRandom();
        MonthKeys keys = MonthKeys.open(new KeyFolder(folder.monthKeys()), secrets);
        Map<InstitutionCode, Integer> numbers = found.numbers();
        SplittableRandom random = new SplittableRandom(1);
        int visits = 0;
        try (RocksJournal journal = RocksJournal.open(folder.store(), keys, Durability.SYNC, secrets)) {
            for (int clinic = 0; clinic < CLINICS; clinic++) {
                List<InstitutionCode> own = List.of(LoadHub.clinic(clinic));
                Set<PatientId> patients = new HashSet<>();
                for (int i = 0; i < 2_000; i++) {
                    Readers.Asked asked = found.any(numbers, own, random);
                    if (patients.add(asked.patient())) {
                        Summary summary =
                                journal.summary(new PatientMonth(asked.clinic(), asked.month(), asked.patient()));
                        visits += summary.visits().size();
                        assertTrue(summary.visits().stream().allMatch(StoredMonthTest::isConfirmed));
                        assertEquals(
                                summary.visits().size(),
                                summary.facts().stream()
                                        .filter(Fact.AnswerReceived.class::isInstance)
                                        .count());
                    }
                }
            }
            assertTrue(journal.questions(null, 1).isEmpty(), "nothing is left to ask");
            assertTrue(journal.worklist(null, 1).isEmpty(), "nothing is left to do");
        }
        assertEquals(CHECKS, visits);
    }

    private static boolean isConfirmed(VisitStanding visit) {
        return visit.standing() instanceof Standing.Confirmed;
    }
}
