/// What a clinic's month stands at, told from the summaries of the journal.
@NullMarked
package jp.kakunin.hub.history;

import org.jspecify.annotations.NullMarked;
