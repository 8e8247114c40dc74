package jp.kakunin.edge.reader;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// What the desk tells people about reader and card: one text for the staff, one for the IT supplier. Codes are those
/// of `ReaderState`, `ReaderFault` and the three results of a PIN below.
public final class ReaderTexts {
    public static final String WRONG_PIN = "P01";
    public static final String PIN_BLOCKED = "P02";
    public static final String LAST_TRY = "P03";

    private final ResourceBundle bundle;
    private final Locale locale;

    /// Japanese unless the locale is English, whatever the language of the machine.
    public ReaderTexts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                "jp.kakunin.edge.reader.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// @param arguments the tries left, for `WRONG_PIN`
    public String staff(String code, Object... arguments) {
        return text(code + ".staff", arguments);
    }

    public String supplier(String code, Object... arguments) {
        return text(code + ".supplier", arguments);
    }

    /// What to tell the staff about a reading that did not succeed; empty for one that did.
    public String staff(CardReading reading) {
        return switch (reading) {
            case CardReading.Read _ -> "";
            case CardReading.WrongPin(int triesLeft) -> staff(WRONG_PIN, triesLeft);
            case CardReading.PinBlocked() -> staff(PIN_BLOCKED);
            case CardReading.LastTry() -> staff(LAST_TRY);
            case CardReading.Failed failed -> staff(failed.fault().code());
        };
    }

    private String text(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}
