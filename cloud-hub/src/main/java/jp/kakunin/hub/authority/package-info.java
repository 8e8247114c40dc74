/// The national system behind a port, a registry read from a file, and who asks it what is still open.
@NullMarked
package jp.kakunin.hub.authority;

import org.jspecify.annotations.NullMarked;
