package jp.kakunin.hub.activation;

import java.time.Duration;

/// Why a device was not activated, or its certificate not renewed.
public enum Refused {
    /// Institution code, ID, password or code is wrong. Which one is never told.
    NOT_MATCHING,
    /// Too many wrong tries on this account, or the operator locked it.
    LOCKED,
    /// Too many wrong tries from this address.
    TOO_MANY_TRIES,
    /// All is right, but the code was used or has expired.
    CODE_SPENT,
    /// The terms have changed since they were shown.
    TERMS_CHANGED,
    /// The device may not do anything any more.
    DEVICE_NOT_ACTIVE;

    /// For whoever has to wait.
    public static final Duration RETRY_AFTER = Tries.FIRST_LOCK;
}
