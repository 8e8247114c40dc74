package jp.kakunin.load.up;

import java.io.IOException;
import jp.kakunin.load.card.CardBox;
import jp.kakunin.load.card.DemoCard;
import jp.kakunin.load.card.VpcdLink;
import org.jspecify.annotations.Nullable;

/// Puts virtual cards on a reader that takes them on a port of this machine.
final class VirtualHand implements CardHand {
    private final CardBox box;
    private final int port;
    private @Nullable VpcdLink lying;

    VirtualHand(CardBox box, int port) {
        this.box = box;
        this.port = port;
    }

    @Override
    public synchronized String putDown(String card) throws IOException {
        takeAway();
        lying = VpcdLink.insert(port, box.card(card));
        return DemoCard.PIN;
    }

    @Override
    public synchronized void takeAway() {
        if (lying != null) {
            lying.close();
            lying = null;
        }
    }
}
