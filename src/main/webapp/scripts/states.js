// The states of a circuit: each has a word, a shape and a colour, so that none of the three is needed alone.

import { svg } from './dom.js';

/** Worst first: the order of counters and cards. */
export const STATES = ['OPEN', 'HALF_OPEN', 'ISOLATED', 'BYPASSED', 'CLOSED'];

const WORDS = {
  OPEN: 'Open',
  HALF_OPEN: 'Half-open',
  ISOLATED: 'Isolated',
  BYPASSED: 'Bypassed',
  CLOSED: 'Closed',
};

const SHAPES = {
  // A ring that is broken: nothing flows.
  OPEN: () => [svg('path', { d: 'M8 1.5l4.6 1.9 1.9 4.6-1.9 4.6L8 14.5l-4.6-1.9L1.5 8l1.9-4.6z', className: 'solid' }),
    svg('path', { d: 'M5.5 5.5l5 5m0-5l-5 5', className: 'cut' })],
  HALF_OPEN: () => [svg('circle', { cx: 8, cy: 8, r: 6.2, className: 'line' }),
    svg('path', { d: 'M8 1.8a6.2 6.2 0 010 12.4z', className: 'solid' })],
  ISOLATED: () => [svg('rect', { x: 2, y: 2, width: 12, height: 12, rx: 2.5, className: 'solid' }),
    svg('path', { d: 'M5 8h6', className: 'cut' })],
  BYPASSED: () => [svg('path', { d: 'M8 1.8l6.4 11.6H1.6z', className: 'solid' }),
    svg('path', { d: 'M8 6v3.6m0 1.6v.2', className: 'cut' })],
  CLOSED: () => [svg('circle', { cx: 8, cy: 8, r: 6.8, className: 'solid' }),
    svg('path', { d: 'M5 8.2l2.1 2.1L11 6.2', className: 'cut' })],
};

export function word(state) {
  return WORDS[state] ?? state;
}

export function shape(state) {
  const draw = SHAPES[state] ?? (() => [svg('circle', { cx: 8, cy: 8, r: 6.2, className: 'line' })]);
  return svg('svg', { className: 'shape', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, ...draw());
}
