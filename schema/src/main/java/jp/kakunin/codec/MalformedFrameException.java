package jp.kakunin.codec;

/// Bytes that are not what they should be. The message names the rule that was broken and never quotes content, so that
/// it may be logged and sent back.
public final class MalformedFrameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedFrameException(String message) {
        super(message);
    }
}
