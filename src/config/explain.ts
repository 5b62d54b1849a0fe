import { formatAddress, parseAddress } from '../core/address.ts'
import { formatSource } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { Json } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import type { Repositories } from '../core/repository.ts'
import { ownerOf, repositoryIn, type Scope } from '../core/scope.ts'
import { didYouMean } from '../core/similar.ts'
import type { Configuration, Layer } from './configuration.ts'
import { fillMember } from './fill-member.ts'
import type { Given } from './given.ts'
import { createMerger, type MergedMember } from './merge.ts'
import { poolOf } from './pool.ts'
import { resolveOwner } from './resolve.ts'
import { layersOfOwner, namedRepositories, scopesOf, undecidedSets } from './scopes.ts'
import { versionedSource } from './value-source.ts'

/**
 * The source of each value of an address, and the values that it overrides: one line each. The address of a whole
 * family (`orgs/acme/secrets`) explains all of its members. Lists are shown as the YAML has them; of a secret, only the
 * place of its value.
 * @param repositories GitHub's listing; without it, sets that only GitHub can decide are named as undecided
 */
export function explain(
  configuration: Configuration,
  address: string,
  families: readonly Family[],
  repositories?: Repositories,
): readonly string[] {
  const parsed = parseAddress(address)
  const family = families.find(({ name }) => name === parsed?.family)
  if (parsed === undefined || family === undefined) {
    return [`${address} is not an address; one is orgs/OWNER/FAMILY/NAME or repos/OWNER/NAME/FAMILY/NAME`]
  }
  const { scope } = parsed
  const repository = repositoryIn(scope)
  const all = layersOfOwner(configuration, ownerOf(scope))
  // Which name another repository has now, only a listing tells; without it the others change nothing here.
  const layers = repositories === undefined ? all.filter((layer) => mayConcern(layer, repository?.repo)) : all
  const named = new Set(repositories === undefined ? [] : namedRepositories(layers, ownerOf(scope), families))
  if (repository !== undefined) named.add(repository.repo)
  const { scopes } = scopesOf(layers, poolOf(ownerOf(scope), repositories, named))
  const found = scopes.find((each) => sameScope(each.scope, scope))
  const key = family.shape === 'settings' ? '' : family.fold(parsed.key)
  const section = createMerger().merge(found?.layers ?? [], family)
  const said = section?.members.filter((member) => key === '' || member.key === key) ?? []
  const members = said.map((member) => fillMember(scope, family, member))
  const lines = members.flatMap((member) => [
    `${formatAddress(scope, family.name, member.key)}  from ${formatSource(member.source)}`,
    ...explainMember(member, family).map((line) => `  ${line}`),
  ])
  const isOpen = repositories === undefined && repository !== undefined
  const undecided = isOpen ? undecidedSets(layers, repository.owner, repository.repo) : []
  for (const { rank, source } of undecided.filter(({ body }) => Object.hasOwn(body, family.name))) {
    lines.push(`the ${rankName(rank)} at ${formatSource(source)} may apply too: only GitHub can tell`)
  }
  if (lines.length > 0) return lines
  return [
    `${address} is not in the configuration: octoform leaves it alone${nearIn(configuration, address, scope, families)}`,
  ]
}

function mayConcern({ repository, match }: Layer, repo: string | undefined): boolean {
  return repository === undefined ? match === undefined || repo !== undefined : repository === repo
}

/** An address of the configuration, or an owner that it names, which may be meant. */
function nearIn(configuration: Configuration, address: string, scope: Scope, families: readonly Family[]): string {
  const owner = ownerOf(scope)
  const owners = configuration.owners.map(({ name }) => name)
  if (!owners.includes(owner)) return didYouMean(owner, owners)
  const { sections } = resolveOwner(configuration, owner, undefined, families)
  return didYouMean(
    address,
    sections.flatMap(({ members }) => members.map((member) => member.address)),
  )
}

function explainMember(member: MergedMember, family: Family): readonly string[] {
  const lines: string[] = []
  if (member.state !== 'present') lines.push(member.state)
  for (const [path, { secret }] of Object.entries(family.fields)) {
    const text = (value: Json): string => (secret ? versionedSource(value) : JSON.stringify(value))
    const show = ({ value, template }: Given): string =>
      template === undefined ? text(value) : `${text(value)} (${text(template)})`
    const keys = leafKeys(path)
    const field = member.fields.get(path)
    if (field !== undefined) {
      lines.push(`${path} = ${show(field.given)}  ${provenance(field.given)}`)
      for (const given of field.overridden.toReversed()) lines.push(`  overrides ${show(given)}  ${provenance(given)}`)
    }
    for (const given of member.adds.get(path) ?? []) lines.push(`${keys.add} = ${show(given)}  ${provenance(given)}`)
    for (const given of member.removes.get(path) ?? [])
      lines.push(`${keys.remove} = ${show(given)}  ${provenance(given)}`)
  }
  const [, ...weaker] = member.mentions.toReversed()
  for (const given of weaker.filter(({ value }) => value !== 'present' || member.state !== 'present')) {
    lines.push(`overrides ${given.value}  ${provenance(given)}`)
  }
  return lines
}

function provenance(given: Given): string {
  return `from ${formatSource(given.source)} (${rankName(given.layer.rank)})`
}

function rankName(rank: Layer['rank']): string {
  return rank.replace(/^organization_set\.(.*)$/, '$1 of an organization_set').replaceAll('_', ' ')
}

function sameScope(left: Scope, right: Scope): boolean {
  return formatAddress(left, '', '') === formatAddress(right, '', '')
}
