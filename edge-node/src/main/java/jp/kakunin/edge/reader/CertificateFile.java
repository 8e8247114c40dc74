package jp.kakunin.edge.reader;

import java.security.cert.CertificateException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the file with the user-authentication certificate. The file may be longer than the certificate, so the length
/// is the one that the certificate's own first bytes say.
final class CertificateFile {
    private static final int CERTIFICATE_BYTES_MAX = 8_192;
    private static final int SHORT_ANSWER_BYTES_MAX = 256;
    private static final int ASN1_SEQUENCE = 0x30;

    private final GuardedLink link;
    private final JpkiCard card;
    private boolean extendedRefused;

    CertificateFile(GuardedLink link, JpkiCard card) {
        this.link = link;
        this.card = card;
    }

    /// Whether the card or reader answered that it takes no long reads.
    boolean extendedRefused() {
        return extendedRefused;
    }

    /// The certificate, or null when this card wants the PIN first.
    @Nullable
    CardCertificate read(boolean tryExtended) throws CardTrouble, Refusal {
        card.selectFile(Jpki.EF_CERTIFICATE, ReaderFault.CERTIFICATE_UNREADABLE);
        if (tryExtended) {
            Answer whole = link.ask(Jpki.readWholeExtended());
            if (whole.ok() || whole.status == Answer.END_OF_FILE) {
                return parse(cut(whole.data));
            }
            if (whole.status == Answer.NOT_VERIFIED) {
                return null;
            }
            extendedRefused = whole.status == Answer.WRONG_LENGTH;
        }
        Answer first = link.ask(Jpki.readBinary(0, SHORT_ANSWER_BYTES_MAX));
        return first.status == Answer.NOT_VERIFIED ? null : parse(readOn(first));
    }

    private byte[] readOn(Answer first) throws CardTrouble, Refusal {
        requireData(first, 0);
        byte[] certificate = Arrays.copyOf(first.data, length(first.data));
        int have = Math.min(first.data.length, certificate.length);
        while (have < certificate.length) {
            int wanted = Math.min(SHORT_ANSWER_BYTES_MAX, certificate.length - have);
            Answer next = link.ask(Jpki.readBinary(have, wanted));
            requireData(next, have);
            int taken = Math.min(next.data.length, wanted);
            System.arraycopy(next.data, 0, certificate, have, taken);
            have += taken;
        }
        return certificate;
    }

    private static void requireData(Answer answer, int offset) throws Refusal {
        boolean some = answer.ok() || answer.status == Answer.END_OF_FILE;
        if (!some || answer.data.length == 0) {
            throw unreadable("READ at " + offset + ": " + answer.statusText());
        }
    }

    private static byte[] cut(byte[] file) throws Refusal {
        int length = length(file);
        if (length > file.length) {
            throw unreadable("certificate of " + length + " bytes in a file of " + file.length);
        }
        return Arrays.copyOf(file, length);
    }

    /// The length of the ASN.1 sequence at the start of the file, its own header included.
    static int length(byte[] head) throws Refusal {
        if (head.length >= 4 && head[0] == ASN1_SEQUENCE) {
            int second = head[1] & 0xFF;
            int length = switch (second) {
                case 0x81 -> 3 + (head[2] & 0xFF);
                case 0x82 -> 4 + (((head[2] & 0xFF) << 8) | (head[3] & 0xFF));
                default -> second < 0x80 ? 2 + second : Integer.MAX_VALUE;
            };
            if (length <= CERTIFICATE_BYTES_MAX) {
                return length;
            }
        }
        throw unreadable("the file does not start like a certificate");
    }

    private static CardCertificate parse(byte[] der) throws Refusal {
        try {
            return CardCertificate.parse(der);
        } catch (CertificateException e) {
            throw unreadable("not a certificate: " + e.getClass().getSimpleName());
        }
    }

    private static Refusal unreadable(String detail) {
        return new Refusal(ReaderFault.CERTIFICATE_UNREADABLE, detail);
    }
}
