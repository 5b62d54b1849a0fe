import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Aligned, Family, Known, Wanted } from '../../src/core/family.ts'
import { at } from '../../src/core/family-at.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Document } from '../../src/core/json.ts'
import type { Live } from '../../src/core/live.ts'
import { type MemberPlan, planDelete, planMember } from '../../src/core/plan-member.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import type { Params } from '../../src/core/send.ts'
import { supportOf } from '../../src/engine/get.ts'
import { ACME, factsOf, has, line, listed, want } from './stub-family.ts'

type WantRest = Parameters<typeof want>[3]

/** Where a family is tried: by default the organization acme on GHEC, with a public `web` (1) and private `api` (2), `ml` (3). */
export interface Place {
  readonly family: Family
  readonly product?: string
  readonly scope?: Scope
  readonly repositories?: readonly string[]
  readonly known?: Partial<Known>
  readonly facts?: SectionFacts['facts']
}

/** The facts that the family may use there. */
function sectionAt({ family, product = 'ghec', scope = ACME, repositories, known, facts }: Place): SectionFacts {
  const all = listed(repositories ?? ['web:public', 'api', 'ml'])
  return factsOf(family, {
    scope,
    known: { product: supportOf(product), repositories: all, ...known },
    ...(facts ? { facts } : {}),
  })
}

interface Asked {
  readonly key?: string
  /** The name of the live member as GitHub has it, where the key is folded. */
  readonly name?: string
  readonly wants: Document
  /** The live document; left out for a member that is not on GitHub. */
  readonly live?: Document
  readonly ref?: object
  readonly fixed?: Live['fixed']
  readonly rest?: WantRest
}

function liveOf({ key = '', name, live, ref = {}, fixed }: Asked): Live | undefined {
  return live && has(key, live, { ref, ...(name === undefined ? {} : { name }), ...(fixed ? { fixed } : {}) })
}

/** The plan of one member. */
export function planAt(place: Place, asked: Asked): MemberPlan {
  const section = sectionAt(place)
  return planMember(section, want(section, asked.key ?? '', asked.wants, asked.rest), liveOf(asked))
}

/** A request as a person would write it down. */
export type Written = readonly [request: string, body?: object]

/** The requests that make the change, in their order. `ref` replaces the result of the first one's `learn`. */
export function requestsAt(place: Place, asked: Asked, learnt?: object): Written[] {
  const { work, diagnostics } = planAt(place, asked)
  const told = diagnostics.map(formatDiagnostic).join('\n')
  if (!work) throw new Error(`no change is planned: ${told}`)
  return written(work, learnt)
}

/** The requests that delete a live member. */
export function deleteRequestsAt(place: Place, asked: Omit<Asked, 'wants'>): Written[] {
  const section = sectionAt(place)
  const live = liveOf({ ...asked, wants: {} })
  if (!live) throw new Error('nothing to delete')
  return written(planDelete(section, live, 'address', 'not in the YAML', line(1)))
}

function written({ sends, ref }: NonNullable<MemberPlan['work']>, learnt: object | undefined = undefined): Written[] {
  return sends.map((send, index) => {
    const known = index === 0 ? ref : (learnt ?? ref)
    const body = send.body?.(known)
    const request = filled(send.route, send.params(known))
    return body === undefined ? [request] : [request, body]
  })
}

function filled(route: string, params: Params): string {
  return route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (params[name] === undefined) throw new Error(`${route} misses ${name}`)
    return encodeURIComponent(params[name])
  })
}

/** The family's findings about a member, as `severity field: message`. */
export function findingsAt(place: Place, asked: Asked): string[] {
  const section = sectionAt(place)
  const member = want(section, asked.key ?? '', asked.wants, asked.rest)
  const { family, known, scope } = section
  const live = liveOf(asked)
  const aligned: Aligned = at(family, scope)?.align?.(member, live, known, scope) ?? {
    wanted: member,
    live: live?.spec,
    findings: [],
  }
  const present = live && { ...live, spec: aligned.live ?? live.spec }
  const findings = [...aligned.findings, ...(at(family, scope)?.check?.(aligned.wanted, present, known, scope) ?? [])]
  return findings.map(shown)
}

function shown({ severity, field, message }: Finding): string {
  return `${severity} ${field ?? 'member'}: ${message}`
}

/** Names of the repositories that a document of the family lets use it. */
export function reachAt(place: Place, spec: Document): string[] {
  const { family, known, scope } = sectionAt(place)
  const ids = at(family, scope)?.reach?.(spec, known, scope) ?? []
  return ids.map((id) => known.repositories.byId.get(id)?.name ?? `nobody knows ${id}`).sort()
}

/** A sibling or a member of the level above, as `Known.desired` gives it. */
export function wantedOf(key: string, spec: Document, rest: Partial<Wanted> = {}): Wanted {
  return { key, state: 'present', spec, edits: {}, ...rest }
}
