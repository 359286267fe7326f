// The last two minutes of a figure, remembered by the page alone: for a line without axes and for a rate.

import { svg } from './dom.js';

const SPAN = 120_000;
const SHORTEST = 10_000;
// Below that a change is not worth a peak.
const LOWEST_TOP = 20;
const WIDTH = 120;
const HEIGHT = 28;

export class Trend {
  #points = [];

  add(at, value) {
    if (value === null || value === undefined) {
      return;
    }
    this.#points.push({ at, value });
    while (this.#points.length > 2 && this.#points[0].at < at - SPAN) {
      this.#points.shift();
    }
  }

  /** Growth per second over the last ten seconds, or null while there is nothing to compare. */
  perSecond() {
    const newest = this.#points.at(-1);
    const oldest = this.#points.find((point) => newest && point.at >= newest.at - 10_000);
    if (!newest || newest.at - oldest.at < 900) {
      return null;
    }
    return (newest.value - oldest.value) / ((newest.at - oldest.at) / 1000);
  }

  /** Over the whole width whatever there is, so that a page just opened has a line as well. */
  draw(polyline, area) {
    const end = this.#points.at(-1)?.at ?? 0;
    const span = Math.max(SHORTEST, end - (this.#points[0]?.at ?? end));
    const highest = Math.max(LOWEST_TOP, ...this.#points.map((point) => point.value));
    const x = (at) => (WIDTH - ((end - at) / span) * WIDTH).toFixed(1);
    const y = (value) => (HEIGHT - 2 - (value / highest) * (HEIGHT - 6)).toFixed(1);
    const line = this.#points.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ');
    polyline.setAttribute('points', line);
    area.setAttribute('points', line ? `${x(this.#points[0].at)},${HEIGHT} ${line} ${WIDTH},${HEIGHT}` : '');
  }
}

export function trendLine() {
  const area = svg('polygon', { className: 'trend-area' });
  const line = svg('polyline', { className: 'trend-line' });
  const root = svg('svg', {
    className: 'trend', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true',
  }, area, line);
  return { root, line, area };
}
