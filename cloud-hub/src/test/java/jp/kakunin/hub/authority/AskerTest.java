package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AskerTest {
    private static final AuthorityResult NOTHING = new AuthorityResult.NoAnswer(Cause.UNREACHABLE);
    private static final AuthorityResult YES = new AuthorityResult.Answered(TODAY, NOW, Sample.valid());
    private static final AuthorityResult NO = new AuthorityResult.Answered(TODAY, NOW, new Answer.Invalid(null));

    private final Sample sample = new Sample(13);
    private final Steps steps = new Steps(NOW);
    private final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(7, 7)), steps);
    private final FleetView fleet = new FleetView();
    private final ExchangeService exchange = new ExchangeService(
            ExchangeSettings.DEFAULT,
            journal,
            _ -> new DeviceStatus.Unknown(),
            fleet,
            Sample.SEAL,
            Sample.NUMBERS,
            steps,
            new Random(2),
            List.of(steps),
            steps);
    private final Scripted authority = new Scripted();
    private Duration clockBehind = Duration.ZERO;
    private Runnable afterTheLook = () -> {};

    @Test
    void what_the_last_run_left_is_asked_in_order() {
        Question repeat = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        Question initial = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        Question closing = given(sample.card(sample.ids.patient(), TODAY.minusMonths(1)), VisitKind.REPEAT);
        authority.says(YES);

        start();

        assertThat(authority.asked).containsExactly(closing.check(), initial.check(), repeat.check());
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void a_negative_answer_is_never_asked_again() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NO);

        start();
        steps.advance(Duration.ofHours(1));

        assertThat(authority.asked).hasSize(1);
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void no_answer_is_asked_again_ever_more_slowly_and_changes_nothing() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);

        start();
        steps.advance(Duration.ofHours(1));

        assertThat(authority.asked).hasSizeBetween(10, 60);
        assertThat(journal.questions(null, 9)).hasSize(1);
        assertThat(journal.read(CLINIC, MONTH, 0, 9)).isEmpty();
        authority.says(YES);
        steps.advance(Patience.WAIT_MAX);
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void while_the_authority_is_away_the_backlog_rests_and_live_questions_are_tried() {
        for (int i = 0; i < 3 * Asker.QUESTIONS_AT_ONCE_MAX; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        authority.says(NOTHING);
        Asker asker = start();
        assertThat(authority.asked).hasSizeLessThan(2 * Asker.QUESTIONS_AT_ONCE_MAX);
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        int before = authority.asked.size();

        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        assertThat(authority.asked.subList(before, authority.asked.size())).containsExactly(live.check());
    }

    @Test
    void P8_only_so_many_questions_are_asked_at_once() {
        for (int i = 0; i < 3 * Asker.QUESTIONS_AT_ONCE_MAX; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }

        start();

        assertThat(authority.asked).hasSize(Asker.QUESTIONS_AT_ONCE_MAX);
    }

    @Test
    void an_authority_that_never_answers_is_waited_for_no_longer_than_the_limit() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        start();
        assertThat(authority.asked).hasSize(1);

        steps.advance(Asker.ANSWER_WAIT_MAX.plus(Patience.WAIT_MIN.multipliedBy(3)));

        assertThat(authority.asked).hasSize(2);
    }

    @Test
    void a_live_question_goes_ahead_of_the_backlog() {
        List<Question> backlog = new ArrayList<>();
        for (int i = 0; i < Asker.QUESTIONS_AT_ONCE_MAX + 10; i++) {
            backlog.add(given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL));
        }
        Asker asker = start();
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        authority.answerFirst(YES);
        steps.settle();

        assertThat(authority.asked.getLast()).isEqualTo(live.check());
        assertThat(backlog).hasSize(Asker.QUESTIONS_AT_ONCE_MAX + 10);
    }

    @Test
    void a_question_without_evidence_is_not_waited_for() {
        Fact.CheckRecorded card = sample.card(sample.ids.patient(), TODAY);
        Question question = question(card, VisitKind.INITIAL);
        store(new Draft(CLINIC, journal.head(CLINIC)).ask(question));

        start();

        assertThat(authority.asked).isEmpty();
        assertThat(journal.questions(null, 9)).isEmpty();
        assertThat(fleet.counters().events(Event.UNUSABLE_EVIDENCE)).isEqualTo(1);
        assertThat(journal.summary(PatientMonth.of(card.envelope())).facts())
                .singleElement()
                .isInstanceOfSatisfying(Fact.EvidenceFoundUnusable.class, found -> {
                    assertThat(found.check()).isEqualTo(card.check());
                    assertThat(found.flaw()).isEqualTo(EvidenceFlaw.MISSING);
                });
    }

    /// Nobody commits again here, and no timer runs: only the word that there was nothing to do tells that the
    /// evidence came, and that the question is to be asked.
    @Test
    void evidence_that_came_while_it_was_found_missing_is_asked_about_after_all() {
        Fact.CheckRecorded card = sample.card(sample.ids.patient(), TODAY);
        Question question = question(card, VisitKind.INITIAL);
        store(new Draft(CLINIC, journal.head(CLINIC)).ask(question));
        authority.says(YES);
        afterTheLook = () -> store(new Draft(CLINIC, journal.head(CLINIC))
                .attach(new AttachmentKey(MONTH, question.check()), Sample.EVIDENCE));

        start();

        assertThat(authority.asked).containsExactly(question.check());
        assertThat(journal.questions(null, 9)).isEmpty();
        assertThat(fleet.counters().events(Event.UNUSABLE_EVIDENCE)).isZero();
    }

    @Test
    void an_authority_that_throws_is_asked_again() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.broken = true;
        start();
        assertThat(journal.questions(null, 9)).hasSize(1);

        authority.broken = false;
        authority.says(YES);
        steps.advance(Patience.WAIT_MAX);

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void an_answer_that_could_not_be_recorded_is_asked_for_again() {
        Fact.CheckRecorded card = sample.card(sample.ids.patient(), TODAY);
        given(card, VisitKind.INITIAL);
        PatientMonth damaged = new PatientMonth(CLINIC, MONTH, card.envelope().patient());
        journal.damage(damaged);
        authority.says(YES);
        start();
        assertThat(journal.questions(null, 9)).hasSize(1);

        journal.repair(damaged);
        steps.advance(Patience.WAIT_MAX);

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void a_timer_that_fires_early_is_set_again() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);
        start();
        authority.says(YES);
        clockBehind = Duration.ofMillis(300);

        steps.advance(Patience.WAIT_MIN.multipliedBy(3));

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void a_clock_set_back_by_hours_makes_nobody_wait_for_hours() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);
        start();
        authority.says(YES);
        clockBehind = Duration.ofHours(5);

        steps.advance(Patience.WAIT_MIN.multipliedBy(3));

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void an_authority_that_wants_the_card_present_is_not_asked_about_the_backlog() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.capabilities = Set.of(Capability.ASK_NOW);

        start();

        assertThat(authority.asked).isEmpty();
        assertThat(journal.questions(null, 9)).hasSize(1);
    }

    private Asker start() {
        Asker asker = new Asker(
                new Looked(),
                authority,
                exchange,
                steps,
                steps,
                () -> steps.instant().minus(clockBehind),
                new Random(4));
        exchange.onCommit(asker);
        asker.start();
        steps.settle();
        return asker;
    }

    /// What the asker sees, and what happens as soon as it has looked for evidence in vain.
    private final class Looked extends ForwardingJournal {
        Looked() {
            super(AskerTest.this.journal);
        }

        @Override
        public byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check) {
            byte[] found = super.attachment(clinic, month, check);
            if (found == null) {
                afterTheLook.run();
            }
            return found;
        }
    }

    private Question given(Fact.CheckRecorded card, VisitKind kind) {
        Question question = question(card, kind);
        store(new Draft(CLINIC, journal.head(CLINIC))
                .ask(question)
                .attach(new AttachmentKey(question.month(), question.check()), Sample.EVIDENCE));
        return question;
    }

    private void store(Draft draft) {
        var done = journal.commit(draft.commit());
        steps.settle();
        assertThat(done).isCompleted();
    }

    private static Question question(Fact.CheckRecorded card, VisitKind kind) {
        return new Question(
                card.envelope().month(),
                kind,
                card.check(),
                CLINIC,
                card.envelope().patient(),
                card.treatmentDate());
    }

    /// Says always the same, or nothing until told to.
    private static final class Scripted implements Authority {
        private final List<CheckId> asked = new ArrayList<>();
        private final List<CompletableFuture<AuthorityResult>> open = new ArrayList<>();
        private boolean broken;
        private List<AuthorityResult> script = List.of();
        private Set<Capability> capabilities = Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);

        void says(AuthorityResult result) {
            script = List.of(result);
        }

        void answerFirst(AuthorityResult result) {
            open.removeFirst().complete(result);
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
            if (broken) {
                throw new IllegalStateException("an authority should not throw");
            }
            asked.add(inquiry.check());
            if (!script.isEmpty()) {
                return CompletableFuture.completedFuture(script.getFirst());
            }
            CompletableFuture<AuthorityResult> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }
    }
}
