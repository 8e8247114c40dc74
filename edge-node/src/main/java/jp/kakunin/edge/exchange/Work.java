package jp.kakunin.edge.exchange;

import java.util.List;

/// What the machine wants done: first, if so, hang up; then send.
public record Work(boolean hangUp, List<Sending> sendings) {
    public Work {
        sendings = List.copyOf(sendings);
    }
}
