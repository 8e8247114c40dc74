package jp.kakunin.hub.fleet;

import java.time.LocalDate;
import jp.kakunin.domain.InstitutionCode;

/// A clinic as enrolled.
public record Clinic(InstitutionCode code, String name, LocalDate enrolled) {}
