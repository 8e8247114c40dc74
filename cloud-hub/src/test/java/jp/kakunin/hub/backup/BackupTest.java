package jp.kakunin.hub.backup;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    private final Random random = new Random(1);
    private final Sample sample = new Sample(1);

    @TempDir
    Path directory;

    private HubFolder hub;
    private Path backup;

    @BeforeEach
    void a_hub_with_settings_and_secrets() throws IOException {
        hub = new HubFolder(directory.resolve("data"));
        backup = directory.resolve("backup");
        PrivateFile.write(hub.clinics(), "clinics");
        PrivateFile.write(hub.devices(), "devices");
        PrivateFile.write(hub.ports(), "ports");
        PrivateFile.write(hub.ca().resolve("ca-key.pem"), "authority");
        PrivateFile.write(hub.keys().resolve("clinics").resolve(CLINIC + ".key"), "clinic key");
        PrivateFile.write(hub.operatorPassword(), "password");
        PrivateFile.write(hub.registry(), "registry");
        PrivateFile.write(hub.receipts(), "receipts");
        assertThat(keys(hub).of(MONTH)).isNotNull();
    }

    /// Facts and head lie in different column families.
    @Test
    void a_copy_taken_while_commits_go_on_is_of_one_instant() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (RocksJournal journal = open()) {
            commit(journal);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    commit(journal);
                }
            });
            for (int i = 0; i < 5; i++) {
                Path copy = directory.resolve("copy-" + i);
                long before = journal.head(CLINIC).tip(MONTH).position();
                journal.copyTo(copy);
                long after = journal.head(CLINIC).tip(MONTH).position();
                assertThat(factsIn(copy, hub)).isBetween(before, after);
            }
            enough.set(true);
            writing.join();
        }
    }

    @Test
    void P4_a_backup_holds_what_a_hub_needs_and_neither_month_keys_nor_life_nor_password() throws IOException {
        open().close();

        Backup.take(hub, hub.store(), backup);

        List<String> names = Tree.files(backup).stream()
                .map(file -> backup.relativize(file).toString())
                .toList();
        assertThat(names)
                .contains(
                        "manifest",
                        "clinics.csv",
                        "devices.csv",
                        "ports.properties",
                        "erasures.jsonl",
                        "ca/ca-key.pem",
                        "keys/clinics/" + CLINIC + ".key",
                        "store/db/CURRENT")
                .noneMatch(name -> name.contains("month-keys")
                        || name.contains("life")
                        || name.contains("password")
                        || name.contains("registry"));
        for (Path file : Tree.files(backup)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    /// Backup, more work and restore within one life of the hub: the life file names the token of the copy too.
    @Test
    void a_store_put_back_in_the_life_it_was_taken_in_begins_a_new_incarnation() throws IOException {
        Incarnation first;
        try (RocksJournal journal = open()) {
            first = journal.incarnation();
            commit(journal);
            Path copy = directory.resolve("copy");
            journal.copyTo(copy);
            Backup.take(hub, copy, backup);
            commit(journal);
        }

        Restore.Result result = new Restore(hub, backup, new SecureRandom()).run(true);

        assertThat(result.setAside()).isEqualTo(hub.store().resolve("db.set-aside-1"));
        try (RocksJournal journal = open()) {
            assertThat(journal.incarnation()).isNotEqualTo(first);
            assertThat(journal.head(CLINIC).tip(MONTH).position()).isEqualTo(1);
        }
    }

    @Test
    void an_empty_data_directory_gets_everything_and_one_in_use_keeps_its_settings() throws IOException {
        try (RocksJournal journal = open()) {
            commit(journal);
        }
        Backup.take(hub, hub.store(), backup);
        HubFolder fresh = new HubFolder(directory.resolve("fresh"));
        PrivateFile.write(fresh.devices(), "newer devices");
        for (Path key : Tree.files(hub.monthKeys())) {
            PrivateFile.write(fresh.monthKeys().resolve(key.getFileName()), Files.readAllBytes(key));
        }

        Restore.Result result = new Restore(fresh, backup, new SecureRandom()).run(true);

        assertThat(result.setAside()).isNull();
        assertThat(result.kept()).containsExactly("devices.csv");
        assertThat(fresh.devices()).hasContent("newer devices");
        assertThat(fresh.ca().resolve("ca-key.pem")).hasContent("authority");
        assertThat(factsIn(fresh.store(), fresh)).isEqualTo(1);
    }

    @Test
    void a_store_whose_month_keys_are_lost_is_not_put_back_but_the_settings_may_be() throws IOException {
        try (RocksJournal journal = open()) {
            commit(journal);
        }
        Backup.take(hub, hub.store(), backup);
        HubFolder fresh = new HubFolder(directory.resolve("fresh"));
        Restore restore = new Restore(fresh, backup, new SecureRandom());

        assertThatThrownBy(() -> restore.run(true))
                .hasMessageContaining("the key of month 2026-11 is missing")
                .hasMessageContaining("--settings-only");
        assertThat(Tree.files(fresh.root())).containsExactly(fresh.runLock());

        restore.run(false);
        assertThat(fresh.ca().resolve("ca-key.pem")).hasContent("authority");
        assertThat(Tree.files(fresh.store())).isEmpty();
    }

    /// The month was open when the backup was taken, and is forgotten since.
    @Test
    void P4_a_month_forgotten_since_the_backup_does_not_come_back_with_it() throws Exception {
        try (RocksJournal journal = open()) {
            commit(journal);
        }
        Backup.take(hub, hub.store(), backup);
        try (RocksJournal journal = open()) {
            journal.closeMonth(MONTH).get(30, TimeUnit.SECONDS);
        }

        new Restore(hub, backup, new SecureRandom()).run(true);

        try (RocksJournal journal = open()) {
            assertThat(journal.read(CLINIC, MONTH, 0, 9)).isEmpty();
            assertThat(journal.head(CLINIC).tips()).isEmpty();
        }
    }

    @Test
    void a_damaged_or_unfinished_backup_is_refused_and_changes_nothing() throws IOException {
        open().close();
        Backup.take(hub, hub.store(), backup);
        byte[] manifest = Files.readAllBytes(backup.resolve("manifest"));
        HubFolder fresh = new HubFolder(directory.resolve("fresh"));

        Files.delete(backup.resolve("manifest"));
        assertThatThrownBy(() -> new Restore(fresh, backup, new SecureRandom()).run(true))
                .hasMessageContaining("holds no complete backup");
        Files.write(backup.resolve("manifest"), manifest);
        for (Path file : Tree.files(backup)) {
            if (!file.endsWith("manifest")) {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, "damaged".getBytes(StandardCharsets.US_ASCII));
                assertThatThrownBy(() -> new Restore(fresh, backup, new SecureRandom()).run(true))
                        .hasMessageContaining("the backup is damaged: " + file);
                Files.write(file, content);
            }
        }
        assertThat(Files.exists(fresh.store().resolve("db"))).isFalse();
        assertThat(Files.exists(fresh.clinics())).isFalse();
    }

    @Test
    void a_folder_in_use_and_a_running_hub_are_refused() throws IOException {
        open().close();
        Backup.take(hub, hub.store(), backup);

        assertThatThrownBy(() -> Backup.take(hub, hub.store(), backup)).hasMessageContaining("is not empty");
        try (FolderLock running = FolderLock.take(hub.runLock())) {
            assertThat(running).isNotNull();
            assertThatThrownBy(() -> new Restore(hub, backup, new SecureRandom()).run(true))
                    .hasMessageContaining("stop it first");
        }
    }

    private static MonthKeys keys(HubFolder of) {
        return MonthKeys.open(new KeyFolder(of.monthKeys()), new SecureRandom());
    }

    private RocksJournal open() throws IOException {
        return RocksJournal.open(hub.store(), keys(hub), Durability.SYNC, random);
    }

    private void commit(RocksJournal journal) {
        byte[] fact = FactCodec.encode(sample.deferred(sample.ids.patient(), TODAY));
        Draft draft = new Draft(CLINIC, journal.head(CLINIC)).append(MONTH, Sample.NOW, null, fact);
        journal.commit(draft.commit()).join();
    }

    /// As many as the head says, and no more.
    private static long factsIn(Path store, HubFolder of) throws IOException {
        long[] facts = {0};
        try (JournalImage image = JournalImage.open(store, keys(of))) {
            image.blocks(CLINIC, MONTH, (last, block) -> {
                facts[0] += Objects.requireNonNull(block).entries().size();
                assertThat(last).isEqualTo(facts[0]);
            });
            assertThat(Objects.requireNonNull(image.head(CLINIC)).tip(MONTH).position())
                    .isEqualTo(facts[0]);
        }
        return facts[0];
    }
}
