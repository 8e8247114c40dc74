/// Seeded simulations of the whole network: the real edges and the real hub in one thread, through bad days.
@NullMarked
package jp.kakunin.load.simulation;

import org.jspecify.annotations.NullMarked;
