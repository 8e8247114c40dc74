package jp.kakunin.edge.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.reader.ReaderTexts;

/// Everything the desk says, in one language. A missing key is a broken program, not an empty place on the screen.
final class Texts {
    private static final Map<Language, Texts> ALL = load();

    private final Properties texts;
    private final ReaderTexts reader;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Texts(Language language, String file) {
        this.texts = read(file);
        this.reader = new ReaderTexts(language.locale());
        this.date = DateTimeFormatter.ofPattern(language == Language.JA ? "M月d日(E)" : "EEE d MMM", language.locale());
    }

    static Texts in(Language language) {
        Texts texts = ALL.get(language);
        if (texts == null) {
            throw new IllegalStateException("no texts in " + language);
        }
        return texts;
    }

    String text(String key, Object... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text for " + key);
        }
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }

    /// A text that belongs to a constant, such as `standing.waiting`.
    String text(String family, Enum<?> constant) {
        return text(family + "." + constant.name().toLowerCase(Locale.ROOT));
    }

    String date(LocalDate day) {
        return date.format(day);
    }

    /// With its year: for what a wrong clock may have dated.
    String day(LocalDate day) {
        return day.getYear() + " " + date(day);
    }

    String moment(Instant instant) {
        return day(TreatmentMonth.dateAt(instant)) + " " + time(instant);
    }

    String time(Instant instant) {
        return time.format(ZonedDateTime.ofInstant(instant, TreatmentMonth.JAPAN));
    }

    ReaderTexts reader() {
        return reader;
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    private static Map<Language, Texts> load() {
        Map<Language, Texts> all = new EnumMap<>(Language.class);
        all.put(Language.JA, new Texts(Language.JA, "texts.properties"));
        all.put(Language.EN, new Texts(Language.EN, "texts_en.properties"));
        return all;
    }

    private static Properties read(String file) {
        try (InputStream stream = Texts.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing in the program");
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
