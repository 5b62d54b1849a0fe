import { byText } from './address.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Family } from './family.ts'
import { getPath } from './json.ts'
import { valueLeaf } from './leaves.ts'
import type { Repositories } from './repository.ts'
import type { RunLimit } from './run-limit.ts'
import { ownerOf, repositoryIn } from './scope.ts'
import type { Support } from './support.ts'

/** The product, and the repositories of the one owner where GitHub has listed them. */
export interface RunFacts {
  readonly product: Support
  readonly repositories?: Repositories
}

/** The texts that a repository's workflows see, in the order in which GitHub takes them. */
interface Seen {
  readonly repository: string
  readonly own: number
  readonly shared: number
  readonly leftOut: readonly DesiredMember[]
}

/**
 * The repositories whose workflows would not see all texts that the YAML gives them: GitHub takes the repository's own by name,
 * then its organization's by name, and leaves out what goes past the most of one run. One warning for each family; what GitHub
 * has beside that is not counted.
 * @param sections of one owner
 */
export function overfullRuns(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  facts: RunFacts,
): readonly Diagnostic[] {
  return families.flatMap((family) => {
    const { ofRun } = family
    if (ofRun === undefined) return []
    const most = ofRun.most(facts.product)
    const own = sections.filter((section) => section.family === family.name)
    const [first] = own
    if (first === undefined) return []
    const full = overfullIn({ family, ofRun, most }, own, facts.repositories)
    return full.length === 0 ? [] : told(ownerOf(first.scope), full, most)
  })
}

/** Stands for the repositories of which nothing is known, as no repository can be called. */
const ANY_OTHER = ''

interface Limit {
  readonly family: Family
  readonly ofRun: RunLimit
  /** In bytes. */
  readonly most: number
}

function overfullIn(
  { family, ofRun, most }: Limit,
  sections: readonly DesiredSection[],
  known: Repositories | undefined,
): readonly Seen[] {
  const shared = sections
    .filter(({ scope }) => repositoryIn(scope) === undefined)
    .flatMap((each) => textsOf(family, each))
  const own = new Map<string, readonly Text[]>()
  for (const section of sections) {
    const repository = repositoryIn(section.scope)
    if (repository !== undefined && repository === section.scope) own.set(repository.repo, textsOf(family, section))
  }
  const all = sum(shared)
  const largest = [...own.values()].reduce((bytes, texts) => Math.max(bytes, sum(texts)), 0)
  // Each question about repositories that the YAML does not name has its price.
  if (largest + all <= most) return []
  const listed = shared.flatMap(({ member }) => ofRun.named(member))
  const others = known?.all.map(({ name }) => name.toLowerCase()) ?? [ANY_OTHER]
  const names = new Set([...own.keys(), ...listed, ...others])
  const found: Seen[] = []
  for (const repository of [...names].sort(byText)) {
    const mine = own.get(repository) ?? []
    if (sum(mine) + all <= most) continue
    const reaching = shared.filter(({ member }) =>
      ofRun.reaches(member, repository, known?.byName.get(repository)?.visibility),
    )
    const [ownBytes, sharedBytes] = [sum(mine), sum(reaching)]
    if (ownBytes + sharedBytes <= most) continue
    let room = most
    const leftOut = [...mine, ...reaching].flatMap(({ member, bytes }) => {
      room -= bytes
      return room < 0 ? [member] : []
    })
    found.push({ repository, own: ownBytes, shared: sharedBytes, leftOut })
  }
  return found
}

interface Text {
  readonly member: DesiredMember
  readonly bytes: number
}

function textsOf(family: Family, { members }: DesiredSection): readonly Text[] {
  const path = valueLeaf(family)
  return members
    .flatMap((member): Text[] => {
      const text = path === undefined ? undefined : getPath(member.spec, path)
      return member.state === 'present' && typeof text === 'string' ? [{ member, bytes: Buffer.byteLength(text) }] : []
    })
    .sort((left, right) => byText(left.member.key, right.member.key))
}

function told(owner: string, full: readonly Seen[], most: number): readonly Diagnostic[] {
  const worst = full.reduce((left, right) => (right.own + right.shared > left.own + left.shared ? right : left))
  const [first, ...others] = worst.leftOut
  if (first === undefined) return []
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const also = full.some(({ repository }) => repository === ANY_OTHER) ? 'all' : full.length - 1
  const further = full.length > 1 ? `; further repositories of ${owner} with more than that: ${also}` : ''
  const whose = worst.repository === ANY_OTHER ? `any repository of ${owner}` : `${owner}/${worst.repository}`
  const left = `${first.key}${more}`
  const [total, limit] = [worst.own + worst.shared, most].map((bytes) => bytes.toLocaleString('en'))
  const parts = `${worst.own.toLocaleString('en')} of its own and ${worst.shared.toLocaleString('en')} of its organization`
  const message = `a workflow run of ${whose} does not see ${left}: the YAML gives it ${total} bytes (${parts}), and GitHub takes ${limit} for one run${further}`
  return [{ severity: 'warning', message, source: first.source, address: first.address }]
}

function sum(texts: readonly Text[]): number {
  return texts.reduce((bytes, text) => bytes + text.bytes, 0)
}
