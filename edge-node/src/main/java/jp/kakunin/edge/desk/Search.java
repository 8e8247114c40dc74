package jp.kakunin.edge.desk;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.kakunin.domain.Insured;
import org.jspecify.annotations.Nullable;

/// What somebody looks for in the history; every part may be missing.
///
/// @param name part of a name or its kana, in whichever width and kind of kana
/// @param word a standing's word as the list shows it, empty for all
record Search(@Nullable LocalDate from, @Nullable LocalDate until, String name, String word) {
    static final Search ALL = new Search(null, null, "", "");

    private static final int KATAKANA_MINUS_HIRAGANA = 'ア' - 'あ';

    static Search of(Map<String, String> fields) {
        return new Search(
                date(fields.get("from")),
                date(fields.get("until")),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("standing", ""));
    }

    boolean finds(DeskVisit visit) {
        LocalDate date = visit.judged().treatmentDate();
        return (from == null || !date.isBefore(from))
                && (until == null || !date.isAfter(until))
                && (word.isEmpty() || visit.word().equals(word))
                && (name.isBlank() || isNamed(visit));
    }

    private boolean isNamed(DeskVisit visit) {
        String wanted = plain(name);
        String kana = Optional.ofNullable(visit.insured()).map(Insured::kana).orElse("");
        String known = visit.name() == null ? "" : visit.name();
        return plain(known).contains(wanted) || plain(kana).contains(wanted);
    }

    /// Names come in every width, with and without a space, and kana is typed as either.
    private static String plain(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[\\s・]", "")
                .toLowerCase(Locale.ROOT);
        StringBuilder katakana = new StringBuilder();
        plain.chars().forEach(c -> katakana.append((char) (c >= 'ぁ' && c <= 'ゖ' ? c + KATAKANA_MINUS_HIRAGANA : c)));
        return katakana.toString();
    }

    private static @Nullable LocalDate date(@Nullable String typed) {
        try {
            return typed == null || typed.isBlank() ? null : LocalDate.parse(typed.strip());
        } catch (DateTimeException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "Search[redacted]";
    }
}
