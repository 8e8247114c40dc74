/// What Prometheus is told: sums and times, never a clinic, a device or a patient.
@NullMarked
package jp.kakunin.hub.metrics;

import org.jspecify.annotations.NullMarked;
