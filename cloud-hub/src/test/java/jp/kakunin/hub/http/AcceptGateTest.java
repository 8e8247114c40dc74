package jp.kakunin.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AcceptGateTest {
    private final List<Object> letIn = new ArrayList<>();

    private EmbeddedChannel listening(AcceptGate gate) {
        return new EmbeddedChannel(gate, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                letIn.add(accepted);
            }
        });
    }

    @Test
    void who_comes_while_all_handshakes_are_taken_is_turned_away_before_tls() {
        var gate = new AcceptGate(2, 10);
        EmbeddedChannel listening = listening(gate);
        var first = new EmbeddedChannel();
        var second = new EmbeddedChannel();
        var third = new EmbeddedChannel();

        listening.writeInbound(first, second, third);

        assertThat(letIn).containsExactly(first, second);
        assertThat(third.isOpen()).isFalse();
        assertThat(gate.handshakes()).isEqualTo(2);
        assertThat(gate.connections()).isEqualTo(2);
        assertThat(gate.turnedAway()).isEqualTo(1);
        assertThat(gate.admitted()).isZero();
    }

    @Test
    void a_place_is_free_again_when_a_connection_ends() {
        var gate = new AcceptGate(1, 10);
        EmbeddedChannel listening = listening(gate);
        var first = new EmbeddedChannel();
        listening.writeInbound(first);
        var _ = first.close();
        var second = new EmbeddedChannel();

        listening.writeInbound(second);

        assertThat(letIn).containsExactly(first, second);
        assertThat(gate.handshakes()).isEqualTo(1);
        assertThat(gate.connections()).isEqualTo(1);
    }

    @Test
    void no_more_connections_are_open_than_may_be() {
        var gate = new AcceptGate(10, 1);
        EmbeddedChannel listening = listening(gate);
        var first = new EmbeddedChannel();
        var second = new EmbeddedChannel();

        listening.writeInbound(first, second);

        assertThat(letIn).containsExactly(first);
        assertThat(second.isOpen()).isFalse();
    }
}
