/// Who comes when: the traffic model as data, and the plan of arrivals drawn from it under a seed or read from a replay
/// file.
@NullMarked
package jp.kakunin.load.population;

import org.jspecify.annotations.NullMarked;
