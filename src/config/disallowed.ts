import { formatAddress, formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Prune } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { secretLeaf } from '../core/leaves.ts'
import { RENAMED_FROM } from '../core/rename.ts'
import { namesOf, type Scope, scopeNamed } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import { type Disallowed, disallowedProblems } from './disallowed-problems.ts'
import { fillMember } from './fill-member.ts'
import { type Allowance, allowances } from './grants.ts'
import type { Spend } from './limits.ts'
import type { MergedMember, MergedSection } from './merge.ts'
import { deciding } from './prune.ts'
import { valueSource } from './value-source.ts'

/** A scope as its layers came out. */
interface MergedScope {
  readonly scope: Scope
  readonly layers: readonly Layer[]
  readonly sections: readonly MergedSection[]
  /** By family. */
  readonly prunes: ReadonlyMap<string, readonly Prune[]>
}

/** Statements about one scope that wait, because `files` allows its former name alone. */
export interface Waiting {
  /** By the address of the member. */
  readonly members: ReadonlyMap<string, HeldBack>
  readonly prunes: ReadonlyMap<Prune, HeldBack>
}

/** Looks at scopes one by one, and returns at the end what is not allowed. */
export interface Judge {
  look(scope: MergedScope): Waiting
  verdict(): readonly Diagnostic[]
}

/**
 * Finds declarations that `files` does not permit, once the reach of sets is known: every file with a statement about
 * an address must be allowed that address, also where another file's statement decides. A repository that was renamed out
 * of what a file may declare is no fault of the file: what it says of it waits, and everything else goes on.
 */
export function judgeOf(configuration: Configuration, spend: Spend): Judge {
  const { grants } = configuration
  if (grants === undefined) return { look: () => ({ members: new Map(), prunes: new Map() }), verdict: () => [] }
  const allowance = allowances(grants, spend)
  const disallowed: Disallowed[] = []
  return {
    look(scope) {
      const found = disallowedIn(scope, allowance)
      append(disallowed, found.disallowed)
      return found.waiting
    },
    verdict: () => disallowedProblems(disallowed, grants, allowance),
  }
}

function disallowedIn(
  { scope, layers, sections, prunes }: MergedScope,
  allowance: (file: string) => Allowance,
): { readonly disallowed: readonly Disallowed[]; readonly waiting: Waiting } {
  const disallowed: Disallowed[] = []
  const waiting = { members: new Map<string, HeldBack>(), prunes: new Map<Prune, HeldBack>() }
  for (const { family, members } of sections) {
    for (const member of members) {
      const { key, mentions } = member
      if (member.isTemplate) append(disallowed, sourcesIn(scope, family, member, allowance))
      const what = formatAddress(scope, family.name, key)
      for (const { layer, source } of mentions) {
        const { file, former } = layer
        if (allowance(file).declares(what)) continue
        const meant = former === undefined ? undefined : formerly(scope, former)
        if (meant !== undefined && allowance(file).declares(formatAddress(meant, family.name, key))) {
          waiting.members.set(what, heldFor({ scope, meant, file, source, address: what }))
        } else disallowed.push({ file, source, kind: 'address', what })
      }
      append(disallowed, formerNameIn(scope, family, member, allowance))
    }
  }
  for (const prune of [...prunes.values()].flat()) {
    const { glob, source } = prune
    const { file } = source
    if (allowance(file).covers(glob)) continue
    const former = layers.find((layer) => layer.file === file && layer.former !== undefined)?.former
    const meant = former === undefined ? undefined : formerly(scope, former)
    const start = formatScope(scope)
    if (meant !== undefined && allowance(file).covers(`${formatScope(meant)}${glob.slice(start.length)}`)) {
      waiting.prunes.set(prune, heldFor({ scope, meant, file, source, address: start }))
    } else disallowed.push({ file, source, kind: 'prune', what: glob })
  }
  append(disallowed, suspended(scope, layers, allowance))
  return { disallowed, waiting }
}

/** Finds a former name that a file may not declare: renaming takes it away. */
function formerNameIn(
  scope: Scope,
  family: Family,
  { fields }: MergedMember,
  allowance: (file: string) => Allowance,
): readonly Disallowed[] {
  const given = fields.get(RENAMED_FROM)?.given
  if (typeof given?.value !== 'string') return []
  const what = formatAddress(scope, family.name, family.fold(given.value))
  const { file } = given.layer
  return allowance(file).declares(what) ? [] : [{ file, source: given.source, kind: 'address', what }]
}

/** Finds sources of values, with names in place of placeholders, that a file may not take; also where another file decides. */
function sourcesIn(
  scope: Scope,
  family: Family,
  member: MergedMember,
  allowance: (file: string) => Allowance,
): readonly Disallowed[] {
  const merged = fillMember(scope, family, member).fields.get(secretLeaf(family) ?? '')
  return [...(merged ? [merged.given, ...merged.overridden] : [])].flatMap(({ value, template, layer, source }) => {
    const { file } = layer
    const what = valueSource(value)
    return template === undefined || allowance(file).takes(what) ? [] : [{ file, source, kind: 'value', what }]
  })
}

/** The scope by the name that its repository had. */
function formerly(scope: Scope, former: string): Scope {
  const [owner = '', repository, ...below] = namesOf(scope)
  return repository === undefined ? scope : scopeNamed(scope.type, [owner, former, ...below])
}

function heldFor({
  scope,
  meant,
  file,
  source,
  address,
}: { readonly scope: Scope; readonly meant: Scope; readonly file: string } & Pick<
  HeldBack,
  'source' | 'address'
>): HeldBack {
  const reason = `${formatScope(meant)} is called ${formatScope(scope)} now, which \`files\` does not let ${file} declare`
  const help = `Let \`files\` give ${file} ${formatScope(scope)}/** as well, or take it out there.`
  return { address, field: null, reason, source, help }
}

/** Finds `prune` of a stronger rank that replaces a weaker one: it needs the permission to prune there. */
function suspended(
  scope: Scope,
  layers: readonly Layer[],
  allowance: (file: string) => Allowance,
): readonly Disallowed[] {
  const winners = deciding(layers)
  const losers = layers.filter((layer) => Array.isArray(layer.body.prune) && !winners.includes(layer))
  return losers.flatMap(({ file: loser, body }) => {
    const globs = Array.isArray(body.prune) ? body.prune.filter((glob) => typeof glob === 'string') : []
    return winners.flatMap(({ file, path, place }) => {
      const source = place([...path, 'prune'])
      return globs
        .map((glob) => `${formatScope(scope)}/${glob === '**' ? '*/*' : glob}`)
        .filter((glob) => file !== loser && !allowance(file).covers(glob))
        .map((what): Disallowed => ({ file, source, kind: 'prune', what }))
    })
  })
}
