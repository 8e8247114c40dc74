package jp.kakunin.hub;

/// Entry point of the hub process: `hub` in the launcher.
public final class HubMain {
    private HubMain() {}

    public static void main(String[] args) {
        System.err.println("hub: nothing to run yet");
        System.exit(70);
    }
}
