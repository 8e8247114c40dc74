package jp.kakunin.hub.authority;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;

/// Who is insured, from a file; the demonstration file beside this class documents the format.
final class Registry {
    static final int ENTRIES_MAX = 1_000_000;

    private final Map<BigInteger, List<RegistryEntry>> bySerial = new HashMap<>();

    private Registry() {}

    static Registry load(Path csv) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (RegistryFileException e) {
            throw new IOException("registry " + csv + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new IOException("registry " + csv + ": is not UTF-8; save it as UTF-8", e);
        }
    }

    static Registry read(BufferedReader reader) throws IOException {
        Registry registry = new Registry();
        boolean headed = false;
        int entries = 0;
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!headed) {
                headed = true;
                checkHeader(number, line);
                continue;
            }
            if (++entries > ENTRIES_MAX) {
                throw new RegistryFileException(number, "more than " + ENTRIES_MAX + " lines; split the registry");
            }
            RegistryEntry entry = RegistryLine.parse(number, line);
            registry.bySerial
                    .computeIfAbsent(entry.certificateSerial(), _ -> new ArrayList<>())
                    .add(entry);
        }
        return registry;
    }

    /// What the registry says about the holder of that certificate for that day.
    Answer answer(BigInteger certificateSerial, LocalDate asOf) {
        List<RegistryEntry> known = bySerial.getOrDefault(certificateSerial, List.of());
        List<RegistryEntry> inForce =
                known.stream().filter(entry -> entry.coverage().inForceOn(asOf)).toList();
        return switch (inForce.size()) {
            case 0 -> notInForce(known, asOf);
            case 1 -> inForce(inForce.getFirst());
            default -> new Answer.Several();
        };
    }

    private static Answer inForce(RegistryEntry entry) {
        return switch (entry.state()) {
            case VALID -> new Answer.Valid(entry.coverage(), entry.insured());
            case SUSPENDED -> new Answer.Invalid(null);
            case UNREGISTERED -> new Answer.ValidUnregistered();
        };
    }

    private static Answer notInForce(List<RegistryEntry> known, LocalDate asOf) {
        Optional<Coverage> ended = known.stream()
                .map(RegistryEntry::coverage)
                .filter(coverage -> coverage.endsBefore(asOf))
                .max(Comparator.comparing(Coverage::from));
        boolean newerExists =
                known.stream().anyMatch(entry -> entry.coverage().from().isAfter(asOf));
        if (ended.isEmpty()) {
            return new Answer.NotFound();
        }
        return newerExists ? new Answer.InvalidNewerExists(ended.get()) : new Answer.Invalid(ended.get());
    }

    private static void checkHeader(int number, String line) throws RegistryFileException {
        String expected = String.join(",", RegistryLine.COLUMNS);
        if (!line.strip().equals(expected)) {
            throw new RegistryFileException(number, "the first line must name the columns: " + expected);
        }
    }
}
