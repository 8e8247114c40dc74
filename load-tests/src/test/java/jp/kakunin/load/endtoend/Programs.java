package jp.kakunin.load.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the bad days are lived through with: the packaged programs, and the shims that are compiled for them.
final class Programs {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private Programs() {}

    /// The command that runs a module's program with the flags of the launcher.
    static List<String> java(String module, List<String> more) {
        Path jar = MODULE.resolveSibling(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run mvn package first");
        }
        var command = new ArrayList<>(List.of(
                JAVA.toString(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=jp.kakunin.avro"));
        command.addAll(more);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /// Compiles `src/test/c/NAME.c` into a library that can be preloaded.
    static Path shim(String name, Path folder) throws IOException, InterruptedException {
        Path library = folder.resolve("lib" + name + ".so");
        run(List.of(
                "gcc",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-O2",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                MODULE.resolve("src/test/c/" + name + ".c").toString()));
        return library;
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
