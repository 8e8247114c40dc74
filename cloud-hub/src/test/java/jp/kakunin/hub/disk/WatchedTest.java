package jp.kakunin.hub.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedTest {
    @TempDir
    Path folder;

    private Table<Integer> table() {
        return new Table<>(
                folder.resolve("numbers.csv"),
                "Numbers.",
                List.of("name", "number"),
                fields -> Integer.parseInt(fields.get(1)));
    }

    @Test
    void a_changed_file_is_read_again() throws IOException {
        table().write(List.of(List.of("one", "1")));
        var watched = new Watched<>(folder.resolve("numbers.csv"), table()::rows);
        table().write(List.of(List.of("one", "1"), List.of("comma, \"and\" quote", "2")));

        assertThat(watched.get()).containsExactly(1, 2);
    }

    @Test
    void a_slip_of_the_editor_leaves_the_last_good_content_in_force() throws IOException {
        table().write(List.of(List.of("one", "1")));
        var watched = new Watched<>(folder.resolve("numbers.csv"), table()::rows);
        table().write(List.of(List.of("one", "wrong")));

        assertThat(watched.get()).containsExactly(1);
    }

    @Test
    void a_missing_file_is_an_empty_table() throws IOException {
        assertThat(table().rows()).isEmpty();
    }

    @Test
    void a_wrong_line_is_named() throws IOException {
        Files.writeString(folder.resolve("numbers.csv"), "# note\nname,number\none,1\ntwo\n");

        assertThatThrownBy(() -> table().rows()).hasMessage("numbers.csv line 4: expected 2 fields, found 1");
    }

    @Test
    void only_the_owner_may_read_what_is_written() throws IOException {
        Path file = folder.resolve("new").resolve("secret");
        PrivateFile.write(file, "text");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_lock_is_held_by_one_at_a_time() throws IOException {
        try (var held = FolderLock.tryTake(folder.resolve("lock"))) {
            assertThat(held).isNotNull();
            assertThat(FolderLock.tryTake(folder.resolve("lock"))).isNull();
        }
        try (var again = FolderLock.tryTake(folder.resolve("lock"))) {
            assertThat(again).isNotNull();
        }
    }
}
