package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of standings as cases from the reception desk. How to read a case: [Story].
final class ReconciliationTest {
    private static final int SHUFFLES = 20;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        card tapped, valid                         | I5 card a; a: valid X asof 5                    | I5 CONFIRMED(CARD) by a
        face looked at, valid                      | I5 visual a; a: valid X asof 5                  | I5 CONFIRMED(CARD) by a
        valid, not registered yet                  | I5 card a; a: unregistered asof 5               | I5 CONFIRMED(CARD) by a
        asked by the number on a paper             | I5 none a; a: valid X asof 5                    | I5 CONFIRMED(NUMBER) by a
        check of the answer is not known here      | I5 none b; a: valid X asof 5                    | I5 CONFIRMED(CARD) by a
        last day of the coverage                   | I5 card a; a: valid X[..5] asof 5               | I5 CONFIRMED(CARD) by a
        first day of the coverage                  | I5 card a; a: valid X[5..] asof 5               | I5 CONFIRMED(CARD) by a
        no, but a later answer is yes              | I5 card a; a: invalid asof 5; R9 card b; b: valid X asof 9 | I5 CONFIRMED(CARD) by b; R9 CONFIRMED(CARD) by b
        contested, then yes                        | I5 certificate a; I5 card b; b: invalid asof 5; I5 card c; c: valid X asof 5 | I5 CONFIRMED(CARD) by c
        """)
    void row_1_the_last_word_is_valid(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        accepted knowing the no                    | I5 card a; a: invalid asof 5; I5 certificate b despite a | I5 CONFIRMED(DOCUMENT_DESPITE) by b
        also above an older yes                    | I5 card a; a: valid X asof 5; I5 card b; b: several asof 5; I5 notice c despite b | I5 CONFIRMED(DOCUMENT_DESPITE) by c
        a second no is not the one it knew         | I5 card a; a: invalid asof 5; I5 certificate b despite a; I5 card c; c: invalid asof 5 | I5 CONTESTED by b
        a document of another visit                | I5 card a; a: invalid asof 5; R6 certificate b despite a | I5 REFUSED by a; R6 CONFIRMED(DOCUMENT) by b
        """)
    void row_2_a_document_despite_that_very_no(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a later no keeps the older yes             | I5 card a; a: valid X asof 5; I5 card b; b: invalid asof 5 | I5 CONTESTED by a
        document before the no                     | I5 certificate a; I5 card b; b: not-found asof 5          | I5 CONTESTED by a
        document after it, not marked despite      | I5 card a; a: not-found asof 5; I5 certificate b          | I5 CONTESTED by b
        coverage lost with effect for the past     | I20 card a; a: valid X asof 20; R25 card b; b: invalid X[..10] asof 25 | I20 CONTESTED by a; R25 REFUSED by b
        loss shown by a valid answer               | I20 card a; a: valid X asof 20; c: valid X[..10] asof 5   | I20 CONTESTED by a
        loss of what a document showed             | I20 certificate(X) a; c: newer-exists X[..10] asof 25     | I20 CONTESTED by a
        loss of another coverage says nothing      | I20 card a; a: valid X asof 20; c: invalid Y[..10] asof 25 | I20 CONFIRMED(CARD) by a
        loss after the visit says nothing          | I20 card a; a: valid X asof 20; c: invalid X[..20] asof 25 | I20 CONFIRMED(CARD) by a
        loss of what was never proved              | I20 card a; c: invalid X[..10] asof 25                    | I20 WAITING
        """)
    void row_3_a_no_against_a_proof_is_contested(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        certificate                                | I5 certificate a                      | I5 CONFIRMED(DOCUMENT) by a
        certificate, its coverage typed            | I5 certificate(X) a                   | I5 CONFIRMED(DOCUMENT) by a
        certificate that had ended                 | I5 certificate(X[..4]) a              | I5 DEFERRED
        portal screen with the card                | I5 portal a                           | I5 CONFIRMED(DOCUMENT) by a
        notice with the card                       | I5 notice a                           | I5 CONFIRMED(DOCUMENT) by a
        portal screen without the card             | I5 portal-no-card a                   | I5 DEFERRED
        notice without the card                    | I5 notice-no-card a                   | I5 DEFERRED
        the latest document is the proof           | I5 certificate a; I5 certificate b    | I5 CONFIRMED(DOCUMENT) by b
        better than waiting for the card's answer  | I5 card a; I5 certificate b           | I5 CONFIRMED(DOCUMENT) by b
        better than an attestation                 | R5 oral a; R5 certificate b           | R5 CONFIRMED(DOCUMENT) by b
        for its own visit alone                    | I5 certificate(X) a; R6 none b        | I5 CONFIRMED(DOCUMENT) by a; R6 DEFERRED
        """)
    void row_4_a_document(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        invalid                                    | I5 card a; a: invalid asof 5                 | I5 REFUSED by a
        invalid, newer exists                      | I5 card a; a: newer-exists asof 5            | I5 REFUSED by a
        not found                                  | I5 none a; a: not-found asof 5               | I5 REFUSED by a
        several                                    | I5 none a; a: several asof 5                 | I5 REFUSED by a
        a word of the patient does not help        | R5 card a; a: invalid asof 5; R5 oral b      | R5 REFUSED by a
        nor does another tap                       | I5 card a; a: invalid asof 5; I5 card b      | I5 REFUSED by a
        the no of another day                      | I5 none a; R6 card b; b: invalid asof 6      | I5 DEFERRED; R6 REFUSED by b
        """)
    void row_5_a_no_and_nothing_against_it(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        from the clinic's own record               | R5 oral a                       | R5 ATTESTED(OWN_RECORD)
        from a result shown before                 | R5 oral(X) a                    | R5 ATTESTED(SHOWN)
        the latest one counts                      | R5 oral a; R5 oral(X) b         | R5 ATTESTED(SHOWN)
        better than waiting                        | R5 card a; R5 oral b            | R5 ATTESTED(OWN_RECORD)
        never for a first visit                    | I5 oral a                       | I5 DEFERRED
        answer of another coverage later           | R5 oral(X) a; R9 card b; b: valid Y asof 9 | R5 CONFIRMED(CARD) by b +COVERAGE_DIFFERS_FROM_ATTESTED; R9 CONFIRMED(CARD) by b
        answer of the same coverage later          | R5 oral(X) a; R9 card b; b: valid X asof 9 | R5 CONFIRMED(CARD) by b; R9 CONFIRMED(CARD) by b
        """)
    void row_6_an_attestation_of_a_repeat_visit(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        tapped, no answer                          | I5 card a                                     | I5 WAITING
        one of two taps has no answer              | I5 card a; a: valid X[6..] asof 5; I5 card b  | I5 WAITING +PREVIOUS_INSURER_NEEDED
        answered, but not for this day             | I5 card a; a: valid X[6..] asof 5             | I5 DEFERRED +PREVIOUS_INSURER_NEEDED
        nothing at all                             | I5 none a                                     | I5 DEFERRED
        """)
    void rows_7_and_8_waiting_or_deferred(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the only tap                               | I5 card a; a: unusable                              | I5 DEFERRED +CARD_EVIDENCE_UNUSABLE
        one of two taps, the other waits           | I5 card a; a: unusable; I5 card b                   | I5 WAITING
        both                                       | I5 card a; a: unusable; I5 card b; b: unusable      | I5 DEFERRED +CARD_EVIDENCE_UNUSABLE
        an answer is stronger                      | I5 card a; a: unusable; a: valid X asof 5           | I5 CONFIRMED(CARD) by a
        also a no                                  | I5 card a; a: invalid asof 5; a: unusable           | I5 REFUSED by a
        an answer that is not for this day         | I5 card a; a: unusable; a: valid X[6..] asof 5      | I5 DEFERRED +PREVIOUS_INSURER_NEEDED
        a document                                 | I5 card a; a: unusable; I5 certificate b            | I5 CONFIRMED(DOCUMENT) by b
        a word of the patient                      | R5 card a; a: unusable; R5 oral b                   | R5 ATTESTED(OWN_RECORD)
        a later visit's proof                      | I5 card a; a: unusable; R9 card b; b: valid X asof 9 | I5 CONFIRMED(CARD) by b; R9 CONFIRMED(CARD) by b
        cannot be withdrawn                        | I5 card a; u=a: unusable; withdraw u                | I5 DEFERRED +CARD_EVIDENCE_UNUSABLE
        the tap withdrawn                          | I5 card a; a: unusable; I5 none b; withdraw a       | I5 DEFERRED
        the tap withdrawn and that undone          | I5 card a; a: unusable; w=withdraw a; withdraw w    | I5 DEFERRED +CARD_EVIDENCE_UNUSABLE
        what is no card has no card evidence       | I5 none a; a: unusable                              | I5 DEFERRED
        of a check nobody knows                    | I5 card a; x: unusable                              | I5 WAITING
        """)
    void unusable_evidence_is_not_waited_for(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the later answer, whatever the check       | I5 card a; I5 card b; a: invalid asof 5 at 9; b: valid X asof 5 at 8 | I5 CONTESTED by b
        same instant: the greater check            | I5 card a; I5 card b; b: valid X asof 5 at 9; a: invalid asof 5 at 9 | I5 CONFIRMED(CARD) by b
        same check too: the greater fact           | I5 card a; a: valid X asof 5 at 9; a: invalid asof 5 at 9            | I5 CONTESTED by a
        """)
    void the_last_word_is_the_answer_given_last(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a later visit's proof, same month          | I5 none a; R20 card b; b: valid X asof 20       | I5 CONFIRMED(CARD) by b; R20 CONFIRMED(CARD) by b
        a later visit's proof, next month          | I5 none a; R12/3 card b; b: valid X asof 12/3   | I5 CONFIRMED(CARD) by b
        two months later is too late               | I5 none a; R1/3 card b; b: valid X asof 1/3     | I5 DEFERRED
        never a later visit                        | I5 card a; a: valid X asof 5; R20 none b        | I5 CONFIRMED(CARD) by a; R20 DEFERRED
        never from the month before                | I10/20 card a; a: valid X asof 10/20; R5 none b | R5 DEFERRED
        not even asked then for a day now          | I10/20 card a; a: valid X asof 20; R5 none b    | R5 DEFERRED
        unregistered counts for its day alone      | I5 none a; R20 card b; b: unregistered asof 20  | I5 DEFERRED; R20 CONFIRMED(CARD) by b
        """)
    void knowledge_flows_backward_only(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        earlier visits stay with the old insurer   | I5 card a; a: valid X asof 5; R20 card b; b: valid Y[15..] asof 20 | I5 CONFIRMED(CARD) by a; R20 CONFIRMED(CARD) by b
        nothing covers the earlier one             | I5 none a; R20 card b; b: valid Y[15..] asof 20         | I5 DEFERRED +PREVIOUS_INSURER_NEEDED; R20 CONFIRMED(CARD) by b
        even where it was attested                 | R5 oral a; R20 card b; b: valid Y[15..] asof 20         | R5 ATTESTED(OWN_RECORD) +PREVIOUS_INSURER_NEEDED; R20 CONFIRMED(CARD) by b
        a document covers it                       | I5 certificate(X) a; R20 card b; b: valid Y[15..] asof 20 | I5 CONFIRMED(DOCUMENT) by a; R20 CONFIRMED(CARD) by b
        old insurer found later                    | I5 none a; R20 card b; b: valid Y[15..] asof 20; c: valid X[..14] asof 14 | I5 CONFIRMED(CARD) by c; R20 CONFIRMED(CARD) by b
        """)
    void a_change_of_insurer_in_the_month(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        two answers, two shares                    | I5 card a; a: valid X@30 asof 5; I5 card b; b: valid X@20 asof 5 | I5 CONFIRMED(CARD) by b +COPAY_CHANGED
        another share than was charged             | I5 card a charged 20; a: valid X@30 asof 5             | I5 CONFIRMED(CARD) by a +COPAY_CHANGED
        the share that was charged                 | I5 card a charged 30; a: valid X@30 asof 5             | I5 CONFIRMED(CARD) by a
        the charge as last recorded                | I5 card a charged 20; a: valid X@30 asof 5; I5 card b charged 30; b: valid X@30 asof 5 | I5 CONFIRMED(CARD) by b
        share of another insurer                   | I5 card a; a: valid Y@20 asof 5; I5 card b; b: valid X@30 asof 5 | I5 CONFIRMED(CARD) by b
        the certificate shows another share        | I5 certificate(X@10) a charged 30                      | I5 CONFIRMED(DOCUMENT) by a +COPAY_CHANGED
        """)
    void another_share_is_a_notice_not_a_contradiction(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a document                                 | I5 none a; I5 certificate b; withdraw b                    | I5 DEFERRED
        the withdrawal too                         | I5 none a; I5 certificate b; w=withdraw b; withdraw w      | I5 CONFIRMED(DOCUMENT) by b
        and that once more                         | I5 none a; I5 certificate b; w=withdraw b; u=withdraw w; withdraw u | I5 DEFERRED
        twice is once                              | I5 none a; I5 certificate b; w=withdraw b; v=withdraw b; withdraw w | I5 DEFERRED
        the only check: no visit                   | I5 card a; withdraw a                                      | ''
        an answer cannot be                        | I5 card a; a: invalid asof 5; withdraw a!                  | I5 REFUSED by a
        a tap: what the card was told stays        | I5 card a; a: invalid asof 5; I5 none b; withdraw a        | I5 REFUSED by a
        a number typed wrong: its answer goes      | I5 none a; a: not-found asof 5; I5 none b; withdraw a      | I5 DEFERRED
        two that withdraw each other are void      | I5 certificate a; withdraw #3; withdraw #2                 | I5 CONFIRMED(DOCUMENT) by a
        one that withdraws itself is void          | I5 certificate a; withdraw #2                              | I5 CONFIRMED(DOCUMENT) by a
        one filed in another month is void         | I12/5 certificate a; withdraw #1                           | ''
        """)
    void withdrawing_restores_what_stood_without_it(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a mis-tap                                  | I5 certificate a; R5 oral b replaces a                     | R5 ATTESTED(OWN_RECORD)
        the replacement withdrawn                  | I5 certificate a; R5 oral b replaces a; withdraw b         | I5 CONFIRMED(DOCUMENT) by a
        corrected twice: the first stays away      | I5 certificate a; R5 oral b replaces a; I5 none c replaces b | I5 DEFERRED
        a check of another visit is left alone     | I5 certificate a; R6 oral b replaces a                     | I5 CONFIRMED(DOCUMENT) by a; R6 ATTESTED(OWN_RECORD)
        a check that replaces itself stays         | I5 certificate a replaces a                                | I5 CONFIRMED(DOCUMENT) by a
        two that replace each other stay           | I5 none a replaces b; I5 certificate b replaces a          | I5 CONFIRMED(DOCUMENT) by b
        a number typed wrong: its answer goes      | I5 none a; a: not-found asof 5; I5 none b replaces a       | I5 DEFERRED
        """)
    void a_replaced_check_does_not_count(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        first visit without card, card later       | I5 none a by q; R9 card b; b: valid X asof 9; join q p      | I5(q) CONFIRMED(CARD) by b; R9 CONFIRMED(CARD) by b
        not joined                                 | I5 none a by q; R9 card b; b: valid X asof 9                | I5(q) DEFERRED; R9 CONFIRMED(CARD) by b
        joined by mistake, join withdrawn          | I5 none a by q; R9 card b; b: valid X asof 9; j=join q p; withdraw j | I5(q) DEFERRED; R9 CONFIRMED(CARD) by b
        over a third                               | I5 none a by q; R9 card b; b: valid X asof 9; join q r; join p r | I5(q) CONFIRMED(CARD) by b; R9 CONFIRMED(CARD) by b
        joined in the next month                   | I5 none a by q; R12/9 card b; b: valid X asof 12/9; join q p in 12 | I5(q) CONFIRMED(CARD) by b
        """)
    void joined_patients_are_judged_on_the_union(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        card on one, certificate on the other      | I5 card a; I5 certificate b                                | I5 CONFIRMED(DOCUMENT) by b
        the first fact says what visit it is       | R5 card a; I5 oral b                                       | R5 ATTESTED(OWN_RECORD)
        under two ids of one patient               | I5 card a; I5 certificate b by q; join p q                 | I5 CONFIRMED(DOCUMENT) by b
        by two patients: two visits                | I5 card a; I5 certificate b by q                           | I5 WAITING; I5(q) CONFIRMED(DOCUMENT) by b
        """)
    void two_devices_recording_one_visit_are_one_visit(String name, String story, String standings) {
        assertStandings(story, standings);
    }

    @Test
    void the_proof_shows_what_was_answered_to_whom_and_as_of_when() {
        VisitStanding visit = judge("I5 none a; b: valid X asof 20").getFirst();

        assertThat(visit.proof())
                .isEqualTo(new VisitStanding.Proof(
                        new CheckId(Samples.id("b")), Notation.date("20"), Notation.coverage("X"), Samples.HANAKO));
    }

    @Test
    void the_proof_of_a_document_shows_its_coverage_on_the_day() {
        VisitStanding visit = judge("I5 certificate(Y) a").getFirst();

        assertThat(visit.proof())
                .isEqualTo(new VisitStanding.Proof(
                        new CheckId(Samples.id("a")), Notation.date("5"), Notation.coverage("Y"), null));
    }

    @Test
    void an_id_that_names_two_facts_names_none() {
        List<Fact> facts = new ArrayList<>(Story.of("I5 none a").facts());
        facts.addAll(Story.of("I5 certificate a").facts());
        facts.addAll(Story.of("R6 none x; R6 none b").facts().subList(1, 2));

        assertThat(Story.standings(Samples.NOVEMBER, facts)).isEqualTo("R6 DEFERRED");
        assertThat(Story.standings(Samples.NOVEMBER, facts.reversed())).isEqualTo("R6 DEFERRED");
    }

    private static List<VisitStanding> judge(String story) {
        return Reconciliation.judge(Samples.NOVEMBER, Story.of(story).facts());
    }

    /// Every case also holds when its facts arrive in other orders, some of them twice.
    private static void assertStandings(String story, String standings) {
        List<Fact> facts = new ArrayList<>(Story.of(story).facts());
        assertThat(Story.standings(Samples.NOVEMBER, facts)).isEqualTo(standings);
        facts.add(facts.getFirst());
        for (int seed = 0; seed < SHUFFLES; seed++) {
            Collections.shuffle(facts, new Random(seed));
            assertThat(Story.standings(Samples.NOVEMBER, facts))
                    .as("seed %d", seed)
                    .isEqualTo(standings);
        }
    }
}
