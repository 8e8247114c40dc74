/// The commands of the edge: running it, and questions to the one that runs, over its local API.
@NullMarked
package jp.kakunin.edge.cli;

import org.jspecify.annotations.NullMarked;
