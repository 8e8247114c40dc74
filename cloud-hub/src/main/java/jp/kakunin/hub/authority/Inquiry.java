package jp.kakunin.hub.authority;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;

/// One question with the sealed card evidence to ask it with.
public record Inquiry(CheckId check, InstitutionCode clinic, LocalDate asOf, byte[] attachment) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Inquiry inquiry
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
        return "Inquiry[" + check + "]";
    }
}
