import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { families } from '../../../src/families/index.ts'
import type { Runs } from '../../support/night-runs.ts'
import { randomFrom, shuffledFiles } from '../../support/shuffled.ts'
import { worlds } from '../../worlds/index.ts'
import type { Body } from '../../worlds/world.ts'
import { type Random, randomBy } from '../random.ts'
import { type Begun, beginBy, isNowInherited, isUnforeseen } from './begun.ts'
import { importProblems } from './imported.ts'
import { merged } from './merged.ts'
import { ENTERPRISE } from './seed.ts'
import { touched } from './untouched.ts'

/** How a run of the property went, so that a run in which nothing was ever applied is noticed. */
interface Tally {
  worlds: number
  held: number
  writes: number
  imported: number
  shuffled: number
}

/**
 * For random worlds of all families at all four levels, and random configurations of them: the order of files and keys is of
 * no account, each request of an apply goes through, nothing changes that nobody asked for but what GitHub documents, the
 * next plan is empty but for what is held back, and the next apply sends nothing. An import of the world plans to nothing.
 */
export async function checkFamilies(parameters: Runs): Promise<Tally> {
  const tally: Tally = { worlds: 0, held: 0, writes: 0, imported: 0, shuffled: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), tally))
  await fc.assert(property, { ...parameters, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, tally: Tally): Promise<void> {
  const begun = await beginBy(random, 'no states')
  try {
    const { before, place, owners, yaml, requests, seed } = begun
    if (random.chance(25)) {
      for (const problem of await importProblems(before)) throw new Error(problem)
      tally.imported += 1
    }
    const { held_back: held, digest, changes } = await place.plan(owners)
    if (random.chance(40)) {
      await checkOrder(random, begun, digest)
      tally.shuffled += 1
    }
    requests.length = 0
    const applied = await begun.apply(place)
    const after = begun.state()
    const writes = requests.filter(({ method }) => method !== 'GET')
    const lines = writes.map(({ line }) => line)
    const story = (): string => [yaml, applied.stdout, applied.stderr, ...lines, JSON.stringify(seed)].join('\n')
    const problems = touched(before, after, merged(parse(yaml) as Body, before))
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${story()}`)
    if (isUnforeseen(applied, seed)) return
    if (applied.code !== (held.length > 0 ? 2 : 0)) throw new Error(`exit ${applied.code}\n${story()}`)
    const refused = writes.filter(({ status }) => status >= 400)
    if (refused.length > 0) throw new Error(`refused: ${refused.map(({ line }) => line).join('\n')}\n${story()}`)
    tally.worlds += 1
    tally.writes += writes.length
    if (held.length > 0) tally.held += 1
    // The enterprise may have let go of what held something back in its organization: that is for the next run.
    const now = await place.plan(owners)
    if (now.changes.length > 0 && now.changes.every((change) => isUnderChanged(change, changes))) return
    const freed = now.changes.filter(({ address }) => held.some((each) => address === each.address))
    if (freed.length > 0 && freed.length === now.changes.length) await begun.apply(place)
    const again = await place.run(['plan', ...owners])
    if (!(held.length > 0 ? SETTLED : NO_CHANGES).test(again.stdout) && !isNowInherited(again)) {
      const left = (await place.plan(owners)).changes.map((change) => JSON.stringify(change))
      throw new Error(`changes are left:\n${left.join('\n')}\n${story()}\n${again.stdout}${again.stderr}`)
    }
    requests.length = 0
    const second = await begun.apply(place)
    const more = requests.filter(({ method }) => method !== 'GET').map(({ line }) => line)
    const isSame = second.code === applied.code || freed.length > 0 || isNowInherited(second)
    if (more.length > 0 || !isSame) {
      throw new Error(`exit ${second.code} of a second apply: ${more.join('\n')}\n${story()}\n${second.stdout}`)
    }
  } finally {
    await begun.end()
  }
}

const NO_CHANGES = /(^|\n)No changes\.\n$/
const SETTLED = /(^|\n)(No changes|Plan: 0 to add, 0 to change, 0 to delete\. \d+ held back)\.\n$/

/**
 * Whether the run changed settings of the same family in the enterprise: what that shows as false may not have been set, and
 * is once the document is written as a whole, so that it holds its organizations from then on.
 */
function isUnderChanged(
  { address }: { readonly address: string },
  changes: readonly { readonly address: string }[],
): boolean {
  const family = families.find(({ name, boundBy }) => boundBy !== undefined && address.endsWith(`/${name}`))?.name
  if (family === undefined || address.startsWith('enterprises/')) return false
  return changes.some((change) => change.address === `enterprises/${ENTERPRISE}/${family}`)
}

/** Of several sets in one file the later wins. */
const SETS = ['organization_sets', 'repository_sets']

/** The same configuration in two files, with its keys and lists in another order. */
async function checkOrder(random: Random, { place, owners, yaml }: Begun, digest: string): Promise<void> {
  const ordered = [...Object.values(worlds).flatMap((world) => world.ordered ?? []), ...SETS]
  const files = shuffledFiles(parse(yaml) as Body, randomFrom(random.upTo(9999)), ordered)
  for (const [index, file] of files.entries()) await place.write(`other/${index}.yaml`, stringify(file))
  const other = await place.plan(['--config', 'other', ...owners])
  if (other.digest === digest) return
  throw new Error(
    `another plan for the same in another order\n${yaml}\n${files.map((file) => stringify(file)).join('\n')}`,
  )
}
