import { byText, formatScope } from './address.ts'
import type { DesiredSection } from './desired.ts'
import type { Source } from './diagnostic.ts'
import type { Family } from './family.ts'
import { secretLeaf } from './leaves.ts'
import { repositoryIn, type Scope } from './scope.ts'
import { valueAtOf } from './value-text.ts'

/** One secret that takes its value from a source. */
export interface SourceClaim {
  readonly address: string
  /** `env:NAME` or `file:PATH`, without placeholders. */
  readonly source: string
  /** The folder that a file's path is below; `''` for a variable. */
  readonly folder: string
  readonly scope: Scope
  /** GitHub's id of the repository, or of the owner; null where it is not known. */
  readonly id: number | null
  /** The names that placeholders stand for in the source, as `DesiredMember.filled` has it; undefined where it is written out. */
  readonly filled: readonly string[] | undefined
  /** The place of the value in the YAML. */
  readonly at: Source
}

/** A claim that loses its source to another one. */
export interface LostClaim {
  readonly lost: SourceClaim
  readonly to: SourceClaim
}

/**
 * The claims of desired sections.
 * @param idOf GitHub's id of the repository around a scope, or of the owner
 * @param folderOf the folder of the values that a YAML file names
 */
export function claimsOf(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  idOf: (scope: Scope) => number | null,
  folderOf: (file: string) => string,
): readonly SourceClaim[] {
  const leaves = new Map(families.map((family) => [family.name, secretLeaf(family)]))
  return sections.flatMap(({ scope, family, members }) => {
    const path = leaves.get(family)
    if (path === undefined) return []
    return members.flatMap((member): readonly SourceClaim[] => {
      const value = member.state === 'present' && member.withheld !== 'all' ? valueAtOf(member, path) : undefined
      if (value === undefined || value.source.startsWith('sealed:')) return []
      const { source, declaredIn } = value
      const folder = source.startsWith('file:') ? folderOf(declaredIn) : ''
      const at = member.sources[path] ?? member.source
      return [{ address: member.address, source, folder, scope, id: idOf(scope), filled: member.filled, at }]
    })
  })
}

/**
 * The claims that must wait, because names in place of placeholders made two different sources one: a new repository could
 * be called so that it is sent the value of another. Of two claims the one with the lower id stays, also where the
 * other one is written out; an owner's own stay before those of its repositories.
 */
export function lostClaims(claims: readonly SourceClaim[]): readonly LostClaim[] {
  return contested(claims).flatMap((all) => {
    const kept: SourceClaim[] = []
    return all.sort(byAge).flatMap((claim): readonly LostClaim[] => {
      const to = kept.find((other) => !agree(claim, other))
      if (to !== undefined) return [{ lost: claim, to }]
      // One for all that agree with the same others: a source may be that of ten thousand repositories.
      if (!kept.some((other) => isLike(claim, other))) kept.push(claim)
      return []
    })
  })
}

/** The claims of each source that several secrets have, one of them by placeholders. */
function contested(claims: readonly SourceClaim[]): readonly SourceClaim[][] {
  const first = new Map<string, SourceClaim>()
  const several = new Map<string, SourceClaim[]>()
  for (const claim of claims) if (claim.filled !== undefined) first.set(keyOf(claim), claim)
  for (const claim of claims) {
    const key = keyOf(claim)
    const other = first.get(key)
    if (other === undefined || other === claim) continue
    const there = several.get(key)
    if (there === undefined) several.set(key, [other, claim])
    else there.push(claim)
  }
  return [...several.values()]
}

/** Equal for two texts of one source: a file may be spelt with `./` or `x/../`, in another case, or from another folder. */
function keyOf({ source, folder }: SourceClaim): string {
  if (!source.startsWith(FILE)) return source
  const steps: string[] = []
  for (const step of `${folder}/${source.slice(FILE.length)}`.split(/[\\/]/)) {
    if (step === '' || step === '.') continue
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else steps.push(step.toLowerCase())
  }
  return `${FILE}${steps.join('/')}`
}

const FILE = 'file:'

function byAge(left: SourceClaim, right: SourceClaim): number {
  const level = Number(repositoryIn(left.scope) !== undefined) - Number(repositoryIn(right.scope) !== undefined)
  return level || (left.id ?? Infinity) - (right.id ?? Infinity) || byText(left.address, right.address)
}

/** Whether two secrets are meant to have one source. */
function agree(one: SourceClaim, other: SourceClaim): boolean {
  if (isLike(one, other) || formatScope(one.scope) === formatScope(other.scope)) return true
  if (one.filled === undefined && other.filled === undefined) return true
  const [here, there] = [placeOf(one), placeOf(other)]
  const isByEnvironment = [one, other].some(({ filled }) => filled?.some((each) => each.startsWith('environment=')))
  return here !== undefined && here === there && !isByEnvironment
}

function isLike(one: SourceClaim, other: SourceClaim): boolean {
  if (one.filled === undefined || other.filled === undefined) return false
  return one.filled.join('\0') === other.filled.join('\0')
}

function placeOf({ scope }: SourceClaim): string | undefined {
  const repository = repositoryIn(scope)
  return repository && formatScope(repository)
}
