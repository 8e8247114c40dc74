package jp.kakunin.load.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The vendors' guide, followed to the letter: each of its shell blocks runs against the sandbox, in one shell.
class SandboxGuideIT {
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Pattern BLOCK =
            Pattern.compile("^```sh\n(.*?)^```\n<!-- says: (.*?) -->$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String BLOCKS = "### block ";
    private static final long GUIDE_MINUTES_MAX = 5;
    private static final long STOP_SECONDS_MAX = 60;

    /// Some shapes that the guide names and the morning of the sandbox must have.
    private static final List<String> SHAPES = List.of(
            "\"relation\":\"FAMILY\"",
            "\"elderlyPercent\":20",
            "\"preschool\":true",
            "\"symbol\":\"\"",
            "\"lettersMissing\":true",
            // JSON writes it so: 𠮷.
            "\"name\":\"\\uD842\\uDFB7田",
            "\"standing\":\"CONFIRMED\"",
            "\"standing\":\"REFUSED\"",
            "\"standing\":\"ATTESTED\"",
            "\"standing\":\"DEFERRED\"",
            "\"by\":\"DOCUMENT\"",
            "見本県見本市一丁目");

    @TempDir
    private Path folder;

    private record Block(String commands, String says) {}

    @Test
    void every_recipe_of_the_guide_does_what_the_guide_says() throws Exception {
        Path said = folder.resolve("sandbox.log");
        Process sandbox = start(List.of("./kakunin", "sandbox"), said);
        try {
            Until.value(
                    "the sandbox is ready",
                    () -> Files.readString(said),
                    text -> text.contains("key of ") || !sandbox.isAlive(),
                    () -> "");
            List<Block> guide = guide();
            assertThat(guide).hasSizeGreaterThan(10);

            List<String> answers = follow(guide);

            for (int i = 0; i < guide.size(); i++) {
                assertThat(answers.get(i))
                        .as("after %s", guide.get(i).commands())
                        .contains(guide.get(i).says());
            }
            assertThat(Files.readString(folder.resolve("work").resolve("page.json")))
                    .contains(SHAPES);
        } finally {
            sandbox.destroy();
            assertThat(sandbox.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }
        refuses_a_folder_that_is_no_sandbox();
    }

    private void refuses_a_folder_that_is_no_sandbox() throws Exception {
        Path real = folder.resolve("real");
        Files.createDirectories(real.resolve("edge"));
        Path said = folder.resolve("refused.log");
        Process refused = start(List.of("./kakunin", "sandbox", "--data", real.toString()), said);
        assertThat(refused.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isNotZero();
        assertThat(Files.readString(said)).contains("holds data that are no sandbox", "Nothing was changed");
    }

    private static List<Block> guide() throws IOException {
        String text = Files.readString(REPOSITORY.resolve("ops").resolve("receipt-api.md"));
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        assertThat(blocks).as("blocks that say what they do").hasSize(text.split("```sh\n", -1).length - 1);
        return blocks;
    }

    /// One shell for all, as a vendor has one; in a folder of its own, for what a recipe leaves behind.
    private List<String> follow(List<Block> guide) throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.createSymbolicLink(work.resolve("kakunin"), REPOSITORY.resolve("kakunin"));
        Files.createSymbolicLink(work.resolve("ops"), REPOSITORY.resolve("ops"));
        StringBuilder script = new StringBuilder();
        guide.forEach(block ->
                script.append("echo; echo '").append(BLOCKS).append("'\n").append(block.commands()));
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        Path out = folder.resolve("guide.out");
        ProcessBuilder shell = command(List.of("bash", "-eu", "-o", "pipefail", file.toString()), out);
        Process process = shell.directory(work.toFile()).start();
        assertThat(process.waitFor(GUIDE_MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return List.of(text.split(BLOCKS + "\n", -1)).subList(1, guide.size() + 1);
    }

    private Process start(List<String> words, Path said) throws IOException {
        return command(words, said).directory(REPOSITORY.toFile()).start();
    }

    private ProcessBuilder command(List<String> words, Path said) {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        String java = System.getProperty("java.home");
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("KAKUNIN_JAVA_HOME", java);
        builder.environment().put("PATH", Path.of(java, "bin") + ":" + System.getenv("PATH"));
        // Maven has just built what is tested here, and is still running.
        builder.environment().put("KAKUNIN_BUILD", "no");
        return builder;
    }
}
