package jp.kakunin.hub.authority;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.InsurerNumber;

/// One question about one person, as of one day. Its check makes it recognisable: asked twice, it is the same.
public sealed interface Inquiry {
    CheckId check();

    InstitutionCode clinic();

    LocalDate asOf();

    /// With the sealed evidence of a card.
    record ByCard(CheckId check, InstitutionCode clinic, LocalDate asOf, byte[] attachment) implements Inquiry {
        @Override
        public boolean equals(Object other) {
            return other instanceof ByCard inquiry
                    && check.equals(inquiry.check)
                    && clinic.equals(inquiry.clinic)
                    && asOf.equals(inquiry.asOf)
                    && Arrays.equals(attachment, inquiry.attachment);
        }

        @Override
        public int hashCode() {
            return Objects.hash(check, clinic, asOf, Arrays.hashCode(attachment));
        }

        @Override
        public String toString() {
            return "ByCard[" + check + "]";
        }
    }

    /// With what stands on an eligibility certificate, and the birth date.
    ///
    /// @param branch empty where the insurer uses none, or where the clinic does not know it
    record ByNumber(
            CheckId check,
            InstitutionCode clinic,
            LocalDate asOf,
            InsurerNumber insurer,
            String symbol,
            String number,
            String branch,
            LocalDate birthDate)
            implements Inquiry {
        @Override
        public String toString() {
            return "ByNumber[" + check + "]";
        }
    }
}
