package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The launcher of this repository, used as a person at a terminal uses it.
final class Launcher {
    /// Tests run in the folder of their module.
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();

    private static final long COMMAND_SECONDS_MAX = 300;

    private Launcher() {}

    /// A command that has ended.
    record Ended(int code, String out, String err) {}

    /// Starts a command that stays; what it says goes to the file.
    static Process start(Path said, List<String> arguments) throws IOException {
        return command(arguments)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run("", List.of(arguments));
    }

    /// @param input what the command reads from its standard input
    static Ended run(String input, List<String> arguments) throws IOException, InterruptedException {
        Path in = Files.createTempFile("kakunin-in", ".txt");
        Path out = Files.createTempFile("kakunin-out", ".txt");
        Path err = Files.createTempFile("kakunin-err", ".txt");
        try {
            Files.writeString(in, input);
            Process process = command(arguments)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            assertThat(ended).as("in time: %s", String.join(" ", arguments)).isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static ProcessBuilder command(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(REPOSITORY.resolve("kakunin").toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("KAKUNIN_JAVA_HOME", System.getProperty("java.home"));
        // Maven has just built what is tested here, and is still running.
        builder.environment().put("KAKUNIN_BUILD", "no");
        return builder;
    }
}
