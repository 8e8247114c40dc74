package jp.kakunin.edge.activation;

/// What keeps a device from being activated, with a code for the telephone that never changes. The desk's texts say for
/// each what the staff do now, and what the IT supplier looks at.
public enum Trouble {
    HUB_ADDRESS("A01", "hub"),
    HUB_CHECK("A02", "check"),
    HUB_UNREACHABLE("A03", "hub"),
    /// Another hub answers than the sheet means; nothing secret was sent.
    HUB_IS_ANOTHER("A04", "check"),
    INSTITUTION_CODE("A05", "institutionCode"),
    ID("A06", "id"),
    PASSWORD("A07", "password"),
    CODE("A08", "code"),
    TERMS("A09", "terms"),
    NOT_MATCHING("A10", "institutionCode"),
    LOCKED("A11", ""),
    CODE_SPENT("A12", "code"),
    TERMS_CHANGED("A13", "terms"),
    HUB_FAILED("A14", ""),
    IDENTITY_NOT_WRITTEN("A15", "");

    private final String code;
    private final String field;

    Trouble(String code, String field) {
        this.code = code;
        this.field = field;
    }

    public String code() {
        return code;
    }

    /// The form field it concerns; empty when none.
    public String field() {
        return field;
    }
}
