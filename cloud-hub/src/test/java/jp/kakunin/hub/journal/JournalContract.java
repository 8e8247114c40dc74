package jp.kakunin.hub.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.CommitResult.Committed;
import jp.kakunin.hub.journal.CommitResult.Conflict;
import jp.kakunin.hub.journal.CommitResult.MonthClosed;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every journal promises.
abstract class JournalContract extends JournalFixture {
    @Test
    void knows_nothing_at_first() {
        assertThat(journal.head(CLINIC)).isEqualTo(Head.EMPTY);
        assertThat(journal.stream(stream(CLINIC))).isNull();
        assertThat(journal.summary(key)).isEqualTo(Summary.EMPTY);
        assertThat(journal.read(CLINIC, MONTH, 0, 10)).isEmpty();
        assertThat(journal.questions(null, 10)).isEmpty();
        assertThat(journal.worklist(null, 10)).isEmpty();
        assertThat(journal.closedThrough()).isNull();
    }

    @Test
    void the_export_keys_of_a_month_stay_until_it_is_closed() throws Exception {
        PublicKey key = exportKey(MONTH);

        assertThat(exportKey(MONTH)).isEqualTo(key).isNotEqualTo(exportKey(MONTH.next()));
        journal.closeMonth(MONTH).get(10, TimeUnit.SECONDS);

        assertThat(journal.exportKeys(MONTH)).isNull();
        assertThat(journal.exportKeys(MONTH.previous())).isNull();
        assertThat(journal.exportKeys(MONTH.next())).isNotNull();
    }

    private PublicKey exportKey(TreatmentMonth month) {
        return Objects.requireNonNull(journal.exportKeys(month)).getPublic();
    }

    @Test
    void a_commit_takes_effect_as_a_whole() throws Exception {
        Commit commit = everything();

        assertThat(commit(commit)).isEqualTo(new Committed(commit.next()));

        assertHoldsEverything(commit);
    }

    @Test
    void a_restart_reads_back_everything() throws Exception {
        Commit commit = everything();
        commit(commit);
        var incarnation = journal.incarnation();

        journal = reopen(journal);

        assertThat(journal.incarnation()).isEqualTo(incarnation);
        assertHoldsEverything(commit);
    }

    @Test
    void what_is_in_quarantine_is_listed_by_clinic_and_for_all() throws Exception {
        committed(new Draft(OTHER_CLINIC, Head.EMPTY)
                .append(MONTH, NOW, origin, bytes("why"))
                .setAside(setAside(OTHER_CLINIC, "of another clinic", 1))
                .commit());
        committed(everything());

        assertThat(quarantined(CLINIC, 10)).containsExactly("poison");
        assertThat(quarantined(OTHER_CLINIC, 10)).containsExactly("of another clinic");
        assertThat(quarantined(null, 10)).containsExactlyInAnyOrder("poison", "of another clinic");
        assertThat(quarantined(null, 1)).hasSize(1);
    }

    private List<String> quarantined(@Nullable InstitutionCode clinic, int max) {
        List<String> found = new ArrayList<>();
        journal.forEachQuarantined(clinic, each -> {
            found.add(new String(each.fact(), UTF_8));
            return found.size() < max;
        });
        return found;
    }

    @Test
    void a_stale_owner_is_refused_and_changes_nothing() throws Exception {
        Head stale = journal.head(CLINIC);
        Head actual = committed(append(stale, "first"));

        CommitResult result = commit(new Draft(CLINIC, stale)
                .append(MONTH, NOW, origin, bytes("second"))
                .attach(new AttachmentKey(MONTH, sample.ids.check()), Sample.EVIDENCE)
                .commit());

        assertThat(result).isEqualTo(new Conflict(actual));
        assertThat(facts(CLINIC)).containsExactly("first");
        assertThat(journal.head(CLINIC)).isEqualTo(actual);
    }

    @Test
    void any_change_moves_the_head() throws Exception {
        Head head = committed(append(Head.EMPTY, "first"));

        Head moved = committed(
                new Draft(CLINIC, head).stream(stream(CLINIC), state("first")).commit());

        assertThat(moved).isNotEqualTo(head);
        assertThat(commit(append(head, "second"))).isEqualTo(new Conflict(moved));
    }

    @Test
    void a_conflict_concerns_only_its_own_clinic() throws Exception {
        committed(append(Head.EMPTY, "first"));

        CompletableFuture<CommitResult> stale = journal.commit(append(Head.EMPTY, "stale"));
        CompletableFuture<CommitResult> good = journal.commit(new Draft(OTHER_CLINIC, Head.EMPTY)
                .append(MONTH, NOW, origin, bytes("other"))
                .commit());

        assertThat(await(stale)).isInstanceOf(Conflict.class);
        assertThat(await(good)).isInstanceOf(Committed.class);
        assertThat(facts(CLINIC)).containsExactly("first");
        assertThat(facts(OTHER_CLINIC)).containsExactly("other");
    }

    @Test
    void of_two_commits_on_one_head_exactly_one_wins() throws Exception {
        for (int round = 0; round < 50; round++) {
            Head head = journal.head(CLINIC);
            List<CompletableFuture<CommitResult>> both = Stream.of("a", "b")
                    .map(name -> journal.commit(append(head, name)))
                    .toList();

            List<CommitResult> results = List.of(await(both.get(0)), await(both.get(1)));

            assertThat(results).filteredOn(Committed.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(Conflict.class::isInstance).hasSize(1);
        }
        assertThat(facts(CLINIC)).hasSize(50);
    }

    @Test
    void positions_are_gapless_and_the_chain_covers_every_fact() throws Exception {
        Head head = Head.EMPTY;
        for (int i = 0; i < 30; i++) {
            head = committed(append(head, "fact " + i));
        }

        List<Positioned> all = journal.read(CLINIC, MONTH, 0, 100);

        assertThat(all.stream().map(Positioned::position))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 30).mapToObj(i -> (long) i).toList());
        Tip tip = Tip.START;
        for (Positioned each : all) {
            tip = tip.after(each.entry().fact());
        }
        assertThat(journal.head(CLINIC).tip(MONTH)).isEqualTo(tip);
    }

    @Test
    void reading_goes_on_behind_a_position_and_keeps_to_its_limit() throws Exception {
        Head head = Head.EMPTY;
        for (int i = 1; i <= 300; i++) {
            head = committed(append(head, "fact " + i));
        }

        assertThat(journal.read(CLINIC, MONTH, 254, 3).stream().map(Positioned::position))
                .containsExactly(255L, 256L, 257L);
        assertThat(journal.read(CLINIC, MONTH, 300, 3)).isEmpty();
    }

    @Test
    void many_clinics_commit_at_once() throws Exception {
        List<InstitutionCode> clinics = IntStream.range(0, 200)
                .mapToObj(i -> new InstitutionCode("13" + (10_000_000 + i)))
                .toList();
        List<CompletableFuture<CommitResult>> results = new ArrayList<>();

        for (InstitutionCode clinic : clinics) {
            results.add(journal.commit(new Draft(clinic, Head.EMPTY)
                    .append(MONTH, NOW, origin, bytes("of " + clinic))
                    .commit()));
        }

        for (CompletableFuture<CommitResult> result : results) {
            assertThat(await(result)).isInstanceOf(Committed.class);
        }
        assertThat(clinics).allSatisfy(clinic -> assertThat(facts(clinic)).containsExactly("of " + clinic));
    }

    @Test
    void removed_rows_are_gone() throws Exception {
        Commit commit = everything();
        Head head = committed(commit);
        AttachmentKey attachment =
                commit.attachments().put().keySet().iterator().next();
        Question question = journal.questions(null, 1).getFirst();
        WorkItem item = journal.worklist(null, 1).getFirst();

        committed(new Draft(CLINIC, head)
                .detach(attachment)
                .dropQuestion(question)
                .settle(item)
                .commit());

        assertThat(journal.attachment(CLINIC, MONTH, attachment.check())).isNull();
        assertThat(journal.questions(null, 10)).isEmpty();
        assertThat(journal.worklist(null, 10)).isEmpty();
    }

    @Test
    void a_row_written_again_says_the_newer_thing() throws Exception {
        WorkItem waiting = new WorkItem(CLINIC, TODAY, sample.ids.visit(), patient, VisitKind.INITIAL, "WAITING");
        WorkItem refused = new WorkItem(CLINIC, TODAY, waiting.visit(), patient, VisitKind.INITIAL, "REFUSED");
        Head head = committed(new Draft(CLINIC, Head.EMPTY).owe(waiting).commit());

        committed(new Draft(CLINIC, head).owe(refused).commit());

        assertThat(journal.worklist(null, 10)).containsExactly(refused);
    }

    @Test
    void questions_come_closing_month_first_then_first_visits_then_the_oldest() throws Exception {
        Question oldRepeat = question(MONTH, VisitKind.REPEAT);
        Question initial = question(MONTH, VisitKind.INITIAL);
        Question later = question(MONTH, VisitKind.INITIAL);
        Question closing = question(MONTH.previous(), VisitKind.REPEAT);
        committed(new Draft(CLINIC, Head.EMPTY)
                .ask(later)
                .ask(oldRepeat)
                .ask(closing)
                .ask(initial)
                .commit());

        assertThat(journal.questions(null, 10)).containsExactly(closing, initial, later, oldRepeat);
        assertThat(journal.questions(null, 2)).containsExactly(closing, initial);
        assertThat(journal.questions(initial, 10)).containsExactly(later, oldRepeat);
        assertThat(journal.questions(closing, 1)).containsExactly(initial);
    }

    @Test
    void the_worklist_comes_by_due_date() throws Exception {
        WorkItem now = new WorkItem(CLINIC, TODAY, sample.ids.visit(), patient, VisitKind.INITIAL, "DEFERRED");
        WorkItem before =
                new WorkItem(CLINIC, TODAY.minusMonths(1), sample.ids.visit(), patient, VisitKind.INITIAL, "REFUSED");
        committed(new Draft(CLINIC, Head.EMPTY).owe(now).owe(before).commit());

        assertThat(journal.worklist(null, 10)).containsExactly(before, now);
        assertThat(journal.worklist(before, 10)).containsExactly(now);
    }

    @Test
    void a_closed_month_is_gone_and_stays_gone() throws Exception {
        Commit commit = everything();
        committed(commit);
        Head kept = committed(new Draft(CLINIC, journal.head(CLINIC))
                .append(MONTH.next(), NOW, origin, bytes("next month"))
                .commit());

        await(journal.closeMonth(MONTH));

        assertThat(journal.closedThrough()).isEqualTo(MONTH);
        assertThat(journal.head(CLINIC).tips()).containsOnlyKeys(MONTH.next());
        assertThat(journal.read(CLINIC, MONTH, 0, 10)).isEmpty();
        assertThat(journal.summary(key)).isEqualTo(Summary.EMPTY);
        assertThat(journal.questions(null, 10)).isEmpty();
        assertThat(journal.worklist(null, 10)).isEmpty();
        assertThat(journal.stream(stream(CLINIC))).isNotNull();
        assertThat(journal.read(CLINIC, MONTH.next(), 0, 10)).hasSize(1);
        assertThat(commit(append(kept, "late"))).isEqualTo(new MonthClosed(MONTH));
        journal = reopen(journal);
        assertThat(journal.closedThrough()).isEqualTo(MONTH);
        assertThat(journal.read(CLINIC, MONTH, 0, 10)).isEmpty();
        assertThat(commit(append(journal.head(CLINIC), "later"))).isEqualTo(new MonthClosed(MONTH));
    }

    @Test
    void closing_a_month_closes_the_older_ones_and_never_opens_a_newer_one() throws Exception {
        await(journal.closeMonth(MONTH));
        await(journal.closeMonth(MONTH.previous()));

        assertThat(journal.closedThrough()).isEqualTo(MONTH);
        assertThat(commit(append(Head.EMPTY, "late"))).isEqualTo(new MonthClosed(MONTH));
    }

    @Test
    void a_month_closes_while_commits_are_in_flight() throws Exception {
        TreatmentMonth open = MONTH.next();
        List<CompletableFuture<CommitResult>> results = new ArrayList<>();
        List<InstitutionCode> clinics = IntStream.range(0, 300)
                .mapToObj(i -> new InstitutionCode("13" + (20_000_000 + i)))
                .toList();
        CompletableFuture<?> closing = new CompletableFuture<>();

        for (int i = 0; i < clinics.size(); i++) {
            TreatmentMonth month = i % 2 == 0 ? MONTH : open;
            results.add(journal.commit(new Draft(clinics.get(i), Head.EMPTY)
                    .append(month, NOW, origin, bytes("in flight"))
                    .commit()));
            if (i == clinics.size() / 2) {
                closing = journal.closeMonth(MONTH);
            }
        }

        await(closing);
        for (int i = 0; i < clinics.size(); i++) {
            boolean late = i % 2 == 0 && i > clinics.size() / 2;
            assertThat(await(results.get(i))).isInstanceOf(late ? MonthClosed.class : Committed.class);
        }
        assertThat(clinics)
                .allSatisfy(
                        clinic -> assertThat(journal.read(clinic, MONTH, 0, 10)).isEmpty());
        assertThat(journal.read(clinics.get(1), open, 0, 10)).hasSize(1);
    }

    @Test
    void of_a_closed_month_counts_and_digests_are_left() throws Exception {
        committed(everything());
        Head.Tip tip = journal.head(CLINIC).tip(MONTH);
        long visits = journal.summary(key).visits().size();
        assertThat(journal.closedMonths()).isEmpty();

        await(journal.closeMonth(MONTH));

        for (int times = 0; times < 2; times++) {
            assertThat(journal.closedMonths()).singleElement().satisfies(left -> {
                assertThat(left.month()).isEqualTo(MONTH);
                assertThat(left.clinics()).isEqualTo(1);
                assertThat(left.facts()).isEqualTo(tip.position()).isPositive();
                assertThat(left.heads())
                        .isEqualTo(ClosedMonth.begin(MONTH, Digest.ZERO)
                                .plus(CLINIC.digits(), tip)
                                .heads());
                assertThat(left.standings()).isEqualTo(Map.of("DEFERRED", visits));
            });
            journal = reopen(journal);
        }
    }

    @Test
    void what_is_to_be_removed_from_a_closed_month_is_gone_already() throws Exception {
        Question question = question(MONTH, VisitKind.INITIAL);
        committed(new Draft(CLINIC, Head.EMPTY).ask(question).commit());
        await(journal.closeMonth(MONTH));

        CommitResult result = commit(new Draft(CLINIC, journal.head(CLINIC))
                .dropQuestion(question)
                .append(MONTH.next(), NOW, origin, bytes("goes on"))
                .commit());

        assertThat(result).isInstanceOf(Committed.class);
    }

    @Test
    void several_summaries_are_read_at_once() throws Exception {
        PatientMonth other = new PatientMonth(CLINIC, MONTH.next(), sample.ids.patient());
        Summary summary = new Summary(
                List.of(FactCodec.encoded(sample.deferred(other.patient(), TODAY.plusMonths(1)))), List.of());
        committed(new Draft(CLINIC, Head.EMPTY).summary(other, summary).commit());

        assertThat(journal.summaries(List.of(key, other))).isEqualTo(Map.of(other, summary));
    }
}
