package jp.kakunin.edge.disk;

/// A key that the operating system keeps for the account this program runs as, and never shows.
public interface OsKey {
    byte[] protect(byte[] secret);

    /// @throws ProtectionException when it was protected for another account or PC, or is damaged
    byte[] unprotect(byte[] protectedSecret) throws ProtectionException;
}
