package jp.kakunin.load.simulation;

/// How bad the days of one seed are: how likely each thing goes wrong. Calm once the faults have healed.
final class Weather {
    private final Dice dice;
    private boolean calm;
    private final double requestLost;
    private final double replyLost;
    private final double doubled;
    private final double slow;
    private final double commitConflict;
    private final double commitFull;
    private final double hubDiesInCommit;

    Weather(Dice dice) {
        this.dice = dice;
        requestLost = level();
        replyLost = level();
        doubled = level();
        slow = level();
        commitConflict = level();
        commitFull = level() / 2;
        hubDiesInCommit = dice.chance(0.3) ? 0.02 : 0;
    }

    private double level() {
        return dice.pick(0.0, 0.0, 0.01, 0.05, 0.2);
    }

    void calmDown() {
        calm = true;
    }

    boolean losesRequest() {
        return strikes(requestLost);
    }

    boolean losesReply() {
        return strikes(replyLost);
    }

    boolean doublesRequest() {
        return strikes(doubled);
    }

    boolean conflicts() {
        return strikes(commitConflict);
    }

    boolean fillsTheQueue() {
        return strikes(commitFull);
    }

    boolean killsTheHubInCommit() {
        return strikes(hubDiesInCommit);
    }

    long latencyMillis() {
        return strikes(slow) ? dice.longTail(100, 20_000) : dice.between(5, 60);
    }

    long syncMillis() {
        return dice.between(1, 15);
    }

    boolean flip() {
        return dice.chance(0.5);
    }

    private boolean strikes(double probability) {
        return !calm && probability > 0 && dice.chance(probability);
    }
}
