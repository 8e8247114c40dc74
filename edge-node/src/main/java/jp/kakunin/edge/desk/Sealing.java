package jp.kakunin.edge.desk;

import java.time.LocalDate;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;
import org.jspecify.annotations.Nullable;

/// What a card signs for a check, and how its evidence is sealed so that the authority adapter alone can open it.
public interface Sealing {
    byte[] signedContent(CheckId check, InstitutionCode clinic, LocalDate treatmentDate);

    byte[] seal(CheckId check, byte[] certificate, byte @Nullable [] signature);
}
