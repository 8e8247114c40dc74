package jp.kakunin.edge.activation;

import java.net.URI;
import java.text.Normalizer;
import java.util.Locale;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.HubCheck;

/// What is typed from the set-up sheet: in any width, with spaces and dashes or without.
public record Sheet(InstitutionCode clinic, String id, String password, String code) {
    private static final int CODE_DIGITS = 12;
    private static final int PASSWORD_CHARACTERS_MAX = 200;
    private static final String HTTPS = "https://";

    /// @throws TroubleException naming the first field that cannot be
    public static Sheet typed(String clinic, String id, String password, String code) throws TroubleException {
        String institution = digits(clinic);
        if (!institution.matches("[0-9]{10}")) {
            throw new TroubleException(Trouble.INSTITUTION_CODE, null);
        }
        String name = plain(id).toUpperCase(Locale.ROOT);
        if (!name.matches("W[0-9]{7}")) {
            throw new TroubleException(Trouble.ID, null);
        }
        String word = plain(password);
        if (word.isEmpty() || word.length() > PASSWORD_CHARACTERS_MAX) {
            throw new TroubleException(Trouble.PASSWORD, null);
        }
        String twelve = digits(code);
        if (!twelve.matches("[0-9]{" + CODE_DIGITS + "}")) {
            throw new TroubleException(Trouble.CODE, null);
        }
        return new Sheet(new InstitutionCode(institution), name, word, twelve);
    }

    /// The hub's address; `https://` may be left out.
    public static URI hub(String typed) throws TroubleException {
        String text = plain(typed).replaceAll("/+$", "");
        try {
            URI hub = URI.create(text.contains("://") ? text : HTTPS + text);
            if ("https".equals(hub.getScheme())
                    && hub.getHost() != null
                    && hub.getRawPath().isEmpty()) {
                return hub;
            }
            throw new TroubleException(Trouble.HUB_ADDRESS, null);
        } catch (IllegalArgumentException e) {
            throw new TroubleException(Trouble.HUB_ADDRESS, e);
        }
    }

    public static HubCheck check(String typed) throws TroubleException {
        try {
            return HubCheck.parse(typed);
        } catch (IllegalArgumentException e) {
            throw new TroubleException(Trouble.HUB_CHECK, e);
        }
    }

    private static String digits(String typed) {
        return plain(typed).replaceAll("[\\s\\p{Pd}ー−]", "");
    }

    private static String plain(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
    }

    @Override
    public String toString() {
        return "Sheet[" + clinic + "]";
    }
}
