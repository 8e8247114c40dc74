#!/bin/sh
# The edge node as it is installed: the runtime, jars and native library beside this file. Becomes the Java machine, so
# that signals reach it.
set -eu
home=$(dirname "$(dirname "$(readlink -f "$0")")")

# Java reads the command line in the encoding of the locale and destroys what that lacks; names are Japanese.
case $(locale charmap 2>/dev/null || echo unknown) in
    UTF-8 | unknown) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac

if [ -f "$home/edge.aot" ]; then cache=-XX:AOTCache=$home/edge.aot; fi

# shellcheck disable=SC2086 # flags are words
exec "$home/runtime/bin/java" @COMMON@ @EDGE@ "-Djava.library.path=$home/native" "-Dkakunin.home=$home" \
    ${cache:+"$cache"} ${KAKUNIN_JAVA_OPTS:-} -jar "$home/app/edge-node.jar" "$@"
