/// What a newcomer and the people at reception do, on real processes, with a real card stack and a real browser.
@NullMarked
package jp.kakunin.load.endtoend.reception;

import org.jspecify.annotations.NullMarked;
