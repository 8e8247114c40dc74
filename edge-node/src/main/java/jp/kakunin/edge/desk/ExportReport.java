package jp.kakunin.edge.desk;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import jp.kakunin.domain.TreatmentMonth;

/// What a sealed export wrote.
///
/// @param left records that could not be sealed, by month: it is closed, or the hub never told its key
public record ExportReport(Path folder, List<ExportedFile> files, SortedMap<TreatmentMonth, Integer> left) {
    public ExportReport {
        files = List.copyOf(files);
    }

    /// @param month after whose close nobody can open it
    public record ExportedFile(String name, TreatmentMonth month, int records) {}

    int records() {
        return files.stream().mapToInt(ExportedFile::records).sum();
    }
}
