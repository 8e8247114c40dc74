package jp.kakunin.load.authority;

import static jp.kakunin.load.authority.People.CLINIC;
import static jp.kakunin.load.authority.People.NOW;
import static jp.kakunin.load.authority.People.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.authority.Asker;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import jp.kakunin.hub.authority.OqsAuthority;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.load.endtoend.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions in the hub's journal, asked over real HTTP of an authority in trouble.
final class OqsFlowTest {
    private static final int QUESTIONS = 20;
    private static final int ASKED_PER_SECOND = 50;

    private final long started = System.nanoTime();
    private final InstantSource clock = () -> NOW.plusNanos(System.nanoTime() - started);
    private final People people = new People();
    private final Sample sample = new Sample(5);
    private final AuthorityHealth health = new AuthorityHealth();
    private final ScheduledExecutorService one = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService two = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path folder;

    private OqsServer server;
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        server = OqsServer.start(
                People.registry(folder), folder.resolve("registry"), 0, FaultScript.EMPTY, clock, 1, "token");
        journal = RocksJournal.open(
                folder.resolve("journal"),
                MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                Durability.SYNC,
                new Random(1));
    }

    @AfterEach
    void close() throws InterruptedException {
        for (ScheduledExecutorService each : List.of(timer, one, two)) {
            each.shutdownNow();
            assertThat(each.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        journal.close();
        server.close();
    }

    @Test
    void after_trouble_every_question_is_answered_once() throws Exception {
        for (int i = 0; i < QUESTIONS; i++) {
            given(i % 2 == 0 ? People.LONG : People.ENDED, TODAY);
        }
        server.wrong(Faults.of(new JsonObject().put("down", true)));

        try (OqsAuthority authority = authority(Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED))) {
            start(authority);
            Until.until("the breaker opens", () -> health.breaker() == 2);
            assertThat(journal.questions(null, QUESTIONS + 1)).hasSize(QUESTIONS);
            server.wrong(Faults.of(new JsonObject()
                    .put("processingAsks", 1)
                    .put("charset", "WINDOWS_31J")
                    .put("perSecond", 20)
                    .put("retryAfterSeconds", 1)));

            Until.until("all are answered", () -> journal.questions(null, 1).isEmpty());
        }
        assertThat(server.answeredTwice()).isZero();
        assertThat(health.noAnswers(Cause.UNREACHABLE)).isPositive();
        assertThat(health.noAnswers(Cause.PROCESSING)).isEqualTo(QUESTIONS);
        assertThat(health.noAnswers(Cause.ABNORMAL)).isZero();
    }

    @Test
    void with_ask_captured_the_check_of_an_earlier_day_is_answered() throws Exception {
        Question question = given(People.CHANGED, LocalDate.of(2026, 11, 9));

        try (OqsAuthority authority = authority(Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED))) {
            start(authority);
            Until.until("it is answered", () -> journal.questions(null, 1).isEmpty());
        }

        assertThat(facts(question)).singleElement().isInstanceOfSatisfying(Fact.AnswerReceived.class, received -> {
            assertThat(received.asOf()).isEqualTo(LocalDate.of(2026, 11, 9));
            assertThat(((Answer.Valid) received.answer()).coverage().number()).isEqualTo("512");
        });
    }

    @Test
    void without_ask_captured_it_is_to_be_tapped_again() throws Exception {
        Question question = given(People.CHANGED, LocalDate.of(2026, 11, 9));

        try (OqsAuthority authority = authority(Set.of(Capability.ASK_NOW))) {
            start(authority);
            Until.until("it is settled", () -> journal.questions(null, 1).isEmpty());
        }

        assertThat(server.asked()).isZero();
        assertThat(facts(question))
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.EvidenceFoundUnusable.class,
                        found -> assertThat(found.flaw()).isEqualTo(EvidenceFlaw.TOO_OLD));
    }

    private List<Fact> facts(Question question) {
        return journal.summary(new PatientMonth(CLINIC, question.month(), question.patient()))
                .facts();
    }

    private Question given(int person, LocalDate day) {
        Inquiry.ByCard asked = people.asked(person, day);
        Question question = new Question(
                TreatmentMonth.of(day), VisitKind.INITIAL, asked.check(), CLINIC, sample.ids.patient(), day);
        journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                        .ask(question)
                        .attach(new AttachmentKey(question.month(), question.check()), asked.attachment())
                        .commit())
                .join();
        return question;
    }

    private OqsAuthority authority(Set<Capability> capabilities) {
        return new OqsAuthority(URI.create(server.url() + "/oqs"), capabilities, People.SEAL.getPrivate(), clock);
    }

    private void start(OqsAuthority authority) {
        Timers timers = (delay, task) -> {
            ScheduledFuture<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        };
        ExchangeService exchange = new ExchangeService(
                ExchangeSettings.DEFAULT,
                journal,
                _ -> new DeviceStatus.Unknown(),
                new FleetView(),
                Sample.SEAL,
                Sample.NUMBERS,
                clock,
                new Random(2),
                List.of(one),
                timers);
        Asker asker =
                new Asker(journal, authority, ASKED_PER_SECOND, exchange, two, timers, clock, new Random(3), health);
        exchange.onCommit(asker);
        asker.start();
    }
}
