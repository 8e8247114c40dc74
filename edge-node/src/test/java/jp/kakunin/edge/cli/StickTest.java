package jp.kakunin.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StickTest {
    private static final String NAME = "kakunin-2026-11-0123456789ab.sealed";

    private final TimeLimit limit = new TimeLimit(Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        limit.close();
    }

    @Test
    void a_file_is_written_whole_for_its_owner_alone_and_nothing_lies_beside_it() throws IOException {
        Path file = Stick.at(folder, limit).write(NAME, new byte[] {1, 2});

        assertThat(file).hasBinaryContent(new byte[] {1, 2});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void a_folder_that_is_not_there_is_not_made() {
        Path missing = folder.resolve("not-plugged-in");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> Stick.at(missing, limit))
                .withMessageContaining("is the stick plugged in");
        assertThat(missing).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, is full; make room for 3 bytes",
        "Read-only file system, look for a lock on the stick",
        "Input/output error, plug the stick in again"
    })
    void what_is_wrong_with_it_is_said_with_a_remedy(String failure, String remedy) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> written((_, _) -> {
                    throw new IOException(failure);
                }))
                .withMessageContaining(remedy);
    }

    @Test
    void a_folder_of_somebody_else_is_told_as_such() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> written((file, _) -> {
                    throw new AccessDeniedException(file.toString());
                }))
                .withMessageContaining("name a folder that is yours");
    }

    @Test
    void P8_one_that_hangs_is_given_up() {
        CountDownLatch never = new CountDownLatch(1);
        try (TimeLimit shortly = new TimeLimit(Duration.ofSeconds(1))) {
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> Stick.at(folder, shortly, (_, _) -> {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    throw new IOException(e);
                                }
                            })
                            .write(NAME, new byte[3]))
                    .withMessageContaining("did not take " + NAME + " within 1 s");
        }
    }

    private void written(Stick.Writing writing) throws IOException {
        Stick.at(folder, limit, writing).write(NAME, new byte[3]);
    }
}
