/// The exchange port: HTTPS for devices with a client certificate, and nobody else.
@NullMarked
package jp.kakunin.hub.http;

import org.jspecify.annotations.NullMarked;
