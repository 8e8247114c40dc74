package jp.kakunin.load.card;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// The key pair in a card: its user-authentication certificate and the key that goes with it.
public record CardIdentity(X509Certificate certificate, PrivateKey key) {
    @Override
    public String toString() {
        return "CardIdentity[redacted]";
    }
}
