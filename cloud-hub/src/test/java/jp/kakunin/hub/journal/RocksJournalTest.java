package jp.kakunin.hub.journal;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.testing.OlderHub;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.Head;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

final class RocksJournalTest extends JournalContract {
    private static final int COMMITS = 20;

    private final Random random = new Random(1);

    @TempDir
    Path directory;

    @Override
    Journal open() throws IOException {
        return RocksJournal.open(directory.resolve("store"), keys(), Durability.SYNC, random);
    }

    @Override
    Journal reopen(Journal running) throws IOException {
        running.close();
        return open();
    }

    @Test
    void a_store_put_back_from_a_backup_begins_a_new_incarnation() throws IOException {
        Incarnation first = journal.incarnation();
        journal.close();
        copy(directory.resolve("store/db"), directory.resolve("backup"));
        open().close();
        delete(directory.resolve("store/db"));
        copy(directory.resolve("backup"), directory.resolve("store/db"));

        journal = open();

        assertThat(journal.incarnation()).isNotEqualTo(first);
    }

    @Test
    void a_store_marked_as_restored_begins_a_new_incarnation() throws IOException {
        Incarnation first = journal.incarnation();
        journal.close();
        RocksJournal.markRestored(directory.resolve("store"));

        journal = open();

        assertThat(journal.incarnation()).isNotEqualTo(first);
    }

    @Test
    void a_closed_journal_takes_nothing_more() {
        journal.close();

        assertThatThrownBy(() ->
                        journal.commit(new Draft(CLINIC, Head.EMPTY).commit()).get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(JournalBrokenException.class);
    }

    @Test
    void an_error_while_writing_breaks_the_journal_and_everybody_hears() throws IOException {
        journal.close();
        RocksJournal broken = RocksJournal.open(directory.resolve("store"), keys(), Durability.SYNC, random, (_, _) -> {
            throw new OutOfMemoryError("as it may happen at any time");
        });
        journal = broken;

        var commits = IntStream.range(1_000, 1_009)
                .mapToObj(i ->
                        new Draft(new InstitutionCode("139000" + i), Head.EMPTY).append(MONTH, NOW, null, new byte[1]))
                .map(draft -> journal.commit(draft.commit()))
                .toList();

        assertThat(broken.failure()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(commits)
                .allSatisfy(commit -> assertThatThrownBy(() -> commit.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(JournalBrokenException.class));
        assertThatThrownBy(() -> journal.closeMonth(MONTH).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(JournalBrokenException.class);
    }

    @Test
    void P6_a_damaged_row_in_quarantine_keeps_no_other_from_being_visited() throws Exception {
        Sample sample = new Sample(5);
        SetAside whole = new OlderHub(journal, sample)
                .take(sample.deferred(sample.ids.patient(), Sample.TODAY), null, Fact.QuarantineReason.UNKNOWN_SCHEMA);
        journal.close();
        try (Store store = new Store(directory.resolve("store/db"), Durability.SYNC, keys());
                WriteBatch batch = new WriteBatch()) {
            store.stage(batch, new Row(Sample.MONTH, Keys.quarantine(Sample.CLINIC, Digest.ZERO), new byte[40]));
            store.write(batch);
        }
        journal = open();

        List<Digest> visited = new ArrayList<>();
        journal.forEachQuarantined(null, each -> visited.add(each.content()));

        assertThat(visited).containsExactly(whole.content());
    }

    @Test
    void closing_is_no_failure() throws IOException {
        journal.close();
        RocksJournal closed = RocksJournal.open(directory.resolve("store"), keys(), Durability.SYNC, random);
        journal = closed;

        closed.close();

        assertThat(closed.failure()).isNotDone();
    }

    @Test
    void a_log_that_ends_in_an_unfinished_write_opens_with_all_before_it() throws Exception {
        Path log = logOfACrashed("crashed");
        byte[] written = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(written, written.length - 3));

        try (Journal reopened = RocksJournal.open(directory.resolve("crashed"), keys(), Durability.SYNC, random)) {
            assertThat(reopened.read(CLINIC, MONTH, 0, 99)).hasSize(COMMITS - 1);
        }
    }

    @Test
    void P1_a_log_damaged_in_the_middle_is_not_silently_cut() throws Exception {
        Path log = logOfACrashed("damaged");
        byte[] written = Files.readAllBytes(log);
        written[written.length / 2] ^= 1;
        Files.write(log, written);

        assertThatThrownBy(() -> RocksJournal.open(directory.resolve("damaged"), keys(), Durability.SYNC, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be opened");
    }

    /// What is on the disk when the process is killed after some commits.
    private Path logOfACrashed(String name) throws Exception {
        for (int i = 0; i < COMMITS; i++) {
            assertThat(journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                            .append(MONTH, NOW, null, new byte[100])
                            .commit()))
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .isInstanceOf(CommitResult.Committed.class);
        }
        copy(directory.resolve("store"), directory.resolve(name));
        try (Stream<Path> files = Files.walk(directory.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
        }
    }

    private static void copyOne(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MonthKeys keys() {
        return MonthKeys.open(new KeyFolder(directory.resolve("month-keys")), new SecureRandom());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
    }
}
