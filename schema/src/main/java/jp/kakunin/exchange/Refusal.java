package jp.kakunin.exchange;

/// Why the hub did not look at a batch or a wait. The codes are for ever.
public enum Refusal {
    NOT_THIS_DEVICES_CLINIC,
    DEVICE_REVOKED,
    TOO_MANY_FACTS,
    BATCH_TOO_LARGE,
    OUT_OF_ORDER,
    INSTANCE_CLASH,
    /// Deciding about these facts fails each time: something the hub holds is damaged, or a rule of it is wrong.
    UNDECIDABLE,
    /// The certificate is not the one the hub has for this device: the device was removed or enrolled again.
    DEVICE_UNKNOWN,
    /// The device spoke for this clinic until its declaration ended. Only this makes a device remove what it keeps:
    /// a hub that merely does not know of the clinic may have been put back to before it did, and need it all back.
    DECLARATION_ENDED;

    /// Whether another clinic of the device may go on.
    public boolean isOfOneClinic() {
        return this == DECLARATION_ENDED || this == NOT_THIS_DEVICES_CLINIC;
    }
}
