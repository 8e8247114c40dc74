/// Where the hub keeps its files, and how it writes them: private, whole and one process at a time.
@NullMarked
package jp.kakunin.hub.disk;

import org.jspecify.annotations.NullMarked;
