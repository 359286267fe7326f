// One card per circuit. It is made once and brought up to date, so that focus and selection survive.

import { el, renderIfChanged, setData, setHidden, setOrder, setText } from './dom.js';
import { count, duration, plural, ratio } from './format.js';
import { now, timeOfDay } from './clock.js';
import { createDrainer } from './drainer.js';
import { countdownText, why } from './sentences.js';
import { shape, word } from './states.js';

export function createCard(name) {
  const drainers = new Map();
  const titleId = `circuit-${name}`;
  const bar = el('span', { className: 'countdown-bar' });
  const parts = {
    badge: el('span', { className: 'badge' }),
    kind: el('span', { className: 'kind' }),
    pending: el('span', { className: 'chip chip-pending', text: 'not confirmed' }),
    why: el('p', { className: 'why' }),
    since: el('p', { className: 'since' }),
    countdown: el('span'),
    countdownRow: null,
    figures: el('dl', { className: 'window' }),
    drainers: el('div', { className: 'drainers' }),
    publishers: el('p', { className: 'card-publisher' }),
  };
  parts.countdownRow = el('p', { className: 'countdown' }, parts.countdown, el('span', { className: 'countdown-track' }, bar));
  const root = el('article', { className: 'card', 'aria-labelledby': titleId },
    el('header', { className: 'card-head' },
      el('h3', { className: 'card-name', id: titleId, text: name }), parts.kind, parts.pending, parts.badge),
    el('div', { className: 'card-body' },
      el('div', { className: 'card-facts' }, parts.why, parts.since, parts.countdownRow, parts.figures, parts.publishers),
      parts.drainers));
  let circuit;

  function update(view) {
    circuit = view.circuit;
    setData(root, 'state', circuit.state);
    renderIfChanged(parts.badge, circuit.state, (state) => [shape(state), el('span', { text: word(state) })]);
    setText(parts.kind, circuit.kind);
    setHidden(parts.pending, !circuit.pending);
    setText(parts.why, why(circuit));
    setHidden(parts.why, !why(circuit));
    renderIfChanged(parts.figures, figuresOf(circuit), (figures) => figures.map(figure));
    showDrainers(view.drainers);
    showPublishers(view.publishers);
    tick();
  }

  function showDrainers(list) {
    for (const drainer of list) {
      if (!drainers.has(drainer.name)) {
        drainers.set(drainer.name, createDrainer());
      }
      drainers.get(drainer.name).update(drainer);
    }
    setOrder(parts.drainers, list.map((drainer) => drainers.get(drainer.name).root));
    setHidden(parts.drainers, list.length === 0);
  }

  function showPublishers(list) {
    setHidden(parts.publishers, list.length === 0);
    setText(parts.publishers, list.map((publisher) =>
      `${publisher.name === circuit.name ? 'Sends' : `${publisher.name} sends`} to ${publisher.topic}: `
      + `${count(publisher.acknowledged)} acknowledged`
      + `${publisher.failed ? `, ${count(publisher.failed)} failed` : ''}`
      + `${publisher.refused ? `, ${count(publisher.refused)} refused` : ''}`).join('; '));
  }

  /** What time alone changes. */
  function tick() {
    if (!circuit) {
      return;
    }
    const since = Date.parse(circuit.since ?? '');
    const isQuiet = circuit.state === 'CLOSED' && circuit.epoch === 0;
    setHidden(parts.since, Number.isNaN(since) || isQuiet);
    if (!Number.isNaN(since)) {
      setText(parts.since, sinceText(circuit, since));
    }
    const until = Date.parse(circuit.retryAt ?? circuit.probe?.until ?? '');
    const isCounting = !Number.isNaN(until) && !circuit.override;
    setHidden(parts.countdownRow, !isCounting);
    if (isCounting) {
      setText(parts.countdown, countdownText(circuit, until - now()));
      const whole = Math.max(1, until - since);
      bar.style.setProperty('--done', String(Math.min(1, Math.max(0, (now() - since) / whole))));
    }
  }

  return { root, update, tick };
}

function sinceText(circuit, since) {
  const rounds = circuit.failedRounds > 1 && circuit.state !== 'CLOSED' ? `, ${plural(circuit.failedRounds, 'break')} in a row` : '';
  if (circuit.override) {
    const until = Date.parse(circuit.override.until ?? '');
    return Number.isNaN(until)
      ? 'until released'
      : `until ${timeOfDay(until)}, ${duration(until - now())} left`;
  }
  return `${circuit.state === 'CLOSED' ? 'closed ' : ''}since ${timeOfDay(since)}, ${duration(now() - since)}${rounds}`;
}

function figuresOf(circuit) {
  if (circuit.automaticState !== 'CLOSED') {
    return [];
  }
  const { calls, failures, slow, consecutiveFailures, failureRatio } = circuit.window;
  const threshold = circuit.policy['failure-threshold']?.value;
  return [
    ['Failed', calls ? `${count(failures)} of ${count(calls)}` : 'no calls', calls ? `ratio ${ratio(failureRatio)}` : ''],
    ['In a row', threshold ? `${consecutiveFailures} of ${threshold}` : `${consecutiveFailures}`, ''],
    ...(slow ? [['Slow', count(slow), '']] : []),
  ];
}

function figure([name, value, note]) {
  return el('div', {}, el('dt', { text: name }), el('dd', { text: value }), ...(note ? [el('dd', { className: 'figure-note', text: note })] : []));
}
