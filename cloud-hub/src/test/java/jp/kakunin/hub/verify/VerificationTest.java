package jp.kakunin.hub.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.EVIDENCE;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.Vandal;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A journal of one clinic, with one row of each kind in turn put wrong behind the hub's back.
final class VerificationTest {
    private static final byte[] GARBAGE = "garbage".getBytes(UTF_8);
    private static final int STEPS = 60;

    @TempDir
    Path folder;

    private final Sample sample = new Sample(31);
    private final PatientId patient = sample.ids.patient();
    /// At position 1: it waits, is owed, asked about, and has its evidence.
    private final Fact.CheckRecorded waiting = sample.card(patient, TODAY);
    /// At position 2.
    private final Fact.CheckRecorded answered = sample.card(sample.ids.patient(), TODAY);
    private final List<Difference> found = new ArrayList<>();
    private Vandal vandal;
    private Findings findings = new Findings(_ -> {});

    @BeforeEach
    void a_journal_that_is_in_order() throws IOException {
        try (Kept kept = new Kept(folder, keys(), sample, CLINIC)) {
            kept.send(waiting, answered);
            kept.answer(kept.question(answered), Sample.valid());
            kept.sendNoise("not a fact");
            kept.send(waiting, sample.deferred(sample.ids.patient(), TODAY.minusMonths(1)));
        }
        vandal = new Vandal(folder, keys(), CLINIC, MONTH);
    }

    @Test
    void what_is_in_order_is_found_so_and_every_kind_of_row_was_looked_at() throws IOException {
        verify();

        assertThat(found).isEmpty();
        assertThat(findings.isClean()).isTrue();
        for (Check check : Check.values()) {
            if (check != Check.DISK) {
                assertThat(findings.examinedOf(check)).as(check.name()).isPositive();
            }
        }
        assertThat(findings.examinedOf(Check.FACT)).isEqualTo(5);
    }

    @Test
    void what_an_updated_hub_took_from_quarantine_is_in_order() throws Exception {
        try (Kept kept = new Kept(folder, keys(), sample, CLINIC)) {
            kept.retake(sample.card(patient, TODAY), EVIDENCE);
            kept.retake(waiting, EVIDENCE);
            kept.retake(sample.deferred(patient, TODAY.plusDays(5)), null);
        }
        verify();

        assertThat(found).isEmpty();
    }

    @Test
    void a_changed_fact_breaks_the_chain_where_it_lies() throws IOException {
        byte[] other = FactCodec.encode(sample.deferred(patient, TODAY));
        vandal.block(2, block -> second(block, other));

        verify();

        assertFound(Check.CHAIN, 2, "does not follow");
        assertFound(Check.SUMMARY, 3, "other facts");
    }

    @Test
    void a_fact_that_cannot_be_read_is_named() throws IOException {
        vandal.block(2, block -> second(block, GARBAGE));
        vandal.blockBytes(3, GARBAGE);
        vandal.unsealed(4, GARBAGE);

        verify();

        assertFound(Check.FACT, 2, "cannot be read: UNREADABLE");
        assertFound(Check.FACT, 3, "the row cannot be read");
        assertFound(Check.FACT, 4, "the row cannot be read");
    }

    @Test
    void a_gap_is_named_where_it_ends_and_at_the_end_by_the_head() throws IOException {
        vandal.block(2, _ -> null);
        vandal.block(4, _ -> null);

        verify();

        assertFound(Check.POSITION, 3, "follows position 0");
        assertFound(Check.HEAD, 3, "names position 4 as the last one");
    }

    @Test
    void a_fact_lost_from_the_midst_of_others_is_named_by_its_gap() throws IOException {
        vandal.block(2, block -> new JournalBlock(block.chain(), block.entries().subList(1, 2)));

        verify();

        assertFound(Check.POSITION, 2, "follows position 0");
    }

    @Test
    void a_changed_chain_hash_is_named() throws IOException {
        vandal.block(2, block -> new JournalBlock(Digest.ZERO, block.entries()));

        verify();

        assertFound(Check.CHAIN, 2, "does not follow");
        assertThat(found).extracting(Difference::check).containsOnly(Check.CHAIN);
    }

    @Test
    void a_head_that_is_lost_is_named() throws IOException {
        vandal.head(_ -> null);

        verify();

        assertFound(Check.HEAD, 4, "names position 0 as the last one");
    }

    @Test
    void a_summary_with_other_facts_other_standings_or_none_is_named() throws IOException {
        vandal.firstSummary(summary -> new Summary(summary.encoded(), List.of()));
        verify();
        assertThat(found).singleElement().satisfies(difference -> {
            assertThat(difference.check()).isEqualTo(Check.SUMMARY);
            assertThat(difference.position()).isBetween(1L, 2L);
            assertThat(difference.what()).contains("other standings");
        });

        vandal.firstSummary(_ -> Summary.EMPTY);
        verify();
        assertThat(found).singleElement().extracting(Difference::what).isEqualTo("the summary has other facts");

        vandal.firstSummary(_ -> null);
        verify();
        assertThat(found).singleElement().extracting(Difference::what).isEqualTo("there is no summary");
    }

    @Test
    void an_obligation_lost_changed_or_invented_is_named() throws IOException {
        vandal.owe(new WorkItem(CLINIC, TODAY, waiting.visit(), patient, VisitKind.INITIAL, "DEFERRED"));
        verify();
        assertFound(Check.WORKLIST, 1, "names another standing or patient");

        vandal.firstWorkItem(_ -> null);
        verify();
        assertFound(Check.WORKLIST, 1, "is not listed");

        vandal.owe(new WorkItem(CLINIC, TODAY, answered.visit(), patient, VisitKind.INITIAL, "WAITING"));
        verify();
        assertFound(Check.WORKLIST, 2, "is owed although nothing is open");
    }

    @Test
    void a_question_lost_or_invented_is_named() throws IOException {
        vandal.firstQuestion(_ -> null);
        verify();
        assertFound(Check.QUESTION, 1, "is not asked");
        assertThat(found).hasSize(1);

        vandal.ask(new Question(MONTH, VisitKind.INITIAL, answered.check(), CLINIC, patient, TODAY));
        verify();
        assertFound(Check.QUESTION, 2, "although nothing is open");
        assertThat(found).hasSize(2);
    }

    @Test
    void evidence_changed_or_kept_too_long_is_named() throws IOException {
        vandal.firstAttachment(_ -> GARBAGE);
        vandal.attach(answered.check(), EVIDENCE);

        verify();

        assertFound(Check.EVIDENCE, 1, "is not the one its check names");
        assertFound(Check.EVIDENCE, 2, "no longer needed");
        assertThat(found).hasSize(2);
    }

    @Test
    void bytes_set_aside_that_changed_or_went_are_named() throws IOException {
        vandal.firstQuarantined(_ -> GARBAGE);
        verify();
        assertFound(Check.QUARANTINE, 4, "are others");

        vandal.firstQuarantined(_ -> null);
        verify();
        assertFound(Check.QUARANTINE, 4, "are gone");
    }

    @Test
    void P10_a_stream_that_does_not_add_up_is_named() throws IOException {
        vandal.firstStream(state -> new StreamState(
                state.position(),
                state.tally().plus(new Tally(0, 1, 0, 0, 0)),
                state.remarks(),
                state.instance(),
                state.lastSeen()));
        verify();
        assertFound(Check.STREAM, 0, "has come to 5 but counts 6 facts");

        vandal.firstStream(state -> new StreamState(
                state.position(), new Tally(0, 5, 0, 0, 0), state.remarks(), state.instance(), state.lastSeen()));
        verify();
        assertFound(Check.STREAM, 0, "more facts are there than it counts as taken");

        vandal.firstStream(_ -> null);
        verify();
        assertFound(Check.STREAM, 0, "its state is not");
    }

    @Test
    void P5_no_difference_names_anybody() throws IOException {
        vandal.firstSummary(_ -> Summary.EMPTY);
        vandal.firstWorkItem(_ -> null);
        vandal.firstQuestion(_ -> null);

        verify();

        assertThat(found)
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.toString())
                        .startsWith(difference.check() + ": clinic 1380000016, 2026-11, position ")
                        .doesNotContain(patient.toString(), waiting.visit().toString(), "花子"));
    }

    /// Whatever happens in whatever order, what was derived step by step is what is derived anew.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void P9_random_histories_are_found_in_order(long seed) throws IOException {
        folder = folder.resolve("seed-" + seed);
        try (Kept kept = new Kept(folder, keys(), new Sample(seed + 100), CLINIC)) {
            new RandomHistory(new Sample(seed), new Random(seed), kept).happen(STEPS);
        }

        verify();

        assertThat(found).as("seed " + seed).isEmpty();
        assertThat(findings.examinedOf(Check.SUMMARY)).isPositive();
    }

    private void assertFound(Check check, long position, String what) {
        assertThat(found).anySatisfy(difference -> {
            assertThat(difference.check()).isEqualTo(check);
            assertThat(difference.position()).isEqualTo(position);
            assertThat(difference.what()).contains(what);
        });
    }

    private MonthKeys keys() {
        return MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom());
    }

    private void verify() throws IOException {
        found.clear();
        try (JournalImage image = JournalImage.open(folder, keys())) {
            findings = new Verification(image, NOW, found::add, (_, _, _) -> {}).run();
        }
    }

    /// The block of positions 1 and 2 with another second fact.
    private static JournalBlock second(JournalBlock block, byte[] fact) {
        JournalEntry entry = block.entries().getLast();
        return new JournalBlock(
                block.chain(),
                List.of(block.entries().getFirst(), new JournalEntry(entry.receivedAt(), entry.origin(), fact)));
    }
}
