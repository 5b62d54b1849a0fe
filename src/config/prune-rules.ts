import type { Family } from '../core/family.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import { levelWords, type ScopeType } from '../core/scope.ts'
import { similarTo } from '../core/similar.ts'
import type { RuleProblem } from './duplicate-names.ts'
import type { Part } from './parts.ts'

/** Each is tried for each live member of its scope. */
const MOST_GLOBS = 300

/** Reports globs of `prune` that can match no member of their scope, in any state of GitHub. */
export function* checkPrune(part: Part, families: readonly Family[]): Iterable<RuleProblem> {
  const { prune } = part.body
  if (!Array.isArray(prune)) return
  if (prune.length > MOST_GLOBS) {
    yield {
      message: `\`prune\` takes at most ${MOST_GLOBS} globs: write wider ones`,
      path: [...part.path, 'prune', MOST_GLOBS],
    }
    return
  }
  const { level } = part
  for (const [index, glob] of prune.entries()) {
    const why = typeof glob === 'string' && glob !== '' ? whyNothing(glob, level, families) : undefined
    if (why !== undefined) yield { message: `\`${glob}\` ${why}`, path: [...part.path, 'prune', index] }
  }
}

/** Whether members of the family are deleted because no file names them. */
export function isPrunable({ shape, unpruned }: Pick<Family, 'shape' | 'unpruned'>): boolean {
  return shape === 'members' && unpruned === undefined
}

/** The parts of a glob of `prune`. */
export function pruneParts(glob: string): { readonly family: string; readonly members: string } {
  const slash = glob.indexOf('/')
  if (glob === '**') return { family: glob, members: '**' }
  return slash === -1 ? { family: glob, members: '' } : { family: glob.slice(0, slash), members: glob.slice(slash + 1) }
}

function whyNothing(glob: string, level: ScopeType, families: readonly Family[]): string | undefined {
  const { family, members } = pruneParts(glob)
  const here = families.filter((family) => isPrunable(family) && family.scopes[level] !== undefined)
  const known = `those with members here are ${here.map(({ name }) => name).join(', ')}`
  const named = families.find(({ name }) => name === family.toLowerCase())
  if (!isGlob(family)) {
    if (named?.shape === 'settings') return 'names settings, which cannot be deleted'
    if (named?.unpruned !== undefined) return `names ${named.name}, ${named.unpruned}`
    if (named === undefined) return `names no family; ${nearIn(family, members, here) ?? known}`
    if (!here.includes(named)) return `names no family of ${levelWords(level)}; ${known}`
  } else if (!here.some(({ name }) => compileGlob(family)(name))) {
    return `names no family with members; ${known}`
  }
  if (members === '') return `names no members: write \`${family}/*\` for all of them`
  if (!members.replaceAll('**/', '').includes('/')) return undefined
  return 'matches no member: a name is one part, and a `/` in it is %2F'
}

function nearIn(family: string, members: string, here: readonly Family[]): string | undefined {
  const near = similarTo(
    family.toLowerCase(),
    here.map(({ name }) => name),
  )
  return near && `did you mean \`${near}/${members || '*'}\`?`
}
