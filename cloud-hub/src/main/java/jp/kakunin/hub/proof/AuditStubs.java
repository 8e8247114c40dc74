package jp.kakunin.hub.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.PrivateFile;

/// The audit stubs, one file a treatment month, only ever appended to and then deleted whole.
public final class AuditStubs {
    private static final String SUFFIX = ".csv";

    private final Path folder;

    public AuditStubs(Path folder) {
        this.folder = folder;
    }

    void append(TreatmentMonth month, List<AuditStub> stubs) throws IOException {
        PrivateFile.folder(folder);
        Files.write(
                folder.resolve(month + SUFFIX),
                stubs.stream().map(AuditStub::line).toList(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /// The line of that number, if it is still kept.
    public Optional<String> find(ProofNumber number) throws IOException {
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file)) {
                Optional<String> found =
                        lines.filter(line -> line.endsWith("," + number)).findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// Deletes the files of that month and all before it.
    void deleteThrough(TreatmentMonth last) throws IOException {
        for (Path file : files()) {
            if (month(file).compareTo(last) <= 0) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).matches("\\d{4}-\\d{2}\\" + SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static TreatmentMonth month(Path file) {
        String name = name(file);
        return TreatmentMonth.parse(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
