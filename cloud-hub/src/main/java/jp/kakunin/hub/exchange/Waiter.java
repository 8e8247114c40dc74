package jp.kakunin.hub.exchange;

import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;

/// A device that waits for what is new in a clinic.
record Waiter(DeviceId device, Request.Wait request, CompletableFuture<Reply.Body> answer) {
    InstitutionCode clinic() {
        return request.clinic();
    }
}
