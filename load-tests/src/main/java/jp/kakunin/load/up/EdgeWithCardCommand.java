package jp.kakunin.load.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.kakunin.edge.EdgeMain;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderOptions;
import jp.kakunin.load.card.LoopbackReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// An edge node that reads virtual cards without a PC/SC service. Started by `up` where there is none.
@Command(name = EdgeWithCardCommand.NAME, hidden = true)
public final class EdgeWithCardCommand implements Callable<Integer> {
    static final String NAME = "edge-with-card";

    @Option(
            names = "--card-port",
            required = true,
            converter = PortNumber.class,
            description = "Where virtual cards are put down.")
    private int cardPort;

    @Unmatched
    private List<String> edgeArguments = new ArrayList<>();

    @Override
    public Integer call() {
        return EdgeMain.run(edgeArguments.toArray(String[]::new), this::reader);
    }

    private CardReader reader() {
        try {
            return PortCardReader.start(LoopbackReader.listen(cardPort), ReaderOptions.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + cardPort + " for virtual cards cannot be used", e);
        }
    }
}
