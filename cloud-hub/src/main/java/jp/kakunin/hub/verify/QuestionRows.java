package jp.kakunin.hub.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.reconcile.Rebuild;

/// The open questions lie in the order in which they are asked, not by clinic. They are counted by clinic once; only
/// where the number is not the expected one they are all gone through again.
final class QuestionRows {
    private final JournalImage image;
    private final Findings findings;
    private final Map<TreatmentMonth, Map<InstitutionCode, Long>> counts = new HashMap<>();

    QuestionRows(JournalImage image, Findings findings) {
        this.image = image;
        this.findings = findings;
    }

    void count(TreatmentMonth month) {
        Map<InstitutionCode, Long> ofMonth = counts.computeIfAbsent(month, _ -> new HashMap<>());
        image.questions(month, (clinic, _) -> {
            findings.examined(Check.QUESTION);
            ofMonth.merge(clinic, 1L, Long::sum);
        });
    }

    void compare(ClinicMonth month, Rebuild rebuilt) {
        long there = 0;
        for (Question question : rebuilt.questions()) {
            if (image.holds(question)) {
                there++;
            } else if (!rebuilt.mayBeGone().contains(question.check())) {
                month.found(Check.QUESTION, month.positionOf(question.check()), "an open question is not asked");
            }
        }
        if (counts.getOrDefault(month.month, Map.of()).getOrDefault(month.clinic, 0L) != there) {
            findTooMany(month, rebuilt.questions());
        }
    }

    private void findTooMany(ClinicMonth month, Set<Question> expected) {
        image.questions(month.month, (clinic, question) -> {
            if (clinic.equals(month.clinic)) {
                if (question == null) {
                    month.found(Check.QUESTION, 0, "a row cannot be read");
                } else if (!expected.contains(question)) {
                    month.found(
                            Check.QUESTION, month.positionOf(question.check()), "is asked although nothing is open");
                }
            }
        });
    }
}
