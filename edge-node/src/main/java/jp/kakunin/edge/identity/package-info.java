/// Who this edge is: its device, its clinics, its keys and the hub it belongs to, as `hub enrol` wrote them down.
@NullMarked
package jp.kakunin.edge.identity;

import org.jspecify.annotations.NullMarked;
