import type { Parameters } from 'fast-check'

/** Which random cases a night tries. */
export type Runs = Pick<Parameters<unknown>, 'numRuns' | 'seed' | 'path'> & { readonly numRuns: number }

/**
 * So many cases, from the environment: `WORLDS=20` shows in a minute that it runs; `SEED=7 CASE=1219 WORLDS=1` tries that case of
 * that seed again, as a failure names it, and with more WORLDS those after it, too.
 */
export function nightRuns(usual: number): Runs {
  const { WORLDS = usual, SEED, CASE } = process.env
  return {
    numRuns: Number(WORLDS),
    ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    ...(CASE === undefined ? {} : { path: CASE }),
  }
}
