package jp.kakunin.journal;

import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.InstitutionCode;

/// The unit of dedup in transport: one device, one life of its store, one clinic.
public record StreamId(DeviceId device, Epoch epoch, InstitutionCode clinic) {}
