package jp.kakunin.domain;

import java.time.LocalDate;

/// The person an answer speaks of, for display only: names are never used to join records.
public record Insured(String name, String kana, LocalDate birthDate) {
    @Override
    public String toString() {
        return "Insured[redacted]";
    }
}
