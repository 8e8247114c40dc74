package jp.kakunin.hub.reconcile;

import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Instance;

/// Who sent a batch, and how far it is believed.
public record Sender(DeviceId device, Instance instance, Trust trust) {
    public enum Trust {
        FULL,
        /// Revoked: taken into quarantine.
        QUARANTINE,
        /// Stolen: counted, and nothing else.
        NONE
    }
}
