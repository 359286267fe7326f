#!/bin/sh
# Tries whether the unit tests notice when the product is broken on purpose. For each patch of this folder, or each one named:
# applies it to a copy of the working tree, runs the tests of circuits and stores, and tells which failed.
# Ends with 1 if a patch was not noticed. Usage, from the repository's root: src/test/sabotage/try.sh [no-epoch-fence ...]
set -eu
here=src/test/sabotage
tests='EdgesTest,EdgesModelTest,BreakerTest,ProbesTest,*CircuitStoreTest,DecisionWriterTest,Lost*Test,StoresClockTest,FleetSimulationTest'
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
for part in pom.xml .mvn .editorconfig db src; do
  [ ! -e "$part" ] || cp -R "$part" "$copy"
done
[ $# -gt 0 ] || set -- $(cd "$here" && ls -- *.patch | sed 's,\.patch$,,')
run() {
  rm -rf "$copy/target/surefire-reports"
  (cd "$copy" && mvn -q -o -Dquick -Dtidegate.simulation.runs=200 -Dtest="$tests" test > sabotage.log 2>&1)
}
if ! run; then
  echo "Nothing can be told: a test fails, or none ran, before anything was broken:"
  tail -20 "$copy/sabotage.log"
  exit 1
fi
unnoticed=0
for name in "$@"; do
  echo "== $name"
  patch -s -d "$copy" -p1 < "$here/$name.patch"
  run || true
  if [ ! -d "$copy/target/surefire-reports" ]; then
    echo "   no test ran:"
    tail -20 "$copy/sabotage.log"
    unnoticed=1
  elif ! grep -hE '^dev\.tidegate\..*<<< (FAILURE|ERROR)!' "$copy"/target/surefire-reports/*.txt \
    | sed -E 's/ --.*//; s/\(.*//; s/^dev\.tidegate\./   /' | sort -u | grep .; then
    echo "   NOT NOTICED"
    unnoticed=1
  fi
  patch -s -R -d "$copy" -p1 < "$here/$name.patch"
done
exit $unnoticed
