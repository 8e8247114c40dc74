/// The command line: `up` and `card` for people who try the system, `load` for those who must believe it.
@NullMarked
package jp.kakunin.load;

import org.jspecify.annotations.NullMarked;
