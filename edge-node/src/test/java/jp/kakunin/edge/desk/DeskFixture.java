package jp.kakunin.edge.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.reader.CardCertificate;
import org.jspecify.annotations.Nullable;

/// A reception with everything around it played: edge, reader, time. Runs in the test's thread.
final class DeskFixture {
    static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    static final InstitutionCode OTHER_CLINIC = new InstitutionCode("1390000029");
    static final Instant MORNING = Instant.parse("2026-11-20T01:32:00Z");
    static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    static final CardCertificate CARD_A = card("card-a.der");
    static final CardCertificate CARD_B = card("card-b.der");
    static final Coverage COVERAGE =
            new Coverage(InsurerNumber.ofBody("0699999"), "1234", "567", "01", 30, LocalDate.of(2025, 4, 1), null);

    final InMemoryEdge edge;
    final FakeReader reader = new FakeReader();
    final List<Runnable> timers = new ArrayList<>();
    final Reception reception;
    volatile boolean attended = true;
    final Commands commands;

    DeskFixture() {
        this(List.of(clinic(CLINIC, "みどり整骨院")), Runnable::run);
    }

    DeskFixture(List<Clinic> clinics, Executor desk) {
        IdSource ids = new IdSource(() -> MORNING, new Random(7));
        edge = new InMemoryEdge(MORNING, ids);
        reception = new Reception(
                clinics,
                edge,
                reader,
                new PlainSealing(),
                DueState.FILING_DAY,
                OutageLimits.DEFAULT,
                ids,
                (Duration _, Runnable action) -> timers.add(action),
                desk,
                () -> attended);
        commands = new Commands(reception);
        reception.start();
    }

    /// The door of a clinic that wishes no passcode.
    static Door openDoor() {
        return new Door(Path.of("target", "no-passcode-here"), Duration.ofMinutes(10), () -> MORNING, new Random(9));
    }

    static Clinic clinic(InstitutionCode code, String name) {
        return new Clinic(code, name, code.digits().getBytes(StandardCharsets.US_ASCII));
    }

    Outcome<Tap> tap() {
        return commands.check(Map.of("method", "pin"), "1234".toCharArray()).join();
    }

    Tap.Recorded tap(CardCertificate card) {
        reader.put(card);
        if (tap() instanceof Outcome.Done<Tap>(Tap.Recorded recorded)) {
            return recorded;
        }
        throw new AssertionError("not recorded");
    }

    Book book() {
        return reception.book(CLINIC).join();
    }

    DeskVisit onlyVisit() {
        List<DeskVisit> visits = book().on(TODAY);
        if (visits.size() != 1) {
            throw new AssertionError("visits: " + visits.size());
        }
        return visits.getFirst();
    }

    void answerValid(CheckId check, String name) {
        answerValid(check, name, "ﾃｽﾄ");
    }

    void answerValid(CheckId check, String name, String kana) {
        edge.answer(check, new Answer.Valid(COVERAGE, new Insured(name, kana, LocalDate.of(1980, 4, 1))));
    }

    /// The day after `days` days, at the same hour.
    void later(int days) {
        edge.now = edge.now.plus(Duration.ofDays(days));
    }

    private static CardCertificate card(String file) {
        try (InputStream stream = DeskFixture.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file);
            }
            return CardCertificate.parse(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class PlainSealing implements Sealing {
        @Override
        public byte[] signedContent(CheckId check, InstitutionCode clinic, LocalDate treatmentDate) {
            return (check + clinic.digits() + treatmentDate).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] seal(CheckId check, byte[] certificate, byte @Nullable [] signature) {
            return certificate.clone();
        }
    }
}
