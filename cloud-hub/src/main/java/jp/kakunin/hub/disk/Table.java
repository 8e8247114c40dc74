package jp.kakunin.hub.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A CSV file with one header line, made to be read and edited by hand: empty lines and lines that begin with `#` are
/// passed over, and a wrong line is named by its number.
public record Table<T>(Path file, String note, List<String> header, Function<List<String>, T> read) {
    public List<T> rows() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        var rows = new ArrayList<T>();
        boolean atHeader = true;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = Csv.split(line.startsWith("\uFEFF") ? line.substring(1) : line);
            if (atHeader) {
                if (!fields.equals(header)) {
                    throw wrong(number, "the header must be " + Csv.join(header));
                }
                atHeader = false;
                continue;
            }
            if (fields.size() != header.size()) {
                throw wrong(number, "expected " + header.size() + " fields, found " + fields.size());
            }
            try {
                rows.add(read.apply(fields));
            } catch (RuntimeException e) {
                throw wrong(number, String.valueOf(e.getMessage()));
            }
        }
        return rows;
    }

    public void write(List<List<String>> rows) throws IOException {
        var text = new StringBuilder();
        note.lines().forEach(line -> text.append("# ").append(line).append('\n'));
        text.append(Csv.join(header)).append('\n');
        rows.forEach(row -> text.append(Csv.join(row)).append('\n'));
        PrivateFile.write(file, text.toString());
    }

    private IOException wrong(int line, String problem) {
        return new IOException(file.getFileName() + " line " + line + ": " + problem);
    }
}
