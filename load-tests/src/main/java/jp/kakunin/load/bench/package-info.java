/// Measures single parts of the system under stated conditions: the way from tap to answer, the edge node's start and
/// memory, and how soon a month is forgotten. What the hub does at its limit is measured in `hotpath`.
@NullMarked
package jp.kakunin.load.bench;

import org.jspecify.annotations.NullMarked;
