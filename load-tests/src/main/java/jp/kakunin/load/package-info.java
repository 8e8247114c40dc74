/// The developer's commands, load and end-to-end tests.
@NullMarked
package jp.kakunin.load;

import org.jspecify.annotations.NullMarked;
