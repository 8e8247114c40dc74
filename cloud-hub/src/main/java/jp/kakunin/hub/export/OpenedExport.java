package jp.kakunin.hub.export;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;
import jp.kakunin.hub.export.ExportRefusedException.Reason;
import jp.kakunin.hub.journal.Journal;
import org.jspecify.annotations.Nullable;

/// An export out of its seal. Whose the certificate is, is still to be found out.
///
/// @param month to whose key it was sealed
public record OpenedExport(TreatmentMonth month, X509Certificate certificate, Export export) {
    private static final String COPY_AGAIN =
            "Copy it from the stick again; if that does not help, export again at the clinic.";

    /// @throws ExportRefusedException when it cannot be opened by this hub, now or ever
    public static OpenedExport of(byte[] file, Journal journal, Instant now) throws ExportRefusedException {
        ExportFile sealed = read(file);
        ExportFile.Opened opened = open(sealed, journal, now);
        return new OpenedExport(sealed.month(), opened.certificate(), opened.export());
    }

    private static ExportFile read(byte[] file) throws ExportRefusedException {
        if (!ExportFile.isExport(file)) {
            throw new ExportRefusedException(
                    Reason.NOT_AN_EXPORT,
                    "This is no sealed export. Import the files that `edge export` wrote; their names end in .sealed.");
        }
        if (file.length > Limits.EXPORT_BYTES_MAX) {
            throw tooLarge();
        }
        try {
            return ExportFile.read(file);
        } catch (MalformedFrameException _) {
            throw damaged();
        }
    }

    private static ExportFile.Opened open(ExportFile sealed, Journal journal, Instant now)
            throws ExportRefusedException {
        TreatmentMonth month = sealed.month();
        TreatmentMonth current = TreatmentMonth.at(now);
        TreatmentMonth through = journal.closedThrough();
        if (month.compareTo(current.previous()) < 0 || through != null && month.compareTo(through) <= 0) {
            throw new ExportRefusedException(
                    Reason.MONTH_FORGOTTEN,
                    "It is of treatment month " + month + ", which closed on " + month.closes()
                            + " and is forgotten: nobody can open this file any more. Destroy it.");
        }
        @Nullable KeyPair keys = month.compareTo(current.next()) > 0 ? null : journal.exportKeys(month);
        if (keys == null || !sealed.isSealedTo(keys.getPublic())) {
            throw new ExportRefusedException(
                    Reason.OTHER_HUB,
                    "It is sealed to a key that this hub does not have. Import it at the hub of that clinic; if this is"
                            + " the one and it has lost its month keys, export again once the clinic had a line.");
        }
        try {
            return sealed.open(keys.getPrivate());
        } catch (MalformedFrameException _) {
            throw damaged();
        }
    }

    private static ExportRefusedException damaged() {
        return new ExportRefusedException(
                Reason.DAMAGED, "The file is cut off or changed, and nothing of it can be believed. " + COPY_AGAIN);
    }

    public static ExportRefusedException tooLarge() {
        return new ExportRefusedException(
                Reason.TOO_LARGE,
                "A sealed export has at most " + Limits.EXPORT_BYTES_MAX + " bytes, this file is larger. "
                        + COPY_AGAIN);
    }
}
