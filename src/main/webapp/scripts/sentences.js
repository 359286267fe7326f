// Why, in one sentence.

import { duration, plural } from './format.js';

const CAUSES = {
  CREATED: 'Nobody has used it yet.',
  CONSECUTIVE_FAILURES: 'Too many calls in a row failed.',
  FAILURE_RATIO: 'Too large a part of the calls failed.',
  SLOW_RATIO: 'Too large a part of the calls was slow.',
  FLEET_RATE: 'Too large a part of all instances’ calls failed.',
  BREAK_OVER: 'The break is over.',
  LEASE_EXPIRED: 'An instance took over from one that did not answer.',
  PROBES_SUCCEEDED: 'Recovered: the probes succeeded.',
  PROBE_FAILED: 'The probe failed.',
  OUTAGE: 'Decided while the store was away.',
  RESTORED: 'The store had been set back to an older copy.',
  RESET: 'An operator reset it.',
};

const PAUSES = {
  CIRCUIT: 'circuit',
  OUTPUT: 'output',
  OPERATOR: 'operator',
  BACKPRESSURE: 'back-pressure',
  DEAD_LETTER: 'dead-letter topic',
  CORRUPT: 'corrupt batch',
};

export function pauseWord(cause) {
  return PAUSES[cause] ?? cause.toLowerCase();
}

/** The one line under a circuit's name. */
export function why(circuit) {
  if (circuit.override) {
    const verb = circuit.override.kind === 'ISOLATED' ? 'Held open' : 'Held closed';
    return `${verb} by ${circuit.override.actor}: ${circuit.override.reason}`;
  }
  if (circuit.pending) {
    return `Decided on this instance; the store has not confirmed it yet.${last(circuit)}`;
  }
  if (circuit.state === 'CLOSED') {
    return circuit.cause === 'PROBES_SUCCEEDED' || circuit.cause === 'RESET' ? CAUSES[circuit.cause] : '';
  }
  if (circuit.state === 'HALF_OPEN' && circuit.probe) {
    const probe = circuit.probe;
    return `${probe.holder} probes: ${probe.succeeded} of ${plural(probe.needed, 'needed success', 'needed successes')}.${last(circuit)}`;
  }
  return `${sentence(circuit)}${last(circuit)}`;
}

function sentence(circuit) {
  const detail = circuit.detail ?? CAUSES[circuit.cause] ?? circuit.cause ?? '';
  const text = detail.charAt(0).toUpperCase() + detail.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

// What the last call said, unless the sentence says it already.
function last(circuit) {
  const error = circuit.lastError;
  return error && !(circuit.detail ?? '').includes(error) ? ` Last: ${error}` : '';
}

export function countdownText(circuit, millis) {
  if (circuit.state === 'HALF_OPEN') {
    return millis > 0 ? `probing; the right to probe ends in ${duration(millis)}` : 'probing; the right to probe has ended';
  }
  return millis > 500 ? `next probe in ${duration(millis)}` : 'the next call probes';
}
