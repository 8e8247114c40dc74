package jp.kakunin.load;

/// What a script can rely on.
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int UNAVAILABLE = 69;

    private ExitCode() {}
}
