package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.codec.ExchangeCodec;

/// Devices that push. Anything but an acknowledgement that every fact was stored is the end.
final class Senders {
    private static final int OK = 200;

    private final Driver<Device> driver;
    private final Foundry foundry;
    private final Meter meter;
    private final int facts;
    private final List<ClinicStream> streams = new ArrayList<>();

    /// @param facts of one push
    Senders(EventLoop loop, Foundry foundry, Meter meter, int facts) {
        this.driver = new Driver<>(loop, this::push);
        this.foundry = foundry;
        this.meter = meter;
        this.facts = facts;
    }

    /// A device whose clinics push in turns.
    private static final class Device {
        private final Wire wire;
        private final Http2Headers headers;
        private final List<ClinicStream> streams;
        private int next;

        Device(Wire wire, List<ClinicStream> streams) {
            this.wire = wire;
            this.headers = wire.push();
            this.streams = streams;
        }

        ClinicStream stream() {
            ClinicStream stream = streams.get(next);
            next = (next + 1) % streams.size();
            return stream.isUnderWay() ? stream() : stream;
        }
    }

    /// @param underWayMax pushes of this device that may be under way at once; each of another clinic
    void add(Wire wire, List<ClinicStream> streamsOfDevice, int underWayMax) {
        Device device = new Device(wire, List.copyOf(streamsOfDevice));
        streams.addAll(streamsOfDevice);
        for (int i = 0; i < Math.min(underWayMax, streamsOfDevice.size()); i++) {
            driver.add(device);
        }
    }

    Driver<?> driver() {
        return driver;
    }

    Foundry foundry() {
        return foundry;
    }

    List<ClinicStream> streams() {
        return List.copyOf(streams);
    }

    /// Facts the hub said it stored, by the tallies of all streams.
    long stored() {
        return streams.stream().mapToLong(ClinicStream::stored).sum();
    }

    private void push(Device device, long intended) {
        ClinicStream stream = device.stream();
        ClinicStream.Push push = stream.next(foundry, facts);
        device.wire.ask(device.headers, push.body(), push.length(), new Wire.Taker() {
            @Override
            public void answered(int status, byte[] body) {
                try {
                    if (status != OK) {
                        throw new IOException("the hub answered a push with status " + status);
                    }
                    stream.acknowledged(ExchangeCodec.decodeReply(body));
                    meter.took(System.nanoTime() - intended, push.facts());
                    driver.free(device);
                } catch (IOException | RuntimeException e) {
                    driver.fail(e);
                }
            }

            @Override
            public void failed(Throwable cause) {
                driver.fail(cause);
            }
        });
    }
}
