import { expect, it } from 'vitest'
import { progressText } from '../../src/run/progress-text.ts'

const acme = { label: 'reading acme', done: 1240, total: 3012 }

it.each([
  [acme, { ms: 68_900, done: 1240 }, 'reading acme 1,240/3,012 · 18/s · about 2 min'],
  [acme, { ms: 0, done: 0 }, 'reading acme 1,240/3,012'],
  [acme, { ms: 5000, done: 0 }, 'reading acme 1,240/3,012'],
  [{ ...acme, total: undefined }, { ms: 10_000, done: 1240 }, 'reading acme 1,240 · 124/s'],
  [{ ...acme, done: 3012 }, { ms: 10_000, done: 3012 }, 'reading acme 3,012/3,012 · 301/s'],
  // An estimate that was too low never reads as more than all.
  [{ ...acme, done: 3100 }, { ms: 10_000, done: 3100 }, 'reading acme 3,100/3,100 · 310/s'],
  [acme, { ms: 40_000, done: 1240 }, 'reading acme 1,240/3,012 · 31/s · about 58 s'],
  [
    { label: 'writing orgs/acme/secrets/NPM_TOKEN', done: 12, total: 40 },
    { ms: 120_000, done: 12 },
    'writing orgs/acme/secrets/NPM_TOKEN 12/40 · 6/min · about 5 min',
  ],
  [{ ...acme, total: 60_000 }, { ms: 60_000, done: 600 }, 'reading acme 1,240/60,000 · 10/s · about 1 h 38 min'],
  [{ ...acme, total: 73_240 }, { ms: 60_000, done: 600 }, 'reading acme 1,240/73,240 · 10/s · about 2 h'],
])('%j after %j', (step, pace, text) => {
  expect(progressText(step, pace)).toBe(text)
})
