package jp.kakunin.load.up;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.ReceiptKeyFile;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.card.DemoCard;

/// The folder of a sandbox. It is marked as one, at the edge as well, so that nothing of it can be taken for real data,
/// nor real data for a sandbox.
///
///     edge/sandbox   the mark       vendor.sh   addresses and keys, for a shell       sandbox.json   run file
record SandboxFolder(DataDirectory directory) {
    /// Clinics that no register has.
    static final String CLINIC = "1380000016";
    static final String NEIGHBOUR = "1380000024";

    static final List<String> CLINICS = List.of(CLINIC + "=見本接骨院", NEIGHBOUR + "=見本鍼灸院");

    /// So many people of each kind there are, each with a card of their own.
    static final int ALIKE_MAX = 99;

    private static final int NUMBER_COLUMN = 6;
    private static final String KEY = "KAKUNIN_KEY";
    private static final String NEIGHBOUR_KEY = "KAKUNIN_KEY_2";

    static SandboxFolder of(Path root) {
        return new SandboxFolder(new DataDirectory(root));
    }

    Path runFile() {
        return directory.root().resolve("sandbox.json");
    }

    Path vendorFile() {
        return directory.root().resolve("vendor.sh");
    }

    private Path mark() {
        return directory.root().resolve("edge").resolve("sandbox");
    }

    boolean isNew() {
        return !Files.exists(mark());
    }

    /// Makes the folder, with the registry of its people; one that holds other data is left alone.
    void make() throws IOException, UnavailableException {
        if (!isNew()) {
            return;
        }
        if (Files.isDirectory(directory.root().resolve("edge"))
                || Files.isDirectory(directory.root().resolve("hub"))) {
            throw new UnavailableException(directory.root()
                    + " holds data that are no sandbox: name another folder with --data DIR. Nothing was changed");
        }
        Path hub = Files.createDirectories(directory.root().resolve("hub"));
        Files.writeString(hub.resolve("registry.csv"), registry());
        Files.createDirectories(mark().getParent());
        Files.writeString(mark(), "All data in this folder are synthetic.\n");
    }

    private static String registry() throws IOException {
        try (InputStream in = SandboxFolder.class.getResourceAsStream("sandbox-registry.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(SandboxFolder::alike)
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    static String card(String person, int which) {
        return person + "-" + which;
    }

    /// The lines of all who are like the person of this line: they differ in card and number.
    private static Stream<String> alike(String line) {
        String[] columns = line.split(",", -1);
        if (line.startsWith("#") || columns[0].contains("_")) {
            return Stream.of(line);
        }
        String person = columns[0];
        String number = columns[NUMBER_COLUMN];
        return IntStream.range(0, ALIKE_MAX).mapToObj(which -> {
            columns[0] = DemoCard.serialOf(card(person, which)).toString(16).toUpperCase(Locale.ROOT);
            columns[NUMBER_COLUMN] = which == 0 ? number : number + which;
            return String.join(",", columns);
        });
    }

    /// For the shell of a vendor: addresses as they are now, keys as they were made the first time.
    ///
    /// @return the variables
    Map<String, String> tellVendor(String desk, Path kakunin) throws IOException {
        Map<String, String> known = vendor();
        ReceiptKeyFile keys =
                new ReceiptKeyFile(directory.root().resolve("edge").resolve("receipt-keys"));
        Map<String, String> told = new TreeMap<>(Map.of(
                "DESK",
                desk.replaceAll("/$", ""),
                "SANDBOX",
                directory.root().toString(),
                "KAKUNIN",
                kakunin.toString()));
        told.put(KEY, known.containsKey(KEY) ? known.get(KEY) : keys.add("vendor", new InstitutionCode(CLINIC)));
        told.put(
                NEIGHBOUR_KEY,
                known.containsKey(NEIGHBOUR_KEY)
                        ? known.get(NEIGHBOUR_KEY)
                        : keys.add("vendor2", new InstitutionCode(NEIGHBOUR)));
        PrivateFile.write(
                vendorFile(),
                told.entrySet().stream()
                        .map(each -> "export " + each.getKey() + "='" + each.getValue() + "'\n")
                        .collect(Collectors.joining()));
        return told;
    }

    Map<String, String> vendor() throws IOException {
        if (!Files.exists(vendorFile())) {
            return Map.of();
        }
        try (Stream<String> lines = Files.lines(vendorFile())) {
            return lines.map(line -> line.substring("export ".length()).split("=", 2))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1].replace("'", "")));
        }
    }
}
