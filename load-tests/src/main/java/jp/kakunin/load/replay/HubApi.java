package jp.kakunin.load.replay;

import io.vertx.core.json.JsonObject;
import java.io.IOException;

/// What an operator can ask of the hub.
@FunctionalInterface
interface HubApi {
    JsonObject get(String path) throws IOException, InterruptedException;
}
