// The table of publishers.

import { el, renderIfChanged, setHidden, setOrder } from './dom.js';
import { count } from './format.js';
import { shape, word } from './states.js';

export function createPublishers(section, body) {
  const rows = new Map();

  return {
    update(publishers, circuits) {
      const states = new Map(circuits.map((circuit) => [circuit.name, circuit.state]));
      setHidden(section, publishers.length === 0);
      setOrder(body, publishers.map((publisher) => {
        if (!rows.has(publisher.name)) {
          rows.set(publisher.name, el('tr'));
        }
        const row = rows.get(publisher.name);
        renderIfChanged(row, { ...publisher, instances: [], state: states.get(publisher.circuit) ?? null }, cells);
        return row;
      }));
    },
  };
}

function cells({ name, topic, circuit, state, acknowledged, failed, refused, inFlight, lastError }) {
  return [
    el('th', { scope: 'row', text: name }),
    el('td', { 'data-label': 'Circuit' }, el('span', { className: 'badge badge-small', 'data-state': state ?? '' },
      ...(state ? [shape(state), el('span', { text: word(state) })] : [el('span', { text: circuit })]))),
    el('td', { 'data-label': 'Topic', text: topic }),
    number('Acknowledged', acknowledged),
    number('Failed', failed),
    number('Refused', refused),
    number('In flight', inFlight),
    el('td', { className: 'error', 'data-label': 'Last error', text: lastError ?? '–' }),
  ];
}

function number(label, value) {
  return el('td', { className: value ? 'number' : 'number zero', 'data-label': label, text: count(value) });
}
