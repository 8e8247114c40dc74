package jp.kakunin.hub.cli;

/// What the commands end with.
final class ExitCode {
    static final int OK = 0;
    /// Failed or refused; the text on the error stream says why.
    static final int FAILED = 1;
    static final int USAGE = 2;
    /// What is kept is not what the facts say.
    static final int DIFFERENT = 65;
    /// What was asked about is not there.
    static final int UNKNOWN = 66;
    /// No hub runs on the data directory, or it does not answer.
    static final int NOT_RUNNING = 69;

    private ExitCode() {}
}
