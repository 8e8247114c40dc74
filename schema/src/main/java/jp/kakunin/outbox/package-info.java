/// What an edge keeps on disk beside its facts, as values. Pure, like the domain.
@NullMarked
package jp.kakunin.outbox;

import org.jspecify.annotations.NullMarked;
