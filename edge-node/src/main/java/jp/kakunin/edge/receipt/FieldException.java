package jp.kakunin.edge.receipt;

/// A field of a request is not understood; says which, never what stood in it.
final class FieldException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    FieldException(String field) {
        super(field);
        this.field = field;
    }

    String field() {
        return field;
    }
}
