package jp.kakunin.edge;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.receipt.DropFolder;
import jp.kakunin.edge.receipt.ReceiptCharset;

/// Into which folders files for receipt computers are dropped: `DIR` of the only clinic, or `CLINIC=DIR`.
public record ReceiptFolders(List<String> wanted, ReceiptCharset charset) {
    public static final ReceiptFolders NONE = new ReceiptFolders(List.of(), ReceiptCharset.WINDOWS_31J);

    public ReceiptFolders {
        wanted = List.copyOf(wanted);
    }

    /// @param data the edge's own folder, where it notes up to where it has dropped
    Map<InstitutionCode, DropFolder> of(List<InstitutionCode> clinics, Path data) throws EdgeStartException {
        Map<InstitutionCode, DropFolder> folders = new HashMap<>();
        for (String each : wanted) {
            int sign = each.indexOf('=');
            InstitutionCode clinic = clinic(sign < 0 ? "" : each.substring(0, sign), clinics);
            Path folder = Path.of(each.substring(sign + 1)).toAbsolutePath().normalize();
            DropFolder drop = new DropFolder(folder, data.resolve("receipt-dropped-" + clinic.digits()), charset);
            if (folders.put(clinic, drop) != null) {
                throw new EdgeStartException("--receipt-folder names clinic " + clinic + " twice", null);
            }
        }
        return folders;
    }

    private static InstitutionCode clinic(String code, List<InstitutionCode> clinics) throws EdgeStartException {
        if (code.isEmpty() && clinics.size() == 1) {
            return clinics.getFirst();
        }
        return clinics.stream()
                .filter(clinic -> clinic.digits().equals(code))
                .findFirst()
                .orElseThrow(() -> new EdgeStartException(
                        "--receipt-folder must be CLINIC=DIR with a clinic of this site: " + clinics, null));
    }
}
