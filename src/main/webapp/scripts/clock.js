// The store's clock as the server tells it: countdowns must not depend on how well this computer's clock is set.

let offset = 0;
let zone = read() === 'utc' ? 'utc' : 'local';

export function learn(serverNow, sentAt, answeredAt) {
  const told = Date.parse(serverNow ?? '');
  if (!Number.isNaN(told)) {
    offset = told - (sentAt + answeredAt) / 2;
  }
}

export function now() {
  return Date.now() + offset;
}

export function currentZone() {
  return zone;
}

export function switchZone() {
  zone = zone === 'local' ? 'utc' : 'local';
  try {
    localStorage.setItem('tidegate.zone', zone);
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

/** 12:03:10, with the date in front where it is not today. */
export function timeOfDay(instant) {
  const timeZone = zone === 'utc' ? 'UTC' : undefined;
  const date = new Date(instant);
  const time = date.toLocaleTimeString('en-GB', { timeZone });
  const day = date.toLocaleDateString('en-CA', { timeZone });
  const today = new Date(now()).toLocaleDateString('en-CA', { timeZone });
  return (day === today ? time : `${day} ${time}`) + (zone === 'utc' ? ' UTC' : '');
}

function read() {
  try {
    return localStorage.getItem('tidegate.zone');
  } catch {
    return null;
  }
}
