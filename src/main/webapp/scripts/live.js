// Where news come from. Today: a poll each second. Whoever uses it knows only start, pause and the two callbacks, so that a
// stream of events can take the poll's place.

import { learn } from './clock.js';

const EVERY = 1_000;
const LONGEST_WAIT = 5_000;
const TIMEOUT = 8_000;
const PARTS = ['circuits', 'drainers', 'publishers', 'status', 'instances'];

/** A refusal that asking again will not heal. */
export class Refused extends Error {
  constructor(status) {
    super(`refused with status ${status}`);
    this.status = status;
  }
}

export function createSource({ onData, onTrouble }) {
  let timer;
  let paused = false;
  let failures = 0;
  let generation = 0;

  async function poll(mine) {
    try {
      const parts = await Promise.all(PARTS.map(read));
      if (mine !== generation) {
        return;
      }
      failures = 0;
      onData(Object.fromEntries(PARTS.map((part, index) => [part, parts[index]])));
      schedule(EVERY);
    } catch (error) {
      if (mine !== generation) {
        return;
      }
      failures += 1;
      onTrouble(error);
      schedule(Math.min(LONGEST_WAIT, EVERY * 2 ** (failures - 1)));
    }
  }

  function schedule(delay) {
    clearTimeout(timer);
    const mine = ++generation;
    if (!paused && !document.hidden) {
      timer = setTimeout(() => poll(mine), delay);
    }
  }

  // A page that nobody looks at asks nothing; one that is looked at again asks at once.
  document.addEventListener('visibilitychange', () => schedule(0));

  return {
    start: () => schedule(0),
    isPaused: () => paused,
    setPaused(next) {
      paused = next;
      schedule(0);
    },
  };
}

async function read(part) {
  const sentAt = Date.now();
  const response = await fetch(urlOf(part), {
    headers: { Accept: 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (!response.ok) {
    throw new Refused(response.status);
  }
  learn(response.headers.get('Tidegate-Now'), sentAt, Date.now());
  return response.json();
}

// An address with a user in it is inherited by every relative one, and browsers refuse to fetch those.
function urlOf(part) {
  const url = new URL(`api/v1/${part}`, document.baseURI);
  url.username = '';
  url.password = '';
  return url;
}
