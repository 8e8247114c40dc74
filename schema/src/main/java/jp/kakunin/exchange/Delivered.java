package jp.kakunin.exchange;

import jp.kakunin.domain.TreatmentMonth;

/// One fact of a clinic-month as the hub holds it.
public record Delivered(TreatmentMonth month, long position, byte[] fact) {}
