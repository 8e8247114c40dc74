package jp.kakunin.hub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A restore takes a file that is there for one to be kept: it must never be a half.
final class CopyingTest {
    @TempDir
    Path folder;

    @Test
    void what_cannot_be_read_leaves_nothing_under_the_name() {
        Path to = folder.resolve("devices.csv");
        assertThatThrownBy(() -> Copying.copy(folder.resolve("gone.csv"), to)).isInstanceOf(IOException.class);
        assertThat(to).doesNotExist();
    }

    @Test
    void what_breaks_off_leaves_nothing_under_the_name_and_may_be_copied_again() throws IOException {
        Path to = folder.resolve("devices.csv");
        Path unreadable = Files.createDirectory(folder.resolve("opens-and-cannot-be-read"));
        assertThatThrownBy(() -> Copying.copy(unreadable, to)).isInstanceOf(IOException.class);
        assertThat(to).doesNotExist();

        Path from = Files.writeString(folder.resolve("from.csv"), "devices");
        assertThat(Copying.copy(from, to)).isEqualTo(Copying.digest(from));
        assertThat(to).hasContent("devices");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(from, to, unreadable);
        }
    }
}
