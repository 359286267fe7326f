// The overview: asks, shows, and keeps time.

import { currentZone, now, switchZone } from './clock.js';
import { createCard } from './card.js';
import { el, renderIfChanged, setData, setHidden, setOrder, setText } from './dom.js';
import { compact, count, duration, plural, rate } from './format.js';
import { createSource, Refused } from './live.js';
import { cardsOf, countsOf, groupOf, GROUPS, lagOf, matches, transitions } from './model.js';
import { createPublishers } from './publishers.js';
import { shape, STATES, word } from './states.js';
import { Trend } from './trend.js';

const STALE_AFTER = 4_000;
const LOST_AFTER = 15_000;

const byId = (id) => document.getElementById(id);
const cards = new Map();
const handled = new Trend();
const filter = { text: '', state: null };
const publishers = createPublishers(byId('publishers-section'), byId('publishers'));
const groups = Object.fromEntries(GROUPS.map((group) => [group, el('div', { className: `cards cards-${group}` })]));
let data = null;
let shownCount = 0;
let trouble = null;
let heardAt = 0;

const source = createSource({
  onData(next) {
    announce(data?.circuits ?? [], next.circuits);
    data = next;
    trouble = null;
    heardAt = Date.now();
    show();
  },
  onTrouble(error) {
    trouble = error;
    show();
  },
});

function show() {
  if (data) {
    showCards();
    showCounters();
    showTotals();
    showCondition();
    publishers.update(data.publishers, data.circuits);
  }
  showNotice();
  showMark();
}

function showCards() {
  const all = cardsOf(data);
  const shown = all.filter((view) => matches(view, filter));
  for (const view of all) {
    const { name } = view.circuit;
    if (!cards.has(name)) {
      cards.set(name, createCard(name));
    }
    cards.get(name).update(view);
  }
  for (const group of GROUPS) {
    const members = shown.filter((view) => groupOf(view) === group);
    setOrder(groups[group], members.map((view) => cards.get(view.circuit.name).root));
    setHidden(groups[group], members.length === 0);
  }
  shownCount = shown.length;
  setText(byId('shown'), shown.length === all.length ? plural(all.length, 'circuit') : `${shown.length} of ${all.length}`);
}

function showCounters() {
  const counts = countsOf(data.circuits);
  const content = STATES.map((state) => ({ state, count: counts[state], pressed: filter.state === state }));
  const focused = document.activeElement?.dataset?.counter;
  renderIfChanged(byId('counters'), content, (list) => list.map(counter));
  if (focused && document.activeElement?.dataset?.counter !== focused) {
    byId('counters').querySelector(`[data-counter="${focused}"]`)?.focus();
  }
}

function counter({ state, count: number, pressed }) {
  const button = el('button', {
    type: 'button', className: number ? 'counter' : 'counter counter-none', 'data-state': state, 'data-counter': state,
    'aria-pressed': String(pressed),
  }, shape(state), el('span', { className: 'counter-number', text: count(number) }),
  el('span', { className: 'counter-word', text: word(state) }));
  button.addEventListener('click', () => {
    filter.state = filter.state === state ? null : state;
    show();
  });
  return button;
}

function showTotals() {
  const lag = lagOf(data.drainers);
  handled.add(now(), data.drainers.reduce((sum, drainer) => sum + drainer.handled, 0));
  const perSecond = handled.perSecond();
  setText(byId('total-lag'), lag === null ? '–' : compact(lag));
  setText(byId('total-rate'), perSecond === null ? '–' : rate(Math.max(0, perSecond)));
  setText(byId('total-instances'), count(data.instances.length));
}

function showCondition() {
  const { status, reasons, store, instance, version } = data.status;
  const condition = byId('condition');
  setHidden(condition, false);
  setText(condition, status.toLowerCase());
  setData(condition, 'status', status);
  // Circuits and drainers have their cards; what has none is said here.
  const others = reasons.filter((reason) => !/^(circuit|drainer|the store) /.test(reason));
  setHidden(byId('reasons'), others.length === 0);
  renderIfChanged(byId('reasons'), others, (list) => list.map((reason) => el('li', { text: reason })));
  setHidden(byId('banner'), store !== 'AWAY');
  setText(byId('banner'),
    'The store does not answer. States are the last known; this instance goes on by itself, and other instances are not heard.');
  setText(byId('instance'), `seen by ${instance}`);
  setText(byId('version'), `Tidegate ${version} · ${instance}`);
}

function showNotice() {
  const [title, text, action] = notice();
  setHidden(byId('notice'), !title);
  setText(byId('notice-title'), title ?? '');
  setText(byId('notice-text'), text ?? '');
  setHidden(byId('notice-action'), !action);
  setText(byId('notice-action'), action ?? '');
}

function notice() {
  if (trouble instanceof Refused && trouble.status === 401) {
    return ['You are not logged in', 'The login has ended, or none was given.', 'Log in'];
  }
  if (trouble instanceof Refused && trouble.status === 403) {
    return ['You may not look at this', 'You are logged in, but without the role viewer, operator or admin. Whoever runs this server can give it.'];
  }
  if (!data) {
    return trouble
      ? ['No answer yet', 'The server did not answer as it should. It is asked again every few seconds.']
      : ['Loading', 'Asking the server for its circuits.'];
  }
  if (data.circuits.length === 0) {
    return ['No circuit yet', 'Circuits come into being with their drainers and publishers, or when an application first uses one.'];
  }
  if (shownCount === 0) {
    return ['Nothing matches the filter', 'No circuit has this state and these words.', 'Show all'];
  }
  return [];
}

function showMark() {
  const age = Date.now() - heardAt;
  const [mark, text] = markOf(age);
  setData(byId('mark'), 'mark', mark);
  setText(byId('mark-text'), text);
  document.body.classList.toggle('is-stale', mark === 'old' || mark === 'lost');
}

function markOf(age) {
  if (source.isPaused()) {
    return ['paused', heardAt ? `paused, ${duration(age)} old` : 'paused'];
  }
  if (!heardAt) {
    return trouble ? ['lost', 'disconnected'] : ['connecting', 'connecting'];
  }
  if (age > LOST_AFTER) {
    return ['lost', `disconnected, ${duration(age)} old`];
  }
  return age > STALE_AFTER ? ['old', `${duration(age)} old`] : ['live', 'live'];
}

function announce(before, after) {
  const said = transitions(before, after).map((circuit) => `${circuit.name} is ${word(circuit.state).toLowerCase()}`);
  if (said.length) {
    setText(byId('announcer'), said.join(', '));
  }
  const open = after.filter((circuit) => circuit.state !== 'CLOSED').length;
  document.title = open ? `(${open}) Tidegate` : 'Tidegate';
}

function clearFilter() {
  filter.text = '';
  filter.state = null;
  byId('search').value = '';
  show();
}

byId('search').addEventListener('input', (event) => {
  filter.text = event.target.value.trim();
  show();
});
byId('pause').addEventListener('click', () => {
  source.setPaused(!source.isPaused());
  byId('pause').setAttribute('aria-pressed', String(source.isPaused()));
  setText(byId('pause'), source.isPaused() ? 'Resume' : 'Pause');
  showMark();
});
byId('zone').addEventListener('click', () => {
  switchZone();
  showZone();
  show();
});
byId('notice-action').addEventListener('click', () => (data && !trouble ? clearFilter() : location.reload()));
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.closest('input, textarea, select')) {
    event.preventDefault();
    byId('search').focus();
  }
  if (event.key === 'Escape' && event.target === byId('search')) {
    clearFilter();
  }
});

function showZone() {
  setText(byId('zone'), currentZone() === 'utc' ? 'UTC' : 'Local');
}

byId('circuits').append(...Object.values(groups));
showZone();
show();
source.start();
setInterval(() => {
  cards.forEach((card) => card.tick());
  showMark();
}, 500);
