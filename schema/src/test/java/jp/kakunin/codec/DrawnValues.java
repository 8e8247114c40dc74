package jp.kakunin.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// Small values drawn from a seed. Far and odd ones are drawn on purpose: a codec must not care whether they make
/// sense.
final class DrawnValues {
    private static final String[] TEXTS = {"", "x", "１２３", "シケン ハナコ", "𠮷野 家", "line\nbreak\u0000", "é".repeat(19)};

    private final RandomGenerator random;

    DrawnValues(RandomGenerator random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    long number() {
        return random.nextLong() >>> random.nextInt(64);
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    byte[] bytes(int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    ProofNumber proofNumber() {
        byte[] bytes = new byte[ProofNumber.BYTES];
        random.nextBytes(bytes);
        return ProofNumber.fromBytes(bytes);
    }

    Digest digest() {
        byte[] bytes = new byte[Digest.BYTES];
        random.nextBytes(bytes);
        return new Digest(bytes);
    }

    String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    <E extends Enum<E>> E one(Class<E> type) {
        E[] all = type.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    <T> @Nullable T perhaps(Supplier<T> value) {
        return coin() ? value.get() : null;
    }

    <T> List<T> several(Supplier<T> value) {
        return IntStream.range(0, random.nextInt(5)).mapToObj(_ -> value.get()).toList();
    }

    Instant instant() {
        return Instant.ofEpochMilli(coin() ? number() / 1000 : -number() / 1000);
    }

    Duration duration() {
        return Duration.ofMillis(number() / 1000);
    }

    LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(-400_000, 400_000));
    }

    TreatmentMonth month() {
        return TreatmentMonth.ofIndex(random.nextInt(0, 120_000));
    }

    InstitutionCode clinic() {
        return new InstitutionCode("%010d".formatted(random.nextLong(10_000_000_000L)));
    }

    CheckId check() {
        return new CheckId(id());
    }

    Coverage coverage() {
        String body = coin() ? "%07d".formatted(below(10_000_000)) : "%05d".formatted(below(100_000));
        return new Coverage(
                InsurerNumber.ofBody(body),
                text(),
                text(),
                coin() ? "" : "01",
                below(101),
                date(),
                perhaps(this::date));
    }

    Insured insured() {
        return new Insured(text(), text(), date());
    }

    Particulars particulars() {
        return new Particulars(
                text(),
                text(),
                text(),
                text(),
                perhaps(() -> one(Particulars.Relation.class)),
                perhaps(() -> one(Particulars.Sex.class)),
                coin(),
                perhaps(() -> below(101)));
    }

    Basis basis() {
        return coin() ? new Basis.OwnRecord() : new Basis.Shown(check(), date(), digest());
    }
}
