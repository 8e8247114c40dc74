package jp.kakunin.hub.proof;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditedJournalTest {
    private static final int MONTHS = 2;

    private final Sample sample = new Sample(1);
    private final PatientId patient = sample.ids.patient();
    private final Fact.CheckRecorded card = sample.card(patient, TODAY);
    private final Fact.AnswerReceived answer = sample.answer(card, Sample.valid());
    private Path folder;
    private AuditStubs stubs;
    private Journal store;
    private @Nullable TreatmentMonth closed;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        folder = temporary.resolve("audit");
        stubs = new AuditStubs(folder);
        store = RocksJournal.open(
                temporary.resolve("store"),
                MonthKeys.open(new KeyFolder(temporary.resolve("keys")), new SecureRandom()),
                Durability.SYNC,
                new Random(1));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void an_answer_leaves_hour_method_class_and_number_and_nothing_else() throws Exception {
        commit(answer);

        assertThat(lines()).containsExactly("2026-11-20T12,CARD_PIN,VALID," + answer.number());
        assertThat(stubs.find(answer.number())).contains(lines().getFirst());
        assertThat(stubs.find(sample.answer(card, Sample.valid()).number())).isEmpty();
    }

    /// Nothing of what the answer and its check hold comes out, however it is written.
    @Test
    void a_stub_identifies_no_person_and_no_clinic() throws Exception {
        commit(answer);
        String kept = String.join("\n", lines());
        Answer.Valid said = (Answer.Valid) answer.answer();

        assertThat(kept)
                .doesNotContain(
                        CLINIC.digits(),
                        patient.toString(),
                        card.check().toString(),
                        card.visit().toString(),
                        answer.id().toString(),
                        said.insured().name(),
                        said.insured().kana(),
                        said.insured().birthDate().toString(),
                        said.coverage().insurer().digits(),
                        said.coverage().symbol())
                .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2},[A-Z_]+,[A-Z_]+,[3479A-Z-]{20}");
    }

    @Test
    void what_was_not_committed_leaves_no_stub() throws Exception {
        Draft stale = draft(answer);
        commit(answer);

        assertThat(audited().commit(stale.commit()).get()).isNotInstanceOf(CommitResult.Committed.class);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void a_stub_that_cannot_be_written_leaves_the_commit_a_good_one() throws Exception {
        Executor stopped = new Executor() {
            private boolean begun;

            @Override
            public void execute(Runnable task) {
                if (begun) {
                    throw new RejectedExecutionException("stopped");
                }
                begun = true;
                task.run();
            }
        };
        var journal = new AuditedJournal(new Closing(store), stubs, MONTHS, stopped);

        assertThat(journal.commit(draft(answer).commit()).get()).isInstanceOf(CommitResult.Committed.class);
    }

    @Test
    void stubs_go_when_their_months_after_the_close_have_passed() throws Exception {
        commit(answer);

        closed = MONTH.next();
        audited();
        assertThat(lines()).hasSize(1);

        closed = MONTH.next().next();
        audited();
        assertThat(Files.exists(folder.resolve(MONTH + ".csv"))).isFalse();
    }

    private void commit(Fact.AnswerReceived answered) throws Exception {
        assertThat(audited().commit(draft(answered).commit()).get()).isInstanceOf(CommitResult.Committed.class);
    }

    private Draft draft(Fact.AnswerReceived answered) {
        return new Draft(CLINIC, store.head(CLINIC))
                .append(MONTH, NOW, null, FactCodec.encode(answered))
                .summary(
                        new PatientMonth(CLINIC, MONTH, patient),
                        new Summary(List.of(encoded(card), encoded(answered)), List.of()));
    }

    private Journal audited() {
        return new AuditedJournal(new Closing(store), stubs, MONTHS, Runnable::run);
    }

    /// The store as it is when months were closed.
    private final class Closing extends ForwardingJournal {
        Closing(Journal journal) {
            super(journal);
        }

        @Override
        public @Nullable TreatmentMonth closedThrough() {
            return closed;
        }
    }

    private static EncodedFact encoded(Fact fact) {
        return new EncodedFact(fact, FactCodec.encode(fact));
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> read(file).stream()).toList();
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
