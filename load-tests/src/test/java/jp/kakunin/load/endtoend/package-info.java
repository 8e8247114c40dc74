/// The bad days, each lived through by real processes: power cuts, killed nodes, restored, cloned and full disks, wrong
/// clocks, lost replies and vanishing card readers.
@NullMarked
package jp.kakunin.load.endtoend;

import org.jspecify.annotations.NullMarked;
