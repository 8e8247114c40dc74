package jp.kakunin.load.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.kakunin.edge.EdgeMain;
import jp.kakunin.edge.reader.CardReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// A real edge node whose cards take no time.
@Command(name = InstantEdgeCommand.NAME, hidden = true)
public final class InstantEdgeCommand implements Callable<Integer> {
    static final String NAME = "edge-with-instant-card";

    @Option(names = "--cards", required = true, description = "Folder of certificates.")
    private Path cards;

    @Option(names = "--first", defaultValue = "0", description = "The card of the first patient, counted from 0.")
    private int first;

    @Unmatched
    private List<String> edgeArguments = new ArrayList<>();

    @Override
    public Integer call() {
        return EdgeMain.run(edgeArguments.toArray(String[]::new), this::reader);
    }

    private CardReader reader() {
        try {
            return InstantReader.of(cards, first);
        } catch (IOException e) {
            throw new UncheckedIOException("the cards cannot be used", e);
        }
    }
}
