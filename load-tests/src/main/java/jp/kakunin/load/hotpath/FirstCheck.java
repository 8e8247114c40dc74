package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.ExchangeCodec;

/// A check that is sent again and again until there is a hub that takes it.
record FirstCheck(Fleet fleet, Fleet.Device device, EventLoop loop, ClinicStream.Push push) {
    private static final int OK = 200;
    private static final long AGAIN_MILLIS = 10;

    /// @return the time, by the clock of this machine's uptime
    CompletableFuture<Long> whenAcknowledged(ClinicStream stream) {
        CompletableFuture<Long> acknowledged = new CompletableFuture<>();
        again(stream, acknowledged);
        return acknowledged;
    }

    private void again(ClinicStream stream, CompletableFuture<Long> acknowledged) {
        var _ = fleet.connect(device, loop)
                .whenCompleteAsync(
                        (wire, _) -> {
                            if (wire == null) {
                                later(stream, acknowledged);
                            } else {
                                send(wire, stream, acknowledged);
                            }
                        },
                        loop);
    }

    private void later(ClinicStream stream, CompletableFuture<Long> acknowledged) {
        var _ = loop.schedule(() -> again(stream, acknowledged), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send(Wire wire, ClinicStream stream, CompletableFuture<Long> acknowledged) {
        wire.ask(wire.push(), push.body(), push.length(), new Wire.Taker() {
            @Override
            public void answered(int status, byte[] body) {
                long now = System.nanoTime();
                try {
                    if (status != OK) {
                        throw new IOException("the hub answered its first check with status " + status);
                    }
                    stream.acknowledged(ExchangeCodec.decodeReply(body));
                    acknowledged.complete(now);
                } catch (IOException | RuntimeException e) {
                    acknowledged.completeExceptionally(e);
                }
                wire.close();
            }

            @Override
            public void failed(Throwable cause) {
                later(stream, acknowledged);
            }
        });
    }
}
