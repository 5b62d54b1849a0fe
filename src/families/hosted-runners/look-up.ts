import type { Get, Known } from '../../core/family.ts'
import { isDocument, type Json } from '../../core/json.ts'
import { type Scope, scopeParams } from '../../core/scope.ts'
import type { Params } from '../../core/send.ts'
import type { GroupAccess } from '../common/group-access.ts'
import { readList } from '../common/selected-list.ts'
import { type GroupName, groupIds, type HostedRunner, type ImageSource } from './document.ts'
import type { HostedRoutes } from './routes.ts'

/** The things that the owner's hosted runners can be made of, as far as the YAML asks for them. */
export interface Offered {
  /** The images of the providers that the YAML names: by id, the latest version of a custom one. */
  readonly images: { readonly [S in ImageSource]?: ReadonlyMap<string, string | undefined> }
  /** The versions of the custom images of which the YAML names one, by id. */
  readonly versions?: ReadonlyMap<string, readonly string[]>
  readonly sizes?: ReadonlySet<string>
  readonly groups?: ReadonlyMap<string, number>
  /** The settings of the groups that a runner leaves or comes to, by name. */
  readonly access?: ReadonlyMap<string, GroupAccess>
  /** The owner's static addresses. */
  readonly addresses?: { readonly maximum: number; readonly current_usage: number }
}

interface Limits {
  readonly public_ips: NonNullable<Offered['addresses']>
}

/** Reads what the YAML mentions, and no more; nothing for an import. */
export async function lookUp(routes: HostedRoutes, scope: Scope, get: Get, known: Known): Promise<Offered> {
  const members = (known.desired('hosted_runners', 'here') ?? []).filter(({ state }) => state === 'present')
  const wanted = members.map(({ spec }) => spec as HostedRunner)
  const asked = new Set(members.flatMap(({ key, spec }) => sourceOf(spec, key, known) ?? []))
  const params = scopeParams(scope)
  const asks = (is: (spec: HostedRunner) => boolean): boolean => wanted.some(is)
  const sources = SOURCES.filter((each) => asked.has(each))
  const [images, sizes, groups, limits] = await Promise.all([
    Promise.all(sources.map(async (source) => [source, await imagesOf(routes.images[source], params, get)] as const)),
    asks(({ size }) => size !== undefined) ? get.list<{ readonly id: string }>(routes.sizes, params) : undefined,
    asks(({ runner_group: group }) => group !== undefined) ? get.list<GroupName>(routes.groups, params) : undefined,
    asks(({ enable_static_ip: ip }) => ip === true) ? get.one<Limits>(routes.limits, params) : undefined,
  ])
  const custom = Object.fromEntries(images).custom
  return {
    images: Object.fromEntries(images),
    versions: await versionsOf(
      routes,
      params,
      get,
      versioned(known).filter((id) => custom?.has(id)),
    ),
    ...(sizes ? { sizes: new Set(sizes.map(({ id }) => id)) } : {}),
    ...(groups ? { groups: groupIds(groups), access: await accessOf(routes, params, get, moving(groups, known)) } : {}),
    ...(limits ? { addresses: limits.public_ips } : {}),
  }
}

/** The groups that a runner is created in, leaves or comes to. */
function moving(groups: readonly GroupName[], known: Known): readonly GroupName[] {
  const live = new Map(known.live('hosted_runners', 'here')?.map(({ key, spec }) => [key, groupIn(spec)]))
  const names = new Set<string | undefined>()
  for (const { key, state, spec } of known.desired('hosted_runners', 'here') ?? []) {
    const [from, to] = [live.get(key), groupIn(spec)]
    if (state === 'present' && to !== undefined && from !== to) names.add(from).add(to)
  }
  return groups.filter(({ name, inherited }) => !inherited && names.has(name))
}

function groupIn(spec: HostedRunner): string | undefined {
  return spec.runner_group
}

/** Their settings, with the list of those that are for selected ones. */
async function accessOf(
  { selected }: HostedRoutes,
  params: Params,
  get: Get,
  groups: readonly GroupName[],
): Promise<ReadonlyMap<string, GroupAccess>> {
  const all = groups.map(async ({ id, name, visibility, allows_public_repositories: open }) => {
    const isListed = visibility === 'selected'
    const { spec } = await readList(selected, { ...params, runner_group_id: id }, get, isListed)
    const settings = {
      ...(visibility ? { visibility } : {}),
      ...(open === undefined ? {} : { allows_public_repositories: open }),
    }
    return [name, { ...settings, ...spec }] as const
  })
  return new Map(await Promise.all(all))
}

const SOURCES = ['github', 'partner', 'custom'] as const

/** The provider of a desired image; only custom ones have versions, and GitHub has that of one given by its id alone. */
function sourceOf({ image }: HostedRunner, key: string, known: Known): ImageSource | undefined {
  if (image === undefined || image.source !== undefined) return image?.source
  if (image.version !== undefined) return 'custom'
  const live = known.live('hosted_runners', 'here')?.find((each) => each.key === key)
  return (live?.spec as HostedRunner | undefined)?.image?.source
}

/** Whether an image of the YAML may be one of the owner's own, as far as one place of the YAML shows it. */
export function mayBeCustom(image: Json): boolean {
  return !isDocument(image) || image.source === undefined || image.source === 'custom'
}

/** The ids of images of which the YAML names a version by its number. */
function versioned(known: Known): readonly string[] {
  const live = new Map(known.live('hosted_runners', 'here')?.map(({ key, spec }) => [key, imageIdIn(spec)]))
  const ids = (known.desired('hosted_runners', 'here') ?? []).flatMap(({ key, state, spec }) => {
    const { image } = spec as HostedRunner
    if (state !== 'present' || image?.version === undefined || image.version === 'latest') return []
    return image.id ?? live.get(key) ?? []
  })
  return [...new Set(ids)]
}

function imageIdIn({ image }: HostedRunner): string | undefined {
  return image?.id
}

async function versionsOf(
  { versions }: HostedRoutes,
  params: Params,
  get: Get,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = ids.map(async (id) => {
    const list = await get.list<{ readonly version: string }>(versions, { ...params, image_definition_id: id })
    return [id, list.map(({ version }) => version)] as const
  })
  return new Map(await Promise.all(all))
}

/** Custom images have numbers for ids, all others words. */
async function imagesOf(
  route: HostedRoutes['images'][ImageSource],
  params: Readonly<Record<string, string>>,
  get: Get,
): Promise<ReadonlyMap<string, string | undefined>> {
  const images = await get.list<{ readonly id: string | number; readonly latest_version?: string }>(route, params)
  return new Map(images.map(({ id, latest_version: latest }) => [String(id), latest]))
}
