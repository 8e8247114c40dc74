package jp.kakunin.edge.desk;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.edge.reader.CardCertificate;

/// One clinic of the site, with the key that turns its patients' cards into patient ids: two devices of a clinic agree
/// on an id without talking, and two clinics cannot compare theirs.
public final class Clinic {
    private static final String HMAC = "HmacSHA256";

    private final InstitutionCode code;
    private final String name;
    private final SecretKeySpec patientKey;

    public Clinic(InstitutionCode code, String name, byte[] patientKey) {
        this.code = code;
        this.name = name;
        this.patientKey = new SecretKeySpec(patientKey, HMAC);
    }

    public InstitutionCode code() {
        return code;
    }

    public String name() {
        return name;
    }

    /// The first 16 bytes of HMAC-SHA256 over the certificate's serial number.
    PatientId patientOf(CardCertificate certificate) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(patientKey);
            ByteBuffer first = ByteBuffer.wrap(mac.doFinal(certificate.serial().toByteArray()));
            return new PatientId(new UUID(first.getLong(), first.getLong()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "Clinic[" + code + "]";
    }
}
