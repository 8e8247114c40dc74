package jp.kakunin.load.replay;

/// One parcel on its way. Belongs to its edge, which guards it.
final class Delivery {
    private final Parcel parcel;
    private final long intendedNanos;
    private boolean sent;
    private boolean acknowledged;

    Delivery(Parcel parcel, long intendedNanos) {
        this.parcel = parcel;
        this.intendedNanos = intendedNanos;
    }

    Parcel parcel() {
        return parcel;
    }

    long intendedNanos() {
        return intendedNanos;
    }

    /// `true` the first time.
    boolean markSent() {
        boolean first = !sent;
        sent = true;
        return first;
    }

    void acknowledge() {
        acknowledged = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }
}
