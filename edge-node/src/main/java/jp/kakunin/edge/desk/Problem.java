package jp.kakunin.edge.desk;

import java.util.Locale;

/// What the desk refuses, with a code for the telephone that never changes. `texts.properties` says for each what the
/// staff do now, and what the IT supplier looks at.
public enum Problem {
    NAME_MISSING("D01", "patientName"),
    NAME_TOO_LONG("D02", "patientName"),
    NAME_LOOKS_LIKE_A_NUMBER("D03", "patientName"),
    CLINIC_NOT_OF_THIS_SITE("D04", "clinic"),
    CLINIC_NOT_CHOSEN("D05", "clinic"),
    PATIENT_UNKNOWN("D06", "patient"),
    JOIN_OF_ONE_PATIENT("D07", "b"),
    VISIT_UNKNOWN("D08", "visit"),
    ORAL_NEEDS_REPEAT_VISIT("D09", "visit"),
    NO_EARLIER_RESULT("D10", "basis"),
    INSURER_MISSING("D11", "insurer"),
    INSURER_NOT_A_NUMBER("D12", "insurer"),
    DOCUMENT_NEEDS_CARD("D13", "reason"),
    PIN_NOT_FOUR_DIGITS("D14", "pin"),
    READING_ALREADY("D15", ""),
    FACT_UNKNOWN("D16", "fact"),
    FIELD_INVALID("D17", ""),
    DENIAL_NOT_SEEN("D18", "despite"),
    INSURER_CHECK_DIGIT("D19", "insurer"),
    STORE_FULL("D20", ""),
    STORE_FAILED("D21", ""),
    TOO_MUCH_AT_ONCE("D22", ""),
    NUMBER_MISSING("D23", "number"),
    COPAY_MISSING("D24", "copayPercent"),
    FROM_MISSING("D25", "from"),
    SYMBOL_TOO_LONG("D26", "symbol"),
    NUMBER_TOO_LONG("D27", "number"),
    BRANCH_INVALID("D28", "branch"),
    COPAY_INVALID("D29", "copayPercent"),
    FROM_INVALID("D30", "from"),
    UNTIL_INVALID("D31", "until"),
    NOT_IN_FORCE("D32", "from"),
    CLINIC_ENDED("D33", "clinic"),
    EXPORT_WITHOUT_KEY("D35", ""),
    EXPORT_INCOMPLETE("D36", ""),
    EXPORT_ALREADY("D37", ""),
    ALSO_SAME_CLINIC("D38", "also"),
    PASSCODE_WRONG("D39", "passcode"),
    PASSCODE_TOO_SOON("D40", "passcode"),
    PASSCODE_UNUSABLE("D41", "newPasscode"),
    PASSCODES_DIFFER("D42", "newPasscodeAgain"),
    TABLET_NAME_UNUSABLE("D43", "tabletName"),
    TABLETS_FULL("D44", ""),
    PAIRING_CODE_WRONG("D45", "code"),
    DOOR_NOT_WRITTEN("D46", ""),
    EXPORT_TOO_LATE("D53", ""),
    EXPORT_NOTHING("D54", ""),
    WRONG_HOST("W01", ""),
    FORM_EXPIRED("W02", ""),
    TOKEN_WRONG("W03", ""),
    NOT_FOUND("W04", ""),
    BODY_TOO_LARGE("W05", ""),
    LOCKED("W06", ""),
    NOT_PAIRED("W07", ""),
    INTERNAL("W09", "");

    private final String code;
    private final String field;

    Problem(String code, String field) {
        this.code = code;
        this.field = field;
    }

    public String code() {
        return code;
    }

    /// The form field it concerns; empty when none.
    String field() {
        return field;
    }

    String staffKey() {
        return "problem." + key() + ".staff";
    }

    String supplierKey() {
        return "problem." + key() + ".supplier";
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
