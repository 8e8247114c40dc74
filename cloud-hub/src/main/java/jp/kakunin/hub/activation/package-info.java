/// Activation: accounts of clinics with their passwords and activation codes, and what binds a code to one device.
@NullMarked
package jp.kakunin.hub.activation;

import org.jspecify.annotations.NullMarked;
