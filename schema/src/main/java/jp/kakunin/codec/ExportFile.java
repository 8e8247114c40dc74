package jp.kakunin.codec;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.XECPublicKey;
import java.time.DateTimeException;
import java.util.Arrays;
import jp.kakunin.avro.ExportRecord;
import jp.kakunin.avro.SignedExportRecord;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;

/// A sealed export as it lies on a stick. Who finds it learns the month and nothing else; when the hub has destroyed
/// the key of that month nobody can open it any more.
///
///     | "KAKUNIN EXPORT 1" | month index: 4 | SHA-256 of the hub's public key: 32 | sealed box … |
///
///     box        = sealed box of the signed export, with the 52 bytes before it as context
///     signature  = SHA256withECDSA( "kakunin export signature 1" | the 52 bytes | export ), by the device's key
///
/// The signature covers whom it is sealed for, so that no hub can pass an export on as if it had been given to another.
public final class ExportFile {
    private static final byte[] MAGIC = "KAKUNIN EXPORT 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNED = "kakunin export signature 1".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 32;
    private static final int HEAD_BYTES = MAGIC.length + Integer.BYTES + ID_BYTES;

    /// Facts and streams of an export, and what Avro counts besides.
    private static final int ITEMS_MAX = Limits.EXPORT_FACTS_MAX + 64;

    private static final RecordForm<ExportRecord> EXPORT = new RecordForm<>(ExportRecord.getClassSchema());
    private static final RecordForm<SignedExportRecord> SIGNED_EXPORT =
            new RecordForm<>(SignedExportRecord.getClassSchema());

    private final byte[] head;
    private final byte[] box;
    private final TreatmentMonth month;

    private ExportFile(byte[] head, byte[] box, TreatmentMonth month) {
        this.head = head;
        this.box = box;
        this.month = month;
    }

    /// What was in the file. The signature is that of this certificate; whose it is, the hub finds out.
    public record Opened(X509Certificate certificate, Export export) {}

    /// @param hub X25519, the hub's key of that month
    /// @param device the key of the certificate
    /// @throws IllegalArgumentException if the file would be over [Limits#EXPORT_BYTES_MAX]: put less into it
    public static byte[] seal(
            Export export, TreatmentMonth month, PublicKey hub, X509Certificate certificate, PrivateKey device) {
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .putInt(month.index())
                .put(idOf(hub).bytes())
                .array();
        byte[] content = encode(export);
        byte[] sealed;
        try {
            Signature signature = signature(head, content, s -> s.initSign(device));
            sealed = SealedBox.seal(
                    hub,
                    SIGNED_EXPORT.plain(new SignedExportRecord(
                            ByteBuffer.wrap(certificate.getEncoded()),
                            ByteBuffer.wrap(signature.sign()),
                            ByteBuffer.wrap(content))),
                    head);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("signing needs the P-256 key of the device's certificate", e);
        }
        if (HEAD_BYTES + sealed.length > Limits.EXPORT_BYTES_MAX) {
            throw new IllegalArgumentException("an export may have " + Limits.EXPORT_BYTES_MAX + " bytes, this one has "
                    + (HEAD_BYTES + sealed.length));
        }
        return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                .put(head)
                .put(sealed)
                .array();
    }

    public static boolean isExport(byte[] file) {
        return file.length >= MAGIC.length && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /// Reads what stands outside the seal.
    public static ExportFile read(byte[] file) throws MalformedFrameException {
        if (!isExport(file) || file.length < HEAD_BYTES || file.length > Limits.EXPORT_BYTES_MAX) {
            throw new MalformedFrameException("an export begins with its kind, month and key, and has at most "
                    + Limits.EXPORT_BYTES_MAX + " bytes");
        }
        byte[] head = Arrays.copyOf(file, HEAD_BYTES);
        try {
            TreatmentMonth month = TreatmentMonth.ofIndex(ByteBuffer.wrap(head).getInt(MAGIC.length));
            return new ExportFile(head, Arrays.copyOfRange(file, HEAD_BYTES, file.length), month);
        } catch (DateTimeException _) {
            throw new MalformedFrameException("the month of the export is none");
        }
    }

    public TreatmentMonth month() {
        return month;
    }

    public boolean isSealedTo(PublicKey hub) {
        return Arrays.equals(idOf(hub).bytes(), Arrays.copyOfRange(head, HEAD_BYTES - ID_BYTES, HEAD_BYTES));
    }

    /// @throws MalformedFrameException when it was sealed to another key, or any part of it was changed
    public Opened open(PrivateKey hub) throws MalformedFrameException {
        SignedExportRecord signed = SIGNED_EXPORT.fromPlain(SealedBox.open(hub, box, head), ITEMS_MAX);
        byte[] content = Atoms.bytes(signed.getExport());
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Atoms.bytes(signed.getCertificate())));
            Signature signature = signature(head, content, s -> s.initVerify(certificate.getPublicKey()));
            if (!signature.verify(Atoms.bytes(signed.getSignature()))) {
                throw new MalformedFrameException("the signature of the export is not that of its certificate");
            }
            return new Opened(certificate, decode(content));
        } catch (GeneralSecurityException _) {
            throw new MalformedFrameException("the export is not signed by a device");
        }
    }

    @FunctionalInterface
    private interface Start {
        void with(Signature signature) throws GeneralSecurityException;
    }

    private static Signature signature(byte[] head, byte[] content, Start start) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        start.with(signature);
        signature.update(SIGNED);
        signature.update(head);
        signature.update(content);
        return signature;
    }

    private static Digest idOf(PublicKey hub) {
        return Digest.of(SealedBox.point((XECPublicKey) hub));
    }

    static byte[] encode(Export export) {
        return EXPORT.plain(ExportRecords.record(export));
    }

    static Export decode(byte[] bytes) {
        try {
            return ExportRecords.export(EXPORT.fromPlain(bytes, ITEMS_MAX));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedFrameException("the export breaks a rule: " + e.getMessage());
        }
    }
}
