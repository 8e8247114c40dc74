package jp.kakunin.edge.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksForgettingTest extends ForgettingContract {
    private static final int FACTS = 50;

    @TempDir
    private Path directory;

    private final TestKeys vault = new TestKeys();
    private @Nullable CrashedCopies copies;

    @Override
    FactStore openAgain() {
        return open(vault, image());
    }

    /// The files as they lie now.
    private Path image() {
        if (copies == null) {
            copies = new CrashedCopies(directory);
        }
        return copies.next();
    }

    @Test
    void P4_no_byte_left_on_the_disk_or_in_a_copy_tells_of_a_month_that_is_gone() throws IOException {
        fillOctober();
        Path image = image();
        forget();

        assertThat(octoberIn(vault, image())).isZero();
        assertThat(octoberIn(vault, image)).isZero();
        assertThat(salvaged(vault, image)).isZero();
        assertThat(filesThatTell()).isEmpty();
    }

    /// The same look finds everything when the key was not destroyed.
    @Test
    void P4_the_look_finds_what_there_is_while_the_key_is_there() throws IOException {
        fillOctober();
        Path image = image();
        TestKeys kept = vault.copy();
        forget();

        assertThat(salvaged(kept, image)).isEqualTo(FACTS);
        assertThat(octoberIn(kept, image)).isEqualTo(FACTS);
    }

    @Test
    void a_store_whose_keys_are_lost_is_set_aside_and_what_can_be_read_is_brought_over() {
        store.record(List.of(Facts.withCard(Facts.check(1))));
        Path crashed = image();
        try (FactStore open = open(new TestKeys(), crashed)) {
            assertThat(open.condition()).isEqualTo(StoreCondition.SALVAGED);
            assertThat(open.facts(CLINIC, NOVEMBER)).isEmpty();
            assertThat(open.lastHeard()).isEqualTo(FactStoreContract.HEARD);
        }
    }

    private void fillOctober() {
        store.record(IntStream.rangeClosed(1, FACTS)
                .mapToObj(n -> Facts.withCard(Facts.check(n, OCTOBER, VisitKind.INITIAL, true)))
                .toList());
    }

    private void forget() {
        assertThat(store.forget(OCTOBER, List.of(CLINIC), () -> new Epoch(new UUID(9, 9))))
                .isTrue();
    }

    private static FactStore open(TestKeys vault, Path directory) {
        return RocksFactStore.open(directory, vault.open(), Durability.SYNC);
    }

    private static int octoberIn(TestKeys vault, Path image) {
        try (FactStore open = open(vault, image)) {
            return open.facts(CLINIC, OCTOBER).size();
        }
    }

    /// What the salvage finds in the files one by one, without the catalogue that knows of dropped months.
    private int salvaged(TestKeys vault, Path image) throws IOException {
        ClinicKeys keys = vault.open();
        CountingRows rows = new CountingRows();
        new Salvage(image, keys).bringOver(rows);
        return rows.facts;
    }

    private List<Path> filesThatTell() throws IOException {
        List<String> tales = IntStream.rangeClosed(1, FACTS)
                .mapToObj(n -> Facts.check(n).envelope().patient().value())
                .map(id -> new String(Ids.bytes(id), ISO_8859_1))
                .toList();
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String content = content(file);
                        return tales.stream().anyMatch(content::contains);
                    })
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_older_copy_of_the_store_beside_newer_keys_begins_a_new_stream_instead_of_dying() {
        fillOctober();
        Outbox outbox = Objects.requireNonNull(store.outbox(CLINIC));
        Unsent first = store.unsent(CLINIC).getFirst();
        store.number(
                CLINIC, outbox.number(first.id(), first.month(), store.encoded(CLINIC, first.month(), first.id())));
        Path older = image();
        forget();
        try (FactStore open = open(vault, older)) {
            assertThat(open.facts(CLINIC, OCTOBER)).isEmpty();
            assertThat(open.outbox(CLINIC)).isNull();
            assertThat(open.unsent(CLINIC)).isEmpty();
        }
    }
}
