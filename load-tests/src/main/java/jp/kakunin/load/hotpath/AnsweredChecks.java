package jp.kakunin.load.hotpath;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.journal.EncodedFact;

/// What became of the live checks of one month: each was answered, in full, as the authority answers.
record AnsweredChecks(IdSource ids, AnswerSeal seal, ProofNumbers numbers, TreatmentMonth month, Instant now) {
    private static final LocalDate IN_FORCE_FROM = LocalDate.of(2024, 4, 1);
    private static final int BIRTH_DAYS = 30_000;
    private static final int NUMBERS = 10_000_000;
    private static final int FIRST_KANJI = 0x4E00;
    private static final int KANJI = 2_000;
    private static final int FIRST_KANA = 0x30A1;
    private static final int KANA = 80;

    /// The checks of one patient, each with its answer behind it.
    List<EncodedFact> facts(InstitutionCode clinic, PatientId patient, int checks, RandomGenerator random) {
        Answer.Valid answer = answer(random);
        LocalDate today = TreatmentMonth.dateAt(now);
        List<EncodedFact> facts = new ArrayList<>();
        for (int i = 0; i < checks; i++) {
            LocalDate date = today.withDayOfMonth(1 + random.nextInt(today.getDayOfMonth()));
            Fact.CheckRecorded check = new Fact.CheckRecorded(
                    envelope(clinic, patient),
                    ids.visit(),
                    ids.check(),
                    i == 0 ? VisitKind.INITIAL : VisitKind.REPEAT,
                    date,
                    new Evidence.Card(Evidence.Verification.PIN, digest(random)),
                    null,
                    null,
                    answer.coverage().copayPercent(),
                    null);
            facts.add(FactCodec.encoded(check));
            facts.add(FactCodec.encoded(seal.seal(new Fact.AnswerReceived(
                    envelope(clinic, patient),
                    check.check(),
                    date,
                    now,
                    answer,
                    numbers.give(clinic, date, answer.outcome()),
                    Digest.ZERO))));
        }
        return facts;
    }

    private Envelope envelope(InstitutionCode clinic, PatientId patient) {
        return new Envelope(ids.fact(), clinic, patient, month, now, false);
    }

    private static Answer.Valid answer(RandomGenerator random) {
        String name = text(random, FIRST_KANJI, KANJI, 2) + "　" + text(random, FIRST_KANJI, KANJI, 2);
        return new Answer.Valid(
                new Coverage(
                        InsurerNumber.ofBody("0699900"),
                        text(random, FIRST_KANJI, KANJI, 2),
                        String.valueOf(random.nextInt(NUMBERS)),
                        "00",
                        30,
                        IN_FORCE_FROM,
                        null),
                new Insured(
                        name,
                        text(random, FIRST_KANA, KANA, 4) + "　" + text(random, FIRST_KANA, KANA, 4),
                        LocalDate.ofEpochDay(random.nextInt(BIRTH_DAYS) - BIRTH_DAYS / 2)),
                new Particulars(
                        String.format(Locale.ROOT, "%07d", random.nextInt(NUMBERS)),
                        text(random, FIRST_KANJI, KANJI, 16) + random.nextInt(100),
                        "全国健康保険協会" + text(random, FIRST_KANJI, 47, 2) + "支部",
                        name,
                        Particulars.Relation.INSURED,
                        random.nextBoolean() ? Particulars.Sex.MALE : Particulars.Sex.FEMALE,
                        false,
                        null));
    }

    private static String text(RandomGenerator random, int first, int choice, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (first + random.nextInt(choice)));
        }
        return text.toString();
    }

    private static Digest digest(RandomGenerator random) {
        byte[] digest = new byte[Digest.BYTES];
        random.nextBytes(digest);
        return new Digest(digest);
    }
}
