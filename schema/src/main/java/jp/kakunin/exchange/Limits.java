package jp.kakunin.exchange;

import java.time.Duration;

/// The limits both sides keep to.
public final class Limits {
    /// One encoded fact.
    public static final int FACT_BYTES_MAX = 16 * 1024;

    /// One sealed attachment: certificate, signature and the seal around them.
    public static final int ATTACHMENT_BYTES_MAX = 8 * 1024;

    /// One request or reply body.
    public static final int FRAME_BYTES_MAX = 4 * 1024 * 1024;

    public static final int BATCH_FACTS_MAX = 500;
    public static final int LIVE_FACTS_MAX = 64;
    public static final int BATCH_BYTES_MAX = 1024 * 1024;
    public static final int BATCHES_MAX = 4;
    public static final int NEWS_FACTS_MAX = 1_000;
    public static final Duration WAIT_MAX = Duration.ofSeconds(55);

    /// One sealed export, and the facts in it; a device with more to give writes several. Sealing holds it some six
    /// times over, in an edge with 64 MiB of heap.
    public static final int EXPORT_BYTES_MAX = 1024 * 1024;

    public static final int EXPORT_FACTS_MAX = 5_000;

    private Limits() {}
}
