package jp.kakunin.edge.desk;

import java.time.Duration;
import java.util.Map;
import jp.kakunin.domain.Answer;

/// A day with visits of most kinds.
final class EveryStanding {
    private EveryStanding() {}

    static void visits(DeskFixture desk) {
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "見本 花子");
        next(desk);
        desk.edge.answer(desk.tap(DeskFixture.CARD_B).check(), new Answer.NotFound());
        next(desk);
        desk.commands.defer(Map.of("patientName", "見本 後日")).join();
        desk.commands
                .attest(Map.of("patientName", "見本 再来", "basis", "own_record", "kind", "REPEAT"))
                .join();
        desk.commands
                .accept(Map.of("patientName", "見本 書類", "document", "ELIGIBILITY_CERTIFICATE"))
                .join();
        desk.edge.send();
        next(desk);
        desk.reader.remove();
        desk.reception.tapDesk().next();
    }

    private static void next(DeskFixture desk) {
        desk.edge.now = desk.edge.now.plus(Duration.ofMinutes(7));
    }
}
