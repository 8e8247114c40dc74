/// What the hub keeps, as values: entries, heads, stream states and summaries.
@NullMarked
package jp.kakunin.journal;

import org.jspecify.annotations.NullMarked;
