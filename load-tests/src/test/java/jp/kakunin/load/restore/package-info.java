/// The drill: a hub is put back from its backup while its devices go on.
@NullMarked
package jp.kakunin.load.restore;

import org.jspecify.annotations.NullMarked;
