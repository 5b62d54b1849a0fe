import type { Configuration } from '../config/configuration.ts'
import { vainAccepts } from '../config/idle.ts'
import { type Spend, startSpending } from '../config/limits.ts'
import { listingNeeds } from '../config/listing.ts'
import { heldOwner } from '../config/name-words.ts'
import { poolOf } from '../config/pool.ts'
import { resolveOwner } from '../config/resolve.ts'
import { excludedRepositories, layersOfOwner, namedRepositories } from '../config/scopes.ts'
import { formatScope, ownerPlace } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import { targetMatcher } from '../core/former-addresses.ts'
import { secretLeaf } from '../core/leaves.ts'
import { LADDER, scopeAbove } from '../core/scope.ts'
import { valueAtOf } from '../core/value-text.ts'
import { sectionAddress } from '../engine/known.ts'
import type { Identities } from '../engine/names.ts'
import { type Survey, surveyOwner, unreadOwner, type Wished } from '../engine/survey.ts'
import { families } from '../families/index.ts'
import type { Credential } from '../github/credentials.ts'
import { GitHubError } from '../github/errors.ts'
import type { Connection } from './connect.ts'
import type { RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'

type Owner = Configuration['owners'][number]

/** Reads everything that the configuration mentions, owner by owner. */
export async function surveyOwners(
  io: Io,
  connection: Connection,
  configuration: Configuration,
  owners: readonly Owner[],
  flags: RunFlags,
  identities: Identities,
): Promise<Survey[]> {
  const surveys: Survey[] = []
  const spend = startSpending()
  const current = { owner: '' }
  const progress = startProgress(io, () => `reading ${current.owner}: ${connection.requests()} requests`)
  try {
    for (const owner of owners) {
      current.owner = owner.name
      surveys.push(await survey(connection, configuration, owner, flags, identities, spend))
    }
  } finally {
    progress.end()
  }
  return surveys
}

async function survey(
  connection: Connection,
  configuration: Configuration,
  owner: Owner,
  flags: RunFlags,
  identities: Identities,
  spend: Spend,
): Promise<Survey> {
  const credential = await credentialOf(connection, owner)
  if ('unread' in credential) return credential.unread
  const server = await connection.server(owner.name)
  const sight = await connection.sight(owner.name)
  const listing = listingNeeds(configuration, owner.name, families)
  const layers = layersOfOwner(configuration, owner.name)
  const inTarget = targetMatcher(flags.target ?? [])
  const found = await surveyOwner({
    owner: {
      name: owner.name,
      declared: owner.by,
      listing,
      written: namedRepositories(layers, owner.name, families, 'with negations'),
      excluded: excludedRepositories(layers, owner.name, families),
      heldBack: (fact) => ({
        address: ownerPlace(owner),
        field: null,
        source: owner.source,
        ...heldOwner(owner.name, fact),
      }),
      resolve: (repositories) => {
        const { sections, diagnostics, heldBack } = resolveOwner(
          configuration,
          owner.name,
          repositories,
          families,
          spend,
        )
        const targeted = targetFilter(flags.target ?? [], sections, (address) => inTarget(address, repositories.names))
        const leftOut = sections.filter((section) => !targeted(section)).map(sectionAddress)
        const vain =
          listing === 'all' ? vainAccepts({ accept: flags.accept ?? [] }, poolOf(owner.name, repositories, [])) : []
        return {
          sections: sections.filter(targeted),
          diagnostics: [...diagnostics, ...vain],
          heldBack,
          leftOut,
          wished: wishedIn(sections),
        }
      },
    },
    families,
    server,
    configuredProduct: configuration.github.product,
    client: (product) => connection.reader(credential, server, product),
    sees: sight.sees,
    inRun: (address, { names }) => inTarget(address, names),
    identities,
  })
  if (sight.sees === 'all' || listing !== 'all') return found
  const message = `exact lists and prune of ${owner.name} are held back, and globs match only what is seen: ${sight.remedy}`
  const address = `orgs/${owner.name}`
  const warning = { severity: 'warning', message, address, held_back: true } as const
  return { ...found, diagnostics: [...found.diagnostics, warning] }
}

/** The addresses of the configuration, with the sources of values that secrets are to have. */
export function wishedIn(sections: readonly DesiredSection[]): readonly Wished[] {
  return sections.flatMap(({ family: name, members }) => {
    const family = families.find((each) => each.name === name)
    const path = family && secretLeaf(family)
    return members.map((member): Wished => {
      const value = path !== undefined && member.state === 'present' ? valueAtOf(member, path)?.source : undefined
      return { address: member.address, value }
    })
  })
}

/** An App that is not installed on one owner, or lacks a permission there, may still serve the others. */
async function credentialOf(connection: Connection, owner: Owner): Promise<Credential | { readonly unread: Survey }> {
  try {
    return await connection.credential(owner.name)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { unread: unreadOwner(owner, error) }
  }
}

/**
 * With `--target`, a section without an address that the globs name is not read; sections that policies need from above
 * are.
 */
function targetFilter(
  globs: readonly string[],
  sections: readonly DesiredSection[],
  matches: (address: string) => boolean,
): (section: DesiredSection) => boolean {
  if (globs.length === 0) return () => true
  const needed = new Set(families.flatMap(({ needs }) => (needs ?? []).map(({ family }) => family)))
  const isNamed = ({ prune, members }: DesiredSection): boolean =>
    prune.length > 0 || members.some(({ address }) => matches(address))
  const above = new Set(
    sections
      .filter(isNamed)
      .flatMap(({ scope }) => scopeAbove(scope) ?? [])
      .map(formatScope),
  )
  return (section) => {
    if (isNamed(section)) return true
    const { family, scope } = section
    return needed.has(family) && (LADDER[scope.type].owns || above.has(formatScope(scope)))
  }
}
