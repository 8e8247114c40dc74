package jp.kakunin.hub.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.CommitResult.Committed;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A journal to be tested, and what is committed to it.
abstract class JournalFixture {
    private static final int WAIT_SECONDS_MAX = 30;

    final Sample sample = new Sample(1);
    final PatientId patient = sample.ids.patient();
    final PatientMonth key = new PatientMonth(CLINIC, MONTH, patient);
    final Origin origin = new Origin(sample.ids.device(), sample.ids.epoch(), 1);
    final SetAside poison = setAside(CLINIC, "poison", 2);
    Journal journal;

    /// An empty journal.
    abstract Journal open() throws Exception;

    /// The same journal after its process ended and started again.
    abstract Journal reopen(Journal running) throws Exception;

    @BeforeEach
    void openEmpty() throws Exception {
        journal = open();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    Commit everything() {
        return new Draft(CLINIC, Head.EMPTY)
                        .append(MONTH, NOW, origin, bytes("a fact"))
                        .append(MONTH, NOW, null, bytes("a fact of the hub"))
                        .summary(
                                key,
                                new Summary(
                                        List.of(FactCodec.encoded(sample.deferred(patient, TODAY))),
                                        List.of(new VisitStanding(
                                                sample.ids.visit(),
                                                patient,
                                                VisitKind.INITIAL,
                                                TODAY,
                                                new Standing.Deferred(),
                                                null,
                                                Set.of()))))
                        .stream(stream(CLINIC), state("a fact"))
                        .attach(new AttachmentKey(MONTH, sample.ids.check()), Sample.EVIDENCE)
                        .setAside(poison)
                        .owe(new WorkItem(CLINIC, TODAY, sample.ids.visit(), patient, VisitKind.INITIAL, "DEFERRED"))
                        .ask(question(MONTH, VisitKind.INITIAL))
                        .commit();
    }

    void assertHoldsEverything(Commit commit) {
        assertThat(journal.head(CLINIC)).isEqualTo(commit.next());
        assertThat(facts(CLINIC)).containsExactly("a fact", "a fact of the hub");
        assertThat(journal.read(CLINIC, MONTH, 0, 10).stream()
                        .map(each -> each.entry().origin()))
                .containsExactly(origin, null);
        assertThat(journal.summary(key)).isEqualTo(commit.summaries().get(key));
        List<PatientId> visited = new ArrayList<>();
        journal.forEachSummary(CLINIC, MONTH, (each, _) -> visited.add(each));
        assertThat(visited).containsExactly(patient);
        assertThat(journal.streams(CLINIC)).isEqualTo(commit.streams());
        assertThat(journal.streams(OTHER_CLINIC)).isEmpty();
        commit.attachments()
                .put()
                .forEach((at, value) -> assertThat(journal.attachment(CLINIC, MONTH, at.check()))
                        .isEqualTo(value));
        SetAside held = Objects.requireNonNull(journal.quarantined(CLINIC, MONTH, poison.content()));
        assertThat(held.position()).isEqualTo(poison.position());
        assertThat(held.fact()).isEqualTo(poison.fact());
        assertThat(held.attachment()).isEqualTo(poison.attachment());
        assertThat(journal.worklist(null, 10))
                .containsExactlyElementsOf(commit.worklist().put().keySet());
        assertThat(journal.questions(null, 10))
                .containsExactlyElementsOf(commit.questions().put().keySet());
    }

    static SetAside setAside(InstitutionCode clinic, String content, long position) {
        return new SetAside(clinic, MONTH, Digest.of(bytes(content)), position, bytes(content), bytes("its evidence"));
    }

    Commit append(Head head, String fact) {
        return new Draft(CLINIC, head).append(MONTH, NOW, origin, bytes(fact)).commit();
    }

    Question question(TreatmentMonth month, VisitKind kind) {
        return new Question(month, kind, sample.ids.check(), CLINIC, patient, month.due());
    }

    StreamId stream(InstitutionCode clinic) {
        return new StreamId(origin.device(), origin.epoch(), clinic);
    }

    StreamState state(String fact) {
        StreamPosition position = StreamPosition.START.after(bytes(fact));
        return new StreamState(position, new Tally(1, 0, 0, 0, 0), List.of(), sample.ids.instance(), NOW);
    }

    List<String> facts(InstitutionCode clinic) {
        return journal.read(clinic, MONTH, 0, 1_000).stream()
                .map(each -> new String(each.entry().fact(), UTF_8))
                .toList();
    }

    Head committed(Commit commit) throws Exception {
        CommitResult result = commit(commit);
        assertThat(result).isEqualTo(new Committed(commit.next()));
        return commit.next();
    }

    CommitResult commit(Commit commit) throws Exception {
        return await(journal.commit(commit));
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> future) throws Exception {
        return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
