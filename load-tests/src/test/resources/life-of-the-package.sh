#!/bin/sh
# Installs the package, uses it as its service would, upgrades, removes and purges it: in a copy of this machine that lies
# in memory and is gone with this process, so that nothing of it stays. Needs root, for the mounts, as the card tests do.
#
#   life-of-the-package.sh FOLDER DEB IDENTITY     starts itself again in a namespace of its own
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin

folder=$1
deb=$2
identity=$3
root=$folder/root
data=/var/lib/kakunin-edge

if [ "${4:-}" != apart ]; then
    exec unshare --mount --pid --fork --kill-child --propagation private sh "$0" "$folder" "$deb" "$identity" apart
fi

mount -t tmpfs none "$folder"
mkdir "$folder/upper" "$folder/work" "$root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs none "$root/run"
mount -t tmpfs none "$root/tmp"
cp "$deb" "$root/tmp/edge.deb"
cp -r "$identity" "$root/tmp/identity"

# Without the variables of whoever builds, as on a clinic's computer.
there() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_service() { there setpriv --reuid kakunin-edge --regid kakunin-edge --clear-groups --no-new-privs "$@"; }
fail() {
    echo "life-of-the-package: $*" >&2
    exit 1
}

there dpkg -i /tmp/edge.deb
there dpkg --verify kakunin-edge
there getent passwd kakunin-edge | grep -q ':/usr/sbin/nologin$' || fail "the service's user may log in"
[ -z "$(there find /opt/kakunin-edge ! -user root -o -perm /022 ! -type l)" ] || fail "others than root may change the program"
there systemd-analyze verify /lib/systemd/system/kakunin-edge.service
# The scale ends at 10.0, which is a service that may do anything.
there systemd-analyze security --offline=true --threshold=20 kakunin-edge.service >/dev/null || fail "the service may do too much"
echo "installed"

# What systemd makes of StateDirectory, and an identity as the activation leaves it.
there install -d -m 700 -o kakunin-edge -g kakunin-edge $data $data/edge
there cp -r /tmp/identity $data/edge/identity
there chown -R kakunin-edge: $data
command=$(there sed -n 's/^ExecStart=//p' /lib/systemd/system/kakunin-edge.service | sed 's/--port 8710/--port 0/')
start() {
    # shellcheck disable=SC2086 # words
    as_service $command >"$root/tmp/said" 2>&1 &
    waited=0
    until [ -f "$root$data/edge/edge.json" ]; do
        waited=$((waited + 1))
        [ $waited -lt 300 ] || fail "the service did not start: $(cat "$root/tmp/said")"
        sleep 0.2
    done
}
start
as_service kakunin-edge defer --data $data --patient-name 見本 >/dev/null
echo "used"

there dpkg -i /tmp/edge.deb
as_service kakunin-edge stop --data $data
wait
start
as_service kakunin-edge visits --data $data | grep -q 見本 || fail "the upgrade lost a visit"
as_service kakunin-edge stop --data $data
wait
echo "upgraded"

there dpkg -r kakunin-edge
[ ! -e "$root/opt/kakunin-edge" ] && [ ! -e "$root/usr/bin/kakunin-edge" ] || fail "the program stayed"
there dpkg -P kakunin-edge 2>&1 | grep -q "$data is kept" || fail "the purge does not say what it keeps"
[ -d "$root$data/edge/store" ] || fail "the purge destroyed checks that no hub has"
echo "purged"
