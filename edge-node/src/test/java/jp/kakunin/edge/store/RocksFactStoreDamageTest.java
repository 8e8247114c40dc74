package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksFactStoreDamageTest {
    private static final int FACTS = 300;
    private static final int FACTS_PER_WRITE = 5;

    @TempDir
    Path directory;

    private final ClinicKeys keys = TestKeys.fresh();

    private static final Admission SHUT_OUT = new Admission(Refusal.DEVICE_REVOKED);

    private Path store;

    @BeforeEach
    void a_store_with_facts_in_its_log() {
        CrashedCopies copies = new CrashedCopies(directory);
        try (FactStore open = RocksFactStore.open(copies.next(), keys, Durability.SYNC)) {
            for (int n = 1; n <= FACTS; n += FACTS_PER_WRITE) {
                open.record(IntStream.range(n, n + FACTS_PER_WRITE)
                        .mapToObj(each -> withCard(check(each)))
                        .toList());
            }
            open.number(CLINIC, Outbox.begin(FactStoreContract.EPOCH));
            open.heard(FactStoreContract.HEARD);
            open.admission(CLINIC, SHUT_OUT);
            store = copies.next();
        }
    }

    @Test
    void a_log_cut_short_by_a_power_failure_is_no_damage() throws IOException {
        Path log = log();
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(log) - 5);
        }
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.condition()).isEqualTo(StoreCondition.HEALTHY);
            assertThat(open.facts(CLINIC, NOVEMBER)).hasSize(FACTS);
        }
    }

    @Test
    void damage_in_the_log_costs_no_more_than_the_records_it_hit() throws IOException {
        scratch(log(), 40_000);
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.condition()).isEqualTo(StoreCondition.SALVAGED);
            assertThat(open.facts(CLINIC, NOVEMBER).size()).isBetween(FACTS - 2 * FACTS_PER_WRITE, FACTS - 1);
            assertThat(open.outbox(CLINIC)).isNull();
            assertThat(open.unsent(CLINIC)).hasSameSizeAs(open.facts(CLINIC, NOVEMBER));
            assertThat(open.lastHeard()).isEqualTo(FactStoreContract.HEARD);
            assertThat(open.admission(CLINIC)).isEqualTo(SHUT_OUT);
        }
    }

    @Test
    void a_damaged_table_costs_no_more_than_its_bad_blocks() throws IOException {
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.facts(CLINIC, NOVEMBER)).hasSize(FACTS);
        }
        scratch(largest(".sst"), 9_000);
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.condition()).isEqualTo(StoreCondition.SALVAGED);
            assertThat(open.facts(CLINIC, NOVEMBER).size()).isBetween(FACTS - 60, FACTS - 1);
        }
    }

    @Test
    void without_its_catalogue_everything_is_salvaged() throws IOException {
        Files.delete(store.resolve("CURRENT"));
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.condition()).isEqualTo(StoreCondition.SALVAGED);
            assertThat(open.facts(CLINIC, NOVEMBER)).hasSize(FACTS);
        }
    }

    @Test
    void a_damaged_catalogue_costs_nothing() throws IOException {
        scratch(largest("MANIFEST"), 20);
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.condition()).isEqualTo(StoreCondition.SALVAGED);
            assertThat(open.facts(CLINIC, NOVEMBER)).hasSize(FACTS);
        }
    }

    @Test
    void the_damaged_store_is_set_aside_and_kept_as_it_was() throws IOException {
        scratch(log(), 40_000);
        byte[] before = Files.readAllBytes(log());
        RocksFactStore.open(store, keys, Durability.SYNC).close();
        Path aside = store.resolveSibling("store.set-aside-1");
        assertThat(Files.readAllBytes(aside.resolve(log(aside).getFileName().toString())))
                .isEqualTo(before);
    }

    @Test
    void a_salvage_cut_short_is_done_again() throws IOException {
        Files.move(store, store.resolveSibling("store.set-aside-1"));
        Files.createDirectory(store.resolveSibling("store.salvaging"));
        Files.createFile(store.resolveSibling("store.salvaging").resolve("000004.log"));
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThat(open.facts(CLINIC, NOVEMBER)).hasSize(FACTS);
        }
    }

    @Test
    void a_store_in_use_is_left_alone() {
        try (FactStore open = RocksFactStore.open(store, keys, Durability.SYNC)) {
            assertThatThrownBy(() -> RocksFactStore.open(store, keys, Durability.SYNC))
                    .isInstanceOf(StoreInUseException.class);
            assertThat(open.facts(CLINIC, NOVEMBER)).hasSize(FACTS);
        }
    }

    @Test
    void what_was_salvaged_is_opened_without_salvage_next_time() throws IOException {
        Files.delete(store.resolve("CURRENT"));
        RocksFactStore.open(store, keys, Durability.SYNC).close();
        RocksFactStore.open(store, keys, Durability.SYNC).close();
        assertThat(SetAside.of(store)).hasSize(1);
    }

    @Test
    void the_tenth_store_set_aside_is_later_than_the_second() throws IOException {
        for (int n : new int[] {10, 1, 2}) {
            Files.createDirectory(store.resolveSibling("store.set-aside-" + n));
        }

        assertThat(SetAside.of(store.resolveSibling("store")))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("store.set-aside-1", "store.set-aside-2", "store.set-aside-10");
    }

    private Path log() throws IOException {
        return log(store);
    }

    private static Path log(Path directory) throws IOException {
        return largestIn(directory, ".log");
    }

    private Path largest(String part) throws IOException {
        return largestIn(store, part);
    }

    private static Path largestIn(Path directory, String part) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void scratch(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] scratches = new byte[16];
            IntStream.range(0, scratches.length).forEach(i -> scratches[i] = (byte) (0xA5 ^ i));
            channel.write(ByteBuffer.wrap(scratches), at);
        }
    }
}
