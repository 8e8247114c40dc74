package jp.kakunin.hub.journal;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.journal.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksJournalTest extends JournalContract {
    private final Random random = new Random(1);

    @TempDir
    Path directory;

    @Override
    Journal open() throws IOException {
        return RocksJournal.open(directory.resolve("store"), Durability.SYNC, random);
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

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
    }
}
