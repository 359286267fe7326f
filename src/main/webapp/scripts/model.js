// From the API's answers to what the page shows. Pure: no page, no clock.

import { STATES } from './states.js';

const DRAINER_TROUBLE = { FAILED: 0, WAITING: 1, PROBING: 2, PAUSED: 2, RUNNING: 4, STOPPED: 3 };
// A closed circuit whose drainer runs.
const QUIET = STATES.indexOf('CLOSED') * 10 + 4;
const KINDS = { drainer: 0, publisher: 1, custom: 2 };

/** One card per circuit, worst first. */
export function cardsOf({ circuits, drainers, publishers }) {
  return circuits
    .map((circuit) => ({
      circuit,
      drainers: drainers.filter((drainer) => drainer.circuit === circuit.name),
      publishers: publishers.filter((publisher) => publisher.circuit === circuit.name),
    }))
    .sort((left, right) =>
      badness(left) - badness(right)
      || (KINDS[left.circuit.kind] ?? 9) - (KINDS[right.circuit.kind] ?? 9)
      || left.circuit.name.localeCompare(right.circuit.name, 'en', { numeric: true }));
}

function badness({ circuit, drainers }) {
  const state = STATES.indexOf(circuit.state);
  const ofState = (state < 0 ? 0 : state) * 10;
  const ofDrainers = drainers.map((drainer) => (drainer.blocking ? 1 : DRAINER_TROUBLE[drainer.state] ?? 4));
  return ofState + Math.min(4, ...ofDrainers);
}

/** Where a card belongs: what needs a look is set apart from what works, and there like goes to like. */
export const GROUPS = ['attention', 'drainer', 'publisher', 'custom'];

export function groupOf(view) {
  return badness(view) < QUIET ? 'attention' : GROUPS.find((group) => group === view.circuit.kind) ?? 'custom';
}

export function countsOf(circuits) {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  for (const circuit of circuits) {
    counts[circuit.state] = (counts[circuit.state] ?? 0) + 1;
  }
  return counts;
}

/** Whether a card is shown under that filter: each word of the text must be found somewhere. */
export function matches({ circuit, drainers, publishers }, { text, state }) {
  if (state && circuit.state !== state) {
    return false;
  }
  const hay = [
    circuit.name, circuit.kind, circuit.state, circuit.cause, circuit.detail, circuit.lastError,
    ...circuit.instances.map((instance) => instance.instance),
    ...drainers.flatMap((drainer) => [drainer.name, drainer.state, drainer.group, ...drainer.topics, ...drainer.pauseCauses]),
    ...publishers.flatMap((publisher) => [publisher.name, publisher.topic]),
  ].join(' ').toLowerCase();
  return text.toLowerCase().split(/\s+/).every((part) => hay.includes(part));
}

/** A drainer's partitions gathered by instance; an instance without any is there too. */
export function byInstance(drainer) {
  return drainer.instances.map((instance) => ({
    ...instance,
    partitions: drainer.partitions
      .filter((partition) => partition.instance === instance.instance)
      .map((partition) => ({
        topic: partition.topic,
        partition: partition.partition,
        lag: partition.lag,
        causes: [...new Set([...partition.pauseCauses, ...instance.pauseCauses])].sort(),
      })),
  })).sort((left, right) => left.instance.localeCompare(right.instance, 'en', { numeric: true }));
}

export function lagOf(drainers) {
  const known = drainers.map((drainer) => drainer.lag).filter((lag) => lag !== null && lag !== undefined);
  return known.length ? known.reduce((sum, lag) => sum + lag, 0) : null;
}

/** What became different in a way that a person should hear of. */
export function transitions(before, after) {
  const states = new Map(before.map((circuit) => [circuit.name, circuit.state]));
  return after.filter((circuit) => states.has(circuit.name) && states.get(circuit.name) !== circuit.state);
}
