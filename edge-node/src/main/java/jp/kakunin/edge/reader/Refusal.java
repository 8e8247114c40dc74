package jp.kakunin.edge.reader;

/// The card answered, and the answer ends the read.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ReaderFault fault;

    Refusal(ReaderFault fault, String detail) {
        super(detail, null, false, false);
        this.fault = fault;
    }

    ReaderFault fault() {
        return fault;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
