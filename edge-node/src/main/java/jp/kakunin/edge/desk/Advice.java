package jp.kakunin.edge.desk;

import jp.kakunin.domain.Answer;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/// What the desk shows of line, certificates, answers and data when something is not as it should be, with a code for
/// the telephone that never changes: a text for the staff, and one for the IT supplier. Readers, refused input and the
/// doctor have codes of their own.
enum Advice {
    NAME_NOT_FOUND("L01", "line.dns", "line.help.dns"),
    NO_CONNECTION("L02", "line.tcp", "line.help.tcp"),
    NO_SECURITY("L03", "line.tls", "line.help.tls"),
    NO_ANSWER_IN_TIME("L04", "line.timeout", "line.help.timeout"),
    NOT_A_HUB("L05", "line.hub", "line.help.hub"),
    BUSY("L06", "line.busy", "line.help.busy"),
    SIGN_IN_PAGE("L07", "line.portal", "line.help.portal"),
    DEVICE_EXPIRED("L08", "line.expired", "line.help.expired"),
    DEVICE_REFUSED("L09", "line.refused", "line.help.refused"),
    DEVICE_UNKNOWN("L10", "line.unknown", "line.help.unknown"),
    CLOCK_DOUBTFUL("T01", "clock.ask", "advice.clock"),
    CERTIFICATE_ENDS("C01", "tap.expires", "advice.expires"),
    CERTIFICATE_GRACE("C02", "tap.grace", "advice.grace"),
    CERTIFICATE_ENDED("C03", "tap.expired", "advice.expired"),
    CERTIFICATE_NEW("C04", "tap.new", "advice.new"),
    NO_ANSWER("Q01", "tap.no_answer.detail", "advice.no_answer"),
    COULD_NOT_ASK("Q02", "tap.could_not_ask.detail", "advice.could_not_ask"),
    INVALID("Q03", "next.show_document", "advice.invalid"),
    NEWER_EXISTS("Q04", "next.show_new_certificate", "advice.newer"),
    NOT_FOUND("Q05", "next.ask_insurer", "advice.not_found"),
    SEVERAL("Q06", "next.say_which", "advice.several"),
    CONTESTED("Q07", "next.clear_up", "advice.contested"),
    UNUSABLE("Q08", "next.tap_again", "advice.unusable"),
    LETTERS_MISSING("N01", "visit.unprintable", "advice.unprintable"),
    KANA_ONLY("N02", "visit.kana_only", "advice.kana_only"),
    /// Of receipt computers alone: the desk never sees an address.
    ADDRESS_MISSING("N03", "advice.address.staff", "advice.address");

    private final String code;
    private final String staffKey;
    private final String supplierKey;

    Advice(String code, String staffKey, String supplierKey) {
        this.code = code;
        this.staffKey = staffKey;
        this.supplierKey = supplierKey;
    }

    String code() {
        return code;
    }

    String staffKey() {
        return staffKey;
    }

    String supplierKey() {
        return supplierKey;
    }

    static @Nullable Advice of(ConnectionState connection) {
        return switch (connection) {
            case ConnectionState.Connected _ -> null;
            case ConnectionState.Refused refused ->
                refused.refusal() == Refusal.DEVICE_UNKNOWN ? DEVICE_UNKNOWN : DEVICE_REFUSED;
            case ConnectionState.Offline offline ->
                switch (offline.cause()) {
                    case STARTING -> null;
                    case DNS -> NAME_NOT_FOUND;
                    case TCP -> NO_CONNECTION;
                    case TLS -> NO_SECURITY;
                    case TIMEOUT -> NO_ANSWER_IN_TIME;
                    case HUB -> NOT_A_HUB;
                    case BUSY -> BUSY;
                    case PORTAL -> SIGN_IN_PAGE;
                    case EXPIRED -> DEVICE_EXPIRED;
                };
        };
    }

    static @Nullable Advice of(CertificateNote note) {
        return switch (note) {
            case NONE -> null;
            case NEW -> CERTIFICATE_NEW;
            case EXPIRES -> CERTIFICATE_ENDS;
            case GRACE -> CERTIFICATE_GRACE;
            case EXPIRED -> CERTIFICATE_ENDED;
        };
    }

    /// About a no of the authority.
    static Advice of(@Nullable Answer denial) {
        return switch (denial) {
            case Answer.InvalidNewerExists _ -> NEWER_EXISTS;
            case Answer.NotFound _ -> NOT_FOUND;
            case Answer.Several _ -> SEVERAL;
            case null, default -> INVALID;
        };
    }
}
