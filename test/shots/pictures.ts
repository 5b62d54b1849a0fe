import type { Plan } from '../../src/core/plan.ts'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { largePlan, smallPlan } from '../browser/plans.ts'
import { organizationPlan } from '../support/comment-plans.ts'
import { SCREENS, type Screen, SURFACES, type Surface, surfaceHtml } from './surfaces.ts'
import { TEN_SECONDS } from './ten-seconds.ts'

export { smallPng } from './small-png.ts'
export { SCREENS, surfaceHtml } from './surfaces.ts'

/** A picture that `npm run shots` makes. */
export interface Shot {
  /** Without its ending. */
  readonly name: string
  readonly surface: Surface
  readonly plan: () => Plan
  readonly screen: Screen
  readonly scheme: 'light' | 'dark'
  /** The most that is shown, in pixels; of a longer page the top. */
  readonly height: number
}

/** Plans by the number of their changes. */
export const PLANS: Readonly<Record<number, () => Plan>> = {
  5: smallPlan,
  40: () => organizationPlan(180),
  340: () => organizationPlan(2180),
  5000: largePlan,
}

/** Chromium's pictures end at 16,384 pixels; nobody looks at more than this. */
const TALL = 4000

/** Every place, at every size of plan, on every screen. */
export const EVERY: readonly Shot[] = SURFACES.flatMap((surface) =>
  Object.entries(PLANS).flatMap(([changes, plan]) =>
    (Object.keys(SCREENS) as Screen[]).flatMap((screen) =>
      (['light', 'dark'] as const).map((scheme): Shot => {
        return { name: `${surface}-${changes}-${screen}-${scheme}`, surface, plan, screen, scheme, height: TALL }
      }),
    ),
  ),
)

/** The pictures of the documentation, which are committed in docs/images. */
export const DOCUMENTED: readonly Shot[] = [
  {
    name: 'comment',
    surface: 'comment',
    plan: () => organizationPlan(40),
    screen: 'desktop',
    scheme: 'light',
    height: 800,
  },
  { name: 'terminal', surface: 'terminal', plan: smallPlan, screen: 'desktop', scheme: 'dark', height: 920 },
  { name: 'page', surface: 'page', plan: smallPlan, screen: 'desktop', scheme: 'light', height: 1000 },
  ...TEN_SECONDS.map(({ surface, plan }, index): Shot => {
    return {
      name: `ten-seconds-${index + 1}`,
      surface,
      plan: () => plan,
      screen: 'desktop',
      scheme: 'light',
      height: 800,
    }
  }),
]

/**
 * SHA-256 of all that a picture is made from, in hexadecimal: two versions of Chromium make different pictures of one document.
 * @param root the folder of the repository, which is built
 */
export function documentDigest({ surface, plan, screen, scheme, height }: Shot, root: string): string {
  return sha256(JSON.stringify([surfaceHtml(surface, plan(), screen, root), SCREENS[screen], scheme, height]))
}
