package jp.kakunin.hub.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.EVIDENCE;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.reconcile.Sender.Trust;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.StreamState;
import org.junit.jupiter.api.Test;

final class DeciderTest {
    private final Sample sample = new Sample(7);
    private final PatientId patient = sample.ids.patient();
    private final Desk desk = new Desk(sample);

    @Test
    void an_empty_batch_asks_where_the_stream_stands() {
        StreamReply reply = desk.reply(Trust.FULL);

        assertThat(reply).isInstanceOf(StreamReply.Acknowledged.class);
        assertThat(desk.journal.head(CLINIC).revision()).isZero();
    }

    @Test
    void a_batch_that_does_not_follow_is_told_where_to_go_on() {
        desk.send(sample.deferred(patient, TODAY));
        StreamPosition held = desk.position;
        desk.position = StreamPosition.START;

        StreamReply reply = desk.reply(Trust.FULL, sample.deferred(patient, TODAY));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        StreamReply.Resume.class,
                        resume -> assertThat(resume.position()).isEqualTo(held));
        assertThat(desk.facts(MONTH)).hasSize(1);
    }

    @Test
    void a_resume_says_nothing_again_that_the_edge_has_heard() {
        desk.sendAs(Trust.NONE, sample.deferred(patient, TODAY));
        StreamPosition heard = desk.position;
        desk.sendAs(Trust.NONE, sample.deferred(patient, TODAY));
        desk.position = heard;

        assertThat(desk.reply(Trust.FULL))
                .isInstanceOfSatisfying(
                        StreamReply.Resume.class,
                        resume -> assertThat(resume.remarks())
                                .containsExactly(new StreamReply.Remark(2, Outcome.REFUSED, null)));
    }

    @Test
    void the_state_of_a_stream_keeps_the_remarks_of_as_many_facts_as_a_batch_may_have() {
        desk.sendAs(Trust.NONE, sample.deferred(patient, TODAY), sample.deferred(patient, TODAY));

        desk.send(sample.references(patient, Limits.BATCH_FACTS_MAX - 1));

        StreamState state = Objects.requireNonNull(desk.journal.stream(desk.stream()));
        assertThat(state.remarks()).containsExactly(new StreamReply.Remark(2, Outcome.REFUSED, null));
    }

    @Test
    void a_same_number_with_another_hash_does_not_follow() {
        desk.send(sample.deferred(patient, TODAY));
        desk.position = new StreamPosition(desk.position.seq(), Digest.of("another life".getBytes(UTF_8)));

        assertThat(desk.reply(Trust.FULL, sample.deferred(patient, TODAY))).isInstanceOf(StreamReply.Resume.class);
    }

    @Test
    void numbers_with_a_hole_are_refused() {
        assertThat(desk.replyTo(desk.batch(List.of(desk.sent(2, sample.deferred(patient, TODAY))), false), Trust.FULL))
                .isInstanceOfSatisfying(
                        StreamReply.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.OUT_OF_ORDER));
    }

    @Test
    void a_card_waits_is_owed_and_asked_about() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);

        desk.send(card);

        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Waiting());
        assertThat(desk.journal.worklist(null, 9))
                .containsExactly(new WorkItem(CLINIC, TODAY, card.visit(), patient, VisitKind.INITIAL, "WAITING"));
        assertThat(desk.journal.questions(null, 9))
                .containsExactly(new Question(MONTH, card.kind(), card.check(), CLINIC, patient, TODAY));
        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isEqualTo(EVIDENCE);
    }

    @Test
    void a_good_answer_confirms_and_ends_question_obligation_and_evidence() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.send(card);

        desk.answer(desk.question(), Sample.valid());

        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Confirmed(Standing.By.CARD));
        assertThat(desk.journal.worklist(null, 9)).isEmpty();
        assertThat(desk.journal.questions(null, 9)).isEmpty();
        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isNull();
        assertThat(desk.facts(MONTH).getLast())
                .isInstanceOfSatisfying(
                        Fact.AnswerReceived.class,
                        answer -> assertThat(Sample.SEAL.verifies(answer)).isTrue());
    }

    @Test
    void a_negative_answer_is_not_asked_again_and_stays_owed() {
        desk.send(sample.card(patient, TODAY));

        desk.answer(desk.question(), new Answer.Invalid(null));

        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Refused());
        assertThat(desk.journal.questions(null, 9)).isEmpty();
        assertThat(desk.journal.worklist(null, 9))
                .extracting(WorkItem::standing)
                .containsExactly("REFUSED");
    }

    @Test
    void a_question_is_answered_once() {
        desk.send(sample.card(patient, TODAY));
        Question question = desk.question();
        desk.answer(question, Sample.valid());

        Optional<Commit> again = desk.decider.answer(desk.view(), question, TODAY, NOW, new Answer.NotFound());

        assertThat(again).isEmpty();
    }

    @Test
    void evidence_that_is_not_the_one_named_is_not_kept() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);

        desk.sendWith("something else".getBytes(UTF_8), card);

        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isNull();
        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Waiting());
    }

    @Test
    void evidence_that_comes_later_is_kept_and_asked_about() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.sendWith("something else".getBytes(UTF_8), card);
        desk.unusable(desk.question());

        desk.sendWith("something else again".getBytes(UTF_8), card);
        assertThat(desk.journal.questions(null, 9)).isEmpty();
        desk.sendWith(EVIDENCE, card);

        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isEqualTo(EVIDENCE);
        desk.answer(desk.question(), Sample.valid());
        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Confirmed(Standing.By.CARD));
    }

    @Test
    void evidence_that_cannot_be_used_defers_the_visit_and_is_not_asked_about_again() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.send(card);

        desk.unusable(desk.question());

        assertThat(desk.visits(patient, MONTH)).singleElement().satisfies(visit -> {
            assertThat(visit.standing()).isEqualTo(new Standing.Deferred());
            assertThat(visit.notices()).containsExactly(VisitStanding.Notice.CARD_EVIDENCE_UNUSABLE);
        });
        assertThat(desk.journal.worklist(null, 9))
                .containsExactly(new WorkItem(CLINIC, TODAY, card.visit(), patient, VisitKind.INITIAL, "DEFERRED"));
        assertThat(desk.journal.questions(null, 9)).isEmpty();
        assertThat(desk.facts(MONTH).getLast())
                .isInstanceOfSatisfying(
                        Fact.EvidenceFoundUnusable.class,
                        found -> assertThat(Sample.SEAL.verifies(found)).isTrue());
        desk.sendWith(EVIDENCE, card);
        desk.send(sample.join(patient, sample.ids.patient(), TODAY));
        assertThat(desk.journal.questions(null, 9)).isEmpty();
    }

    @Test
    void evidence_found_unusable_twice_is_recorded_once() {
        desk.send(sample.card(patient, TODAY));
        Question question = desk.question();
        desk.unusable(question);

        desk.unusable(question);

        assertThat(desk.facts(MONTH)).hasSize(2);
    }

    @Test
    void evidence_is_not_found_unusable_after_an_answer() {
        desk.send(sample.card(patient, TODAY));
        Question question = desk.question();
        desk.answer(question, Sample.valid());

        assertThat(desk.decider.unusable(desk.view(), question, EvidenceFlaw.MISSING))
                .isEmpty();
    }

    @Test
    void a_restored_hub_takes_back_what_it_had_found_unusable() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.send(card);
        desk.unusable(desk.question());
        Fact found = desk.facts(MONTH).getLast();
        Desk restored = new Desk(sample);

        restored.sendWith("other evidence".getBytes(UTF_8), card);
        restored.send(found);

        assertThat(restored.standings(patient, MONTH)).containsExactly(new Standing.Deferred());
        assertThat(restored.journal.questions(null, 9)).isEmpty();
    }

    @Test
    void evidence_that_is_no_longer_needed_does_not_come_back() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.send(card);
        desk.answer(desk.question(), Sample.valid());

        desk.sendWith(EVIDENCE, card);

        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isNull();
    }

    @Test
    void P6_a_card_confirmed_only_by_a_join_is_asked_about_when_the_join_is_withdrawn() {
        PatientId other = sample.ids.patient();
        Fact.CheckRecorded proof = sample.card(other, TODAY);
        Fact.CheckRecorded card = sample.card(patient, TODAY.minusDays(3));
        Fact.PatientsJoined join = sample.join(patient, other, TODAY);
        desk.send(card, proof, sample.answer(proof, Sample.valid()), join);
        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Confirmed(Standing.By.CARD));
        assertThat(desk.journal.questions(null, 9)).isEmpty();

        desk.send(sample.withdraw(join));

        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Waiting());
        assertThat(desk.question().check()).isEqualTo(card.check());
        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isEqualTo(EVIDENCE);
    }

    @Test
    void a_later_proof_confirms_the_month_before() {
        desk.send(sample.deferred(patient, TODAY.minusMonths(1)));
        desk.send(sample.card(patient, TODAY));

        desk.answer(desk.question(), Sample.valid());

        assertThat(desk.standings(patient, MONTH.previous())).containsExactly(new Standing.Confirmed(Standing.By.CARD));
        assertThat(desk.journal.worklist(null, 9)).isEmpty();
    }

    @Test
    void a_later_proof_in_the_same_batch_counts_for_the_earlier_visit() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);

        desk.send(sample.deferred(patient, TODAY.minusDays(9)), card, sample.answer(card, Sample.valid()));

        assertThat(desk.standings(patient, MONTH))
                .containsOnly(new Standing.Confirmed(Standing.By.CARD))
                .hasSize(2);
        assertThat(desk.journal.questions(null, 9)).isEmpty();
        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isNull();
    }

    @Test
    void a_join_lets_one_proof_count_for_both() {
        PatientId cardless = sample.ids.patient();
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.send(sample.deferred(cardless, TODAY.minusDays(3)), card, sample.answer(card, Sample.valid()));
        assertThat(desk.standings(cardless, MONTH)).containsExactly(new Standing.Deferred());

        Fact.PatientsJoined join = sample.join(cardless, patient, TODAY);
        desk.send(join);
        assertThat(desk.standings(cardless, MONTH)).containsExactly(new Standing.Confirmed(Standing.By.CARD));
        assertThat(desk.journal.worklist(null, 9)).isEmpty();

        desk.send(sample.withdraw(join));
        assertThat(desk.standings(cardless, MONTH)).containsExactly(new Standing.Deferred());
        assertThat(desk.journal.worklist(null, 9))
                .extracting(WorkItem::standing)
                .containsExactly("DEFERRED");
    }

    @Test
    void a_join_stands_in_the_summaries_of_both_patients() {
        PatientId other = sample.ids.patient();
        Fact.PatientsJoined join = sample.join(patient, other, TODAY);

        desk.send(join);

        for (PatientId each : List.of(patient, other)) {
            assertThat(desk.journal
                            .summary(new PatientMonth(CLINIC, MONTH, each))
                            .facts())
                    .containsExactly(join);
        }
        assertThat(desk.facts(MONTH)).containsExactly(join);
    }

    @Test
    void a_fact_for_either_of_two_joined_patients_judges_both() {
        PatientId cardless = sample.ids.patient();
        desk.send(sample.deferred(cardless, TODAY), sample.join(cardless, patient, TODAY));
        Fact.CheckRecorded card = sample.card(patient, TODAY);

        desk.send(card, sample.answer(card, Sample.valid()));

        assertThat(desk.standings(cardless, MONTH)).containsExactly(new Standing.Confirmed(Standing.By.CARD));
    }

    @Test
    void one_visit_recorded_under_two_patients_is_one_visit_after_their_join() {
        PatientId cardless = sample.ids.patient();
        Fact.CheckRecorded deferred = sample.deferred(cardless, TODAY);
        Fact.CheckRecorded card =
                sample.sameVisit(deferred, patient, new Evidence.Card(Evidence.Verification.PIN, Digest.of(EVIDENCE)));
        desk.send(deferred, card);
        assertThat(desk.journal.questions(null, 9)).hasSize(1);

        desk.send(sample.join(cardless, patient, TODAY));

        assertThat(desk.visits(cardless, MONTH))
                .extracting(VisitStanding::visit)
                .containsExactly(deferred.visit());
        assertThat(desk.visits(patient, MONTH)).isEmpty();
        assertThat(desk.journal.worklist(null, 9))
                .containsExactly(new WorkItem(CLINIC, TODAY, deferred.visit(), cardless, VisitKind.INITIAL, "WAITING"));
        assertThat(desk.journal.questions(null, 9)).hasSize(1);
        assertThat(desk.journal.attachment(CLINIC, MONTH, card.check())).isNotNull();
    }

    @Test
    void withdrawing_the_only_check_of_a_visit_ends_its_obligation_and_question() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.send(card);

        desk.send(sample.withdraw(card));

        assertThat(desk.visits(patient, MONTH)).isEmpty();
        assertThat(desk.journal.worklist(null, 9)).isEmpty();
        assertThat(desk.journal.questions(null, 9)).isEmpty();
    }

    @Test
    void P2_a_fact_offered_again_in_a_new_epoch_is_held() {
        Fact.CheckRecorded check = sample.deferred(patient, TODAY);
        desk.send(check);
        desk.newEpoch();

        Tally tally = desk.send(check, check);

        assertThat(tally).isEqualTo(new Tally(0, 2, 0, 0, 0));
        assertThat(desk.facts(MONTH)).hasSize(1);
    }

    @Test
    void P10_the_sequence_is_the_sum_of_all_fates() {
        Fact.CheckRecorded check = sample.deferred(patient, TODAY);
        desk.send(check, check, sample.deferred(patient, TODAY.minusMonths(2)));
        desk.sendBytes("not a fact".getBytes(UTF_8));
        desk.sendAs(Trust.NONE, sample.deferred(patient, TODAY));

        StreamState state = Objects.requireNonNull(desk.journal.stream(desk.stream()));

        assertThat(state.tally()).isEqualTo(new Tally(1, 1, 1, 1, 1));
        assertThat(state.position().seq()).isEqualTo(5).isEqualTo(state.tally().sum());
    }
}
