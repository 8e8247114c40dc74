package jp.kakunin.hub;

import jp.kakunin.hub.cli.HubCommand;

/// Entry point of the hub process: `hub` in the launcher.
public final class HubMain {
    private HubMain() {}

    public static void main(String[] args) {
        System.exit(HubCommand.commandLine(HubWorld.system()).execute(args));
    }
}
