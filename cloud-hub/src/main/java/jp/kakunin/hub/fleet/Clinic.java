package jp.kakunin.hub.fleet;

import java.time.LocalDate;
import jp.kakunin.domain.InstitutionCode;

/// A clinic as enrolled.
///
/// @param prefecture JIS X 0401 number
/// @param carrier of its line, as operators name it; empty when not known
/// @param kind of clinic, as operators name it; empty when not known
public record Clinic(
        InstitutionCode code, String name, LocalDate enrolled, int prefecture, String carrier, String kind) {
    /// What is known when only a device is enrolled.
    public Clinic(InstitutionCode code, String name, LocalDate enrolled) {
        this(code, name, enrolled, code.prefecture(), "", "");
    }
}
