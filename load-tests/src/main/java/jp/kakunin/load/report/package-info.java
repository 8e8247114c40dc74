/// What a run found, so that a stranger can believe it or say why not: one record, from which the JSON, the page, the
/// histogram files and the comparison of two runs are made.
@NullMarked
package jp.kakunin.load.report;

import org.jspecify.annotations.NullMarked;
