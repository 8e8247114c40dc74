package jp.kakunin.load;

/// Entry point of the developer's commands: `up`, `card`, `load` and `help` in the launcher.
public final class KakuninMain {
    private KakuninMain() {}

    public static void main(String[] args) {
        System.err.println("kakunin: nothing to run yet");
        System.exit(70);
    }
}
