package jp.kakunin.edge.exchange;

import jp.kakunin.exchange.Request;

/// A request on its way. The ticket tells two requests that look alike apart.
public record Sending(long ticket, Request request) {
    @Override
    public String toString() {
        return "Sending[" + ticket + "]";
    }
}
