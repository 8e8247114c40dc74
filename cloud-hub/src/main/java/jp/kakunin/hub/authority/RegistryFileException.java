package jp.kakunin.hub.authority;

import java.io.IOException;

/// A registry file that cannot be used. Names line, column and remedy, and never repeats what stands there: it may be
/// about a person.
public final class RegistryFileException extends IOException {
    private static final long serialVersionUID = 1L;

    RegistryFileException(long line, String column, String remedy) {
        super("line " + line + ", column " + column + ": " + remedy);
    }

    RegistryFileException(long line, String remedy) {
        super("line " + line + ": " + remedy);
    }
}
