package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of standings as cases from the reception desk: `reconciliation-table.md` in the test resources.
final class ReconciliationTest {
    private static final int SHUFFLES = 20;
    private static final int ROWS_MIN = 150;
    private static final int SECTIONS_MIN = 21;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void the_table(String name, Row row) {
        List<Fact> facts = new ArrayList<>(Story.of(row.story()).facts());
        assertThat(Story.standings(row.month(), facts)).isEqualTo(row.standings());
        facts.add(facts.getFirst());
        for (int seed = 0; seed < SHUFFLES; seed++) {
            Collections.shuffle(facts, new Random(seed));
            assertThat(Story.standings(row.month(), facts)).as("seed %d", seed).isEqualTo(row.standings());
        }
    }

    static Stream<Arguments> the_table() throws IOException {
        return Row.all().stream().map(row -> Arguments.of(row.name(), row));
    }

    /// Every row of the rules and every kind of case has rows: an empty file would pass everything else.
    @Test
    void the_table_speaks_of_everything() throws IOException {
        List<Row> rows = Row.all();

        assertThat(rows).hasSizeGreaterThanOrEqualTo(ROWS_MIN);
        assertThat(rows).extracting(Row::name).doesNotHaveDuplicates();
        assertThat(rows.stream().map(Row::section).distinct().toList()).hasSizeGreaterThanOrEqualTo(SECTIONS_MIN);
    }

    @Test
    void the_proof_shows_what_was_answered_to_whom_and_as_of_when() {
        VisitStanding visit =
                judge("first visit 5: none a; answer b: valid X as of 20").getFirst();

        assertThat(visit.proof())
                .isEqualTo(new VisitStanding.Proof(
                        new CheckId(Samples.id("b")),
                        Notation.date("20"),
                        Notation.coverage("X"),
                        Samples.HANAKO,
                        Samples.NUMBER));
    }

    @Test
    void the_proof_of_a_document_shows_its_coverage_on_the_day() {
        VisitStanding visit = judge("first visit 5: certificate(Y) a").getFirst();

        assertThat(visit.proof())
                .isEqualTo(new VisitStanding.Proof(
                        new CheckId(Samples.id("a")), Notation.date("5"), Notation.coverage("Y"), null, null));
    }

    @Test
    void an_id_that_names_two_facts_names_none() {
        List<Fact> facts = new ArrayList<>(Story.of("first visit 5: none a").facts());
        facts.addAll(Story.of("first visit 5: certificate a").facts());
        facts.addAll(Story.of("repeat visit 6: none x; repeat visit 6: none b")
                .facts()
                .subList(1, 2));

        assertThat(Story.standings(Samples.NOVEMBER, facts)).isEqualTo("repeat 6: DEFERRED");
        assertThat(Story.standings(Samples.NOVEMBER, facts.reversed())).isEqualTo("repeat 6: DEFERRED");
    }

    private static List<VisitStanding> judge(String story) {
        return Reconciliation.judge(Samples.NOVEMBER, Story.of(story).facts());
    }
}
