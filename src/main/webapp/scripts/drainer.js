// The part of a card that shows a drainer: how many records wait, who works on them, and what holds them up.

import { el, renderIfChanged, setData, setHidden, setText } from './dom.js';
import { compact, count, duration, plural, rate } from './format.js';
import { byInstance } from './model.js';
import { pauseWord } from './sentences.js';
import { now, timeOfDay } from './clock.js';
import { Trend, trendLine } from './trend.js';

export function createDrainer() {
  const lag = new Trend();
  const handled = new Trend();
  const line = trendLine();
  const parts = {
    name: el('span', { className: 'drainer-name' }),
    state: el('span', { className: 'drainer-state' }),
    lag: el('dd', { className: 'figure-large' }),
    lagTrend: el('dd', { className: 'figure-note' }),
    handled: el('dd'),
    handledRate: el('dd', { className: 'figure-note' }),
    inFlight: el('dd'),
    buffered: el('dd', { className: 'figure-note' }),
    rejected: el('dd'),
    cause: el('p', { className: 'drainer-cause' }),
    blocking: el('p', { className: 'drainer-blocking' }),
    instances: el('ul', { className: 'instances', 'aria-label': 'Partitions by instance' }),
  };
  const root = el('section', { className: 'drainer' },
    el('div', { className: 'drainer-head' }, parts.name, parts.state),
    el('div', { className: 'drainer-figures' },
      el('dl', { className: 'figure figure-lag' }, el('dt', { text: 'Waiting' }), parts.lag, parts.lagTrend),
      line.root,
      el('dl', { className: 'figure' }, el('dt', { text: 'Handled' }), parts.handled, parts.handledRate),
      el('dl', { className: 'figure' }, el('dt', { text: 'In flight' }), parts.inFlight, parts.buffered),
      el('dl', { className: 'figure' }, el('dt', { text: 'Rejected' }), parts.rejected)),
    parts.cause, parts.blocking, parts.instances);

  function update(drainer) {
    const at = now();
    lag.add(at, drainer.lag);
    handled.add(at, drainer.handled);
    lag.draw(line.line, line.area);
    setText(parts.name, titleOf(drainer));
    setText(parts.state, drainer.state.toLowerCase());
    setData(parts.state, 'state', drainer.state);
    setText(parts.lag, drainer.lag === null ? 'unknown' : compact(drainer.lag));
    setText(parts.lagTrend, tendency(lag.perSecond()));
    setText(parts.handled, compact(drainer.handled));
    setText(parts.handledRate, handled.perSecond() === null ? '' : rate(Math.max(0, handled.perSecond())));
    setText(parts.inFlight, count(drainer.inFlight));
    setText(parts.buffered, `${compact(drainer.buffered)} fetched`);
    setText(parts.rejected, compact(drainer.rejected));
    setHidden(parts.cause, !drainer.cause);
    setText(parts.cause, drainer.cause ?? '');
    showBlocking(drainer.blocking);
    renderIfChanged(parts.instances, byInstance(drainer).map(stripped), (instances) => instances.map(instanceRow));
  }

  function showBlocking(blocking) {
    setHidden(parts.blocking, !blocking);
    if (blocking) {
      const since = Date.parse(blocking.since);
      setText(parts.blocking,
        `Record ${blocking.topic}-${blocking.partition} at ${count(blocking.offset)} has held its lane since `
        + `${timeOfDay(since)} (${duration(now() - since)}), ${plural(blocking.attempts, 'attempt')}`
        + `${blocking.lastError ? `: ${blocking.lastError}` : ''}`);
    }
  }

  return { root, update };
}

// The drainer's own name only where it is not the circuit's, which stands above.
function titleOf({ name, circuit, topics }) {
  const what = `drains ${topics.join(', ')}`;
  return name === circuit ? what.charAt(0).toUpperCase() + what.slice(1) : `${name} ${what}`;
}

function tendency(perSecond) {
  if (perSecond === null) {
    return '';
  }
  if (Math.abs(perSecond) < 0.05) {
    return 'steady';
  }
  return perSecond > 0 ? `▲ ${rate(perSecond)}` : `▼ ${rate(-perSecond)}`;
}

// Without what changes each second: else every row would be built anew each second.
function stripped({ instance, state, cause, partitions }) {
  return {
    instance,
    state,
    cause,
    partitions: partitions.map(({ topic, partition, causes }) => ({ topic, partition, causes })),
  };
}

function instanceRow({ instance, state, partitions }) {
  const causes = [...new Set(partitions.flatMap((partition) => partition.causes))].sort();
  const paused = partitions.filter((partition) => partition.causes.length).length;
  const said = partitions.length === 0
    ? 'no partition'
    : plural(partitions.length, 'partition') + (paused ? `, ${paused} paused` : '');
  return el('li', { className: 'instance' },
    el('span', { className: 'instance-name', text: instance }),
    el('span', { className: 'cells', 'aria-hidden': 'true' },
      ...partitions.map((partition) => el('span', {
        className: partition.causes.length ? 'cell cell-paused' : 'cell',
        title: `${partition.topic}-${partition.partition}${partition.causes.length ? `: paused by ${partition.causes.map(pauseWord).join(', ')}` : ''}`,
      }))),
    el('span', { className: 'instance-said', text: said }),
    ...causes.map((cause) => el('span', { className: 'chip', text: pauseWord(cause) })),
    ...(state === 'RUNNING' || state === 'PAUSED' ? [] : [el('span', { className: 'chip chip-state', text: state.toLowerCase() })]));
}
