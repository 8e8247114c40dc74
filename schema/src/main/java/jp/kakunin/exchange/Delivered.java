package jp.kakunin.exchange;

import java.util.Arrays;
import java.util.Objects;
import jp.kakunin.domain.TreatmentMonth;

/// One fact of a clinic-month as the hub holds it.
public record Delivered(TreatmentMonth month, long position, byte[] fact) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Delivered delivered
                && month.equals(delivered.month)
                && position == delivered.position
                && Arrays.equals(fact, delivered.fact);
    }

    @Override
    public int hashCode() {
        return Objects.hash(month, position, Arrays.hashCode(fact));
    }

    @Override
    public String toString() {
        return "Delivered[" + month + " " + position + ", " + fact.length + " bytes]";
    }
}
