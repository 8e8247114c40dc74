package jp.kakunin.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import jp.kakunin.edge.activation.Tls;
import jp.kakunin.edge.identity.EdgeIdentity;

/// Sees which certificates the other end showed before they were judged.
final class Witness implements Consumer<X509Certificate[]> {
    private final Collection<X509Certificate> authorities;
    private volatile List<X509Certificate> shown = List.of();

    Witness(EdgeIdentity identity) throws GeneralSecurityException, IOException {
        authorities = Tls.certificates(Files.readString(identity.hubCertificates()));
    }

    @Override
    public void accept(X509Certificate[] chain) {
        shown = List.of(chain);
    }

    /// Who the other end is, when no authority of the hub vouches for it; empty when one does, or nobody was
    /// seen. A hub's own certificate that is refused all the same is over, not valid yet by this PC's clock, or of
    /// another name.
    String stranger() {
        if (shown.isEmpty() || shown.stream().anyMatch(this::isVouchedFor)) {
            return "";
        }
        X509Certificate first = shown.getFirst();
        return "the other end is " + first.getSubjectX500Principal() + ", issued by " + first.getIssuerX500Principal();
    }

    private boolean isVouchedFor(X509Certificate certificate) {
        return authorities.stream().anyMatch(authority -> signed(authority, certificate));
    }

    private static boolean signed(X509Certificate authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
