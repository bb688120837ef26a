#!/bin/sh
# Counts the states and transitions of race.pml by SPIN, exactly: no reduction, no
# hashing away of states. SPIN counts the first state as a transition, too; that
# one is taken off. Prints what oracle.txt holds.
set -eu
model=$(cd "$(dirname "$0")" && pwd)/race.pml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo "# persons changes faults: states transitions, by $(spin -V | cut -d' ' -f1-3); make oracle writes it."
for grid in "1 1 0" "1 2 0" "1 3 0" "1 3 1" "1 4 2" "2 1 0" "2 1 2" "2 2 0" "2 2 1" "2 2 2" "2 3 0" "2 3 1" "3 1 1" "3 2 0"; do
	set -- $grid
	spin -a -DC="$1" -DN="$2" -DK="$3" "$model" >/dev/null
	cc -O2 -DSAFETY -DNOREDUCE -DMEMLIM=2000 -o pan pan.c
	./pan -m1000000 -w22 >out
	grep -q 'errors: 0' out
	echo "$1 $2 $3: $(awk '/states, stored/ {s=$1} /transitions \(=/ {t=$1} END {print s, t-1}' out)"
done
