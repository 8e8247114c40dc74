/// Measures single parts of the system under stated conditions: the way from tap to answer, the edge node's start and
/// memory, and how many facts a second the hub keeps.
@NullMarked
package jp.kakunin.load.bench;

import org.jspecify.annotations.NullMarked;
