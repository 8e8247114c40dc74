package jp.kakunin.domain;

import static jp.kakunin.domain.Samples.NOVEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What holds for the standings of any facts whatever.
enum Law {
    /// P3.
    ORDER_AND_REPETITION_DO_NOT_MATTER {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            List<Fact> delivered = new ArrayList<>(facts);
            facts.stream().filter(_ -> random.nextInt(3) == 0).forEach(delivered::add);
            Collections.shuffle(delivered, random);

            assertThat(judge.judge(NOVEMBER, delivered)).isEqualTo(judge.judge(NOVEMBER, facts));
        }
    },

    /// P9.
    FORGETTING_THE_OLDEST_MONTH_CHANGES_NOTHING_THAT_REMAINS {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            List<Fact> remaining = facts.stream()
                    .filter(fact -> !fact.envelope().month().equals(RandomFacts.OCTOBER))
                    .toList();

            assertThat(judge.judge(NOVEMBER, remaining)).isEqualTo(judge.judge(NOVEMBER, facts));
        }
    },

    NO_ANSWER_CHANGES_NOTHING {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            List<VisitStanding> before = judge.judge(NOVEMBER, facts);
            for (VisitStanding visit : before) {
                List<VisitStanding> after = judge.judge(NOVEMBER, plus(facts, unansweredTap(facts, visit)));
                assertThat(after.stream().map(Law::waitingAsDeferred))
                        .isEqualTo(before.stream().map(Law::waitingAsDeferred).toList());
            }
        }
    },

    UNUSABLE_EVIDENCE_ENDS_A_WAIT_AND_CHANGES_NOTHING_ELSE {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            List<VisitStanding> before = judge.judge(NOVEMBER, facts);
            for (Fact fact : facts) {
                if (fact instanceof Fact.CheckRecorded check) {
                    List<VisitStanding> after = judge.judge(NOVEMBER, plus(facts, unusable(facts, check)));
                    assertThat(after.stream().map(Law::waitingAsDeferred))
                            .isEqualTo(
                                    before.stream().map(Law::waitingAsDeferred).toList());
                    assertThat(waiting(before)).containsAll(waiting(after));
                }
            }
        }
    },

    A_PROOF_NEVER_RESOLVES_A_LATER_VISIT {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            LocalDate asOf = RandomFacts.day(random);
            Coverage open = Samples.coverage('X', 30, LocalDate.of(2026, 4, 1), null);
            List<Fact> more = facts;
            for (PatientId patient : patients(facts)) {
                more = plus(more, answer(more, patient, asOf, new Answer.Valid(open, Samples.HANAKO)));
            }

            assertThat(after(asOf, judge.judge(NOVEMBER, more))).isEqualTo(after(asOf, judge.judge(NOVEMBER, facts)));
        }
    },

    A_LATER_NO_NEVER_LOSES_A_PROOF {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            for (VisitStanding visit : judge.judge(NOVEMBER, facts)) {
                if (visit.standing() instanceof Standing.Confirmed) {
                    Fact no = answer(facts, visit.patient(), visit.treatmentDate(), new Answer.NotFound());
                    VisitStanding after = find(visit, judge.judge(NOVEMBER, plus(facts, no)));

                    assertThat(after.standing()).isEqualTo(new Standing.Contested());
                    assertThat(after.proof()).isNotNull();
                }
            }
        }
    },

    WITHDRAWING_IS_AS_IF_IT_NEVER_WAS {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            for (Fact fact : facts) {
                List<Fact> without = facts.stream()
                        .filter(other -> !other.equals(fact) && !isAnswerByNumber(other, fact))
                        .toList();
                if (!fact.isFromHub()) {
                    assertThat(judge.judge(NOVEMBER, plus(facts, withdrawal(facts, fact))))
                            .isEqualTo(judge.judge(NOVEMBER, without));
                }
            }
        }
    },

    UNDOING_A_WITHDRAWAL_RESTORES {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            for (Fact fact : facts) {
                Fact withdrawal = withdrawal(facts, fact);
                List<Fact> withdrawn = plus(facts, withdrawal);
                List<Fact> undone = plus(withdrawn, withdrawal(withdrawn, withdrawal));

                assertThat(judge.judge(NOVEMBER, undone)).isEqualTo(judge.judge(NOVEMBER, facts));
            }
        }
    },

    PERSONS_ARE_JUDGED_ALIKE_TOGETHER_AND_APART {
        @Override
        void check(Judge judge, List<Fact> facts, Random random) {
            List<Fact> seen = facts.stream()
                    .filter(fact -> !fact.envelope().month().equals(RandomFacts.OCTOBER))
                    .toList();
            Set<VisitStanding> apart = new HashSet<>();
            for (PatientId patient : patients(seen)) {
                Set<PatientId> person = PatientGroups.group(patient, seen);
                apart.addAll(judge.judge(
                        NOVEMBER,
                        seen.stream()
                                .filter(fact -> person.contains(fact.envelope().patient()))
                                .toList()));
            }

            assertThat(judge.judge(NOVEMBER, seen)).containsExactlyInAnyOrderElementsOf(apart);
        }
    };

    abstract void check(Judge judge, List<Fact> facts, Random random);

    private static List<Fact> plus(List<Fact> facts, Fact fact) {
        List<Fact> more = new ArrayList<>(facts);
        more.add(fact);
        return more;
    }

    private static Fact unansweredTap(List<Fact> facts, VisitStanding visit) {
        int number = RandomFacts.after(facts);
        return new Fact.CheckRecorded(
                Samples.envelope(number, visit.patient(), NOVEMBER),
                visit.visit(),
                new CheckId(Samples.id("tap")),
                visit.kind(),
                visit.treatmentDate(),
                Notation.evidence("card"),
                null,
                null,
                null,
                null);
    }

    private static Fact unusable(List<Fact> facts, Fact.CheckRecorded check) {
        int number = RandomFacts.after(facts);
        return new Fact.EvidenceFoundUnusable(
                check.envelope().beside(Samples.fact(number), Samples.minute(number), false),
                check.check(),
                Fact.EvidenceFlaw.MISSING,
                Digest.ZERO);
    }

    private static Fact answer(List<Fact> facts, PatientId patient, LocalDate asOf, Answer answer) {
        int number = RandomFacts.after(facts);
        return new Fact.AnswerReceived(
                Samples.envelope(number, patient, NOVEMBER),
                new CheckId(Samples.id("new" + number)),
                asOf,
                Samples.minute(1000 + number),
                answer,
                Samples.NUMBER,
                Digest.ZERO);
    }

    private static Fact withdrawal(List<Fact> facts, Fact target) {
        int number = RandomFacts.after(facts);
        return new Fact.FactWithdrawn(
                target.envelope().beside(Samples.fact(number), Samples.minute(number), false),
                target.id(),
                Fact.WithdrawalReason.UNDONE);
    }

    private static boolean isAnswerByNumber(Fact fact, Fact asked) {
        return fact instanceof Fact.AnswerReceived answer
                && asked instanceof Fact.CheckRecorded check
                && !(check.evidence() instanceof Evidence.Card)
                && answer.envelope().isSamePatientMonthAs(check.envelope())
                && answer.check().equals(check.check());
    }

    private static Set<PatientId> patients(List<Fact> facts) {
        return facts.stream().map(fact -> fact.envelope().patient()).collect(Collectors.toSet());
    }

    private static List<VisitStanding> after(LocalDate date, List<VisitStanding> visits) {
        return visits.stream()
                .filter(visit -> visit.treatmentDate().isAfter(date))
                .toList();
    }

    private static VisitStanding find(VisitStanding visit, List<VisitStanding> visits) {
        return visits.stream()
                .filter(other ->
                        other.visit().equals(visit.visit()) && other.patient().equals(visit.patient()))
                .findFirst()
                .orElseThrow();
    }

    private static Set<VisitId> waiting(List<VisitStanding> visits) {
        return visits.stream()
                .filter(visit -> visit.standing() instanceof Standing.Waiting)
                .map(VisitStanding::visit)
                .collect(Collectors.toSet());
    }

    /// A tap without an answer may only turn DEFERRED into WAITING, and unusable evidence the other way; only a
    /// deferred visit tells of it.
    private static VisitStanding waitingAsDeferred(VisitStanding visit) {
        Standing standing = visit.standing() instanceof Standing.Waiting ? new Standing.Deferred() : visit.standing();
        VisitStanding.@Nullable Proof proof = visit.proof();
        Set<VisitStanding.Notice> notices = new HashSet<>(visit.notices());
        notices.remove(VisitStanding.Notice.CARD_EVIDENCE_UNUSABLE);
        return new VisitStanding(
                visit.visit(), visit.patient(), visit.kind(), visit.treatmentDate(), standing, proof, notices);
    }
}
