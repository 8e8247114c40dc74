package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The laws on many small sets of facts, smallest first, and proof that the laws would notice wrong rules.
final class ReconciliationPropertiesTest {
    private static final int SEEDS = 3_000;
    private static final int FACTS_MAX = 16;

    @ParameterizedTest
    @EnumSource
    void holds(Law law) {
        check(law, Reconciliation::judge);
    }

    @Test
    void the_drawn_facts_reach_every_standing() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Reconciliation.judge(Samples.NOVEMBER, facts(seed))
                    .forEach(visit -> seen.merge(visit.standing() + " " + visit.notices(), 1, Integer::sum));
        }

        assertThat(seen.keySet()).anyMatch(name -> name.contains("DOCUMENT_DESPITE"));
        assertThat(String.join(" ", seen.keySet()))
                .contains("CARD", "NUMBER", "Shown", "OwnRecord", "Waiting", "Deferred", "Refused", "Contested")
                .contains("CARD_EVIDENCE_UNUSABLE");
    }

    @Test
    void a_judge_that_trusts_the_last_delivery_is_caught() {
        assertCaught(Law.ORDER_AND_REPETITION_DO_NOT_MATTER, (month, facts) -> {
            Set<CheckId> answered = new HashSet<>();
            List<Fact> latestDelivered = List.copyOf(facts).reversed().stream()
                    .filter(fact -> !(fact instanceof Fact.AnswerReceived answer) || answered.add(answer.check()))
                    .toList();
            return Reconciliation.judge(month, latestDelivered);
        });
    }

    @Test
    void a_judge_that_takes_a_repeated_fact_for_a_conflict_is_caught() {
        assertCaught(
                Law.ORDER_AND_REPETITION_DO_NOT_MATTER,
                (month, facts) -> Reconciliation.judge(
                        month,
                        facts.stream()
                                .filter(fact ->
                                        facts.stream().filter(fact::equals).count() == 1)
                                .toList()));
    }

    @Test
    void a_judge_that_remembers_the_month_before_is_caught() {
        assertCaught(
                Law.FORGETTING_THE_OLDEST_MONTH_CHANGES_NOTHING_THAT_REMAINS,
                (month, facts) -> Reconciliation.judge(
                        month,
                        facts.stream()
                                .map(fact -> fact instanceof Fact.AnswerReceived answer
                                        ? answered(answer, month, answer.asOf())
                                        : fact)
                                .toList()));
    }

    @Test
    void a_judge_that_ignores_as_of_is_caught() {
        assertCaught(
                Law.A_PROOF_NEVER_RESOLVES_A_LATER_VISIT,
                (month, facts) -> Reconciliation.judge(
                        month,
                        facts.stream()
                                .map(fact -> fact instanceof Fact.AnswerReceived answer
                                        ? answered(answer, answer.envelope().month(), month.closes())
                                        : fact)
                                .toList()));
    }

    @Test
    void a_judge_that_knows_one_level_of_withdrawals_is_caught() {
        assertCaught(Law.UNDOING_A_WITHDRAWAL_RESTORES, (month, facts) -> {
            Set<FactId> withdrawals = new HashSet<>();
            facts.stream().filter(Fact.FactWithdrawn.class::isInstance).forEach(fact -> withdrawals.add(fact.id()));
            return Reconciliation.judge(
                    month,
                    facts.stream()
                            .filter(fact -> !(fact instanceof Fact.FactWithdrawn withdrawal
                                    && withdrawals.contains(withdrawal.fact())))
                            .toList());
        });
    }

    @Test
    void a_judge_that_does_not_withdraw_is_caught() {
        assertCaught(
                Law.WITHDRAWING_IS_AS_IF_IT_NEVER_WAS,
                (month, facts) -> Reconciliation.judge(
                        month,
                        facts.stream()
                                .filter(fact -> !(fact instanceof Fact.FactWithdrawn))
                                .toList()));
    }

    private static Fact answered(Fact.AnswerReceived answer, TreatmentMonth month, LocalDate asOf) {
        Envelope told = answer.envelope();
        Envelope envelope =
                new Envelope(told.id(), told.clinic(), told.patient(), month, told.capturedAt(), told.clockDoubtful());
        return new Fact.AnswerReceived(
                envelope, answer.check(), asOf, answer.answeredAt(), answer.answer(), answer.number(), answer.seal());
    }

    private static void assertCaught(Law law, Judge wrong) {
        assertThatThrownBy(() -> check(law, wrong)).isInstanceOf(AssertionError.class);
    }

    private static void check(Law law, Judge judge) {
        IntStream.range(0, SEEDS).forEach(seed -> check(law, judge, seed));
    }

    private static void check(Law law, Judge judge, int seed) {
        try {
            law.check(judge, facts(seed), new Random(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(law + " fails for seed " + seed + " with " + facts(seed), e);
        }
    }

    private static List<Fact> facts(int seed) {
        return RandomFacts.draw(new Random(seed), 1 + seed * FACTS_MAX / SEEDS);
    }
}
