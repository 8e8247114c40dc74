package jp.kakunin.edge;

/// Entry point of the edge process: `edge` in the launcher.
public final class EdgeMain {
    private EdgeMain() {}

    public static void main(String[] args) {
        System.err.println("edge: nothing to run yet");
        System.exit(70);
    }
}
