package jp.kakunin.edge.activation;

import org.jspecify.annotations.Nullable;

/// An activation did not come about. Carries nothing that was typed.
public final class TroubleException extends Exception {
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    TroubleException(Trouble trouble, @Nullable Throwable cause) {
        super(trouble.code() + " " + trouble, cause);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
