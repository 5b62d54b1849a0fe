import { type Body, choice, flag, required, text } from '../../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  enterpriseOf,
  idParam,
  ok,
  organizationOf,
  type Route,
} from '../../http/call.ts'
import { invalidRequest, notFound, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { groupsOf } from '../enterprise-runner-groups/state.ts'
import type { Resource } from '../resource.ts'
import { fleetOf } from '../runners/state.ts'
import { customImageRoutes } from './custom-images.ts'
import { lookUpRoutes } from './look-ups.ts'
import { present } from './present.ts'
import { partOf } from './seed.ts'
import { type HostedLevel, type HostedRunner, hostedOf, IMAGES, SIZES, SOURCES } from './state.ts'

const CLOUD = { notOn: ['ghes'] } as const
const OF_ENTERPRISE = { asker: 'classic token', scope: 'manage_runners:enterprise', notOn: ['ghes', 'dotcom'] } as const
const OF_ORGANIZATION = { ...CLOUD, scope: 'manage_runners:org' } as const

const ENTERPRISE: HostedLevel = {
  template: '/enterprises/{enterprise}/actions/hosted-runners',
  read: OF_ENTERPRISE,
  write: OF_ENTERPRISE,
  customRead: OF_ENTERPRISE,
  customWrite: OF_ENTERPRISE,
  mostRunners: 50,
  fleetOf: (call) => hostedOf.enterprise(enterpriseOf(call)),
  groupsOf: (call) => groupsOf(enterpriseOf(call)).groups,
}

const ORGANIZATION: HostedLevel = {
  template: '/orgs/{org}/actions/hosted-runners',
  read: { ...OF_ORGANIZATION, permission: 'organization_administration=read' },
  write: { ...OF_ORGANIZATION, permission: 'organization_administration=write' },
  customRead: { ...OF_ORGANIZATION, permission: 'organization_runner_custom_images=read' },
  customWrite: { ...OF_ORGANIZATION, permission: 'organization_runner_custom_images=write' },
  mostRunners: 10,
  fleetOf: (call) => hostedOf.organization(organizationOf(call)),
  groupsOf: (call) => fleetOf(organizationOf(call)).groups,
}

/**
 * GitHub-hosted larger runners of an enterprise or an organization, in the cloud (https://docs.github.com/rest/actions/hosted-runners).
 * Which status GitHub has for what it refuses is not documented: 422 is taken.
 */
export const hostedRunners: Resource = {
  routes: [ENTERPRISE, ORGANIZATION].flatMap((level) => [
    ...routesOf(level),
    ...lookUpRoutes(level),
    ...customImageRoutes(level),
  ]),
  enterprise: partOf(hostedOf.enterprise, (enterprise) => groupsOf(enterprise).groups, ENTERPRISE.mostRunners),
  organization: partOf(hostedOf.organization, (organization) => fleetOf(organization).groups, ORGANIZATION.mostRunners),
}

function routesOf(level: HostedLevel): readonly Route[] {
  const { template, read, write } = level
  const one = `${template}/{hosted_runner_id}`
  return [
    { ...read, method: 'GET', template, handle: (call) => list(call, level) },
    { ...write, method: 'POST', template, handle: (call) => create(call, level) },
    { ...read, method: 'GET', template: one, handle: (call) => ok(present(runnerIn(call, level), level, call)) },
    { ...write, method: 'PATCH', template: one, handle: (call) => update(call, level) },
    { ...write, method: 'DELETE', template: one, handle: (call) => remove(call, level) },
  ]
}

function list(call: Call, level: HostedLevel): Answer {
  const { runners } = level.fleetOf(call)
  for (const runner of runners.values()) showOnce(runner, runners)
  return listAnswer(call, 'runners', [...runners.values()], (runner) => present(runner, level, call))
}

/** One that is being deleted is gone after it was shown once or twice. */
function showOnce(runner: HostedRunner, runners: Map<number, HostedRunner>): void {
  if (runner.status !== 'Deleting') return
  if (runner.shownLeft === 0) runners.delete(runner.id)
  else runner.shownLeft -= 1
}

/** @throws Refusal 404 when the owner has none with the id in the path. */
function runnerIn(call: Call, level: HostedLevel): HostedRunner {
  const { runners } = level.fleetOf(call)
  const id = idParam(call, 'hosted_runner_id')
  const found = runners.get(id)
  if (found) showOnce(found, runners)
  const runner = runners.get(id)
  if (!runner) throw notFound()
  return runner
}

function create(call: Call, level: HostedLevel): Answer {
  const { runners } = level.fleetOf(call)
  const body = bodyOf(call)
  const name = nameIn(call, level, required(text(body, 'name'), 'name'))
  const image = required(body.image, 'image') as Body
  const id = Math.max(0, ...runners.keys()) + 1
  const runner: HostedRunner = {
    id,
    name,
    image: imageIn(call, level, image, ''),
    size: sizeIn(required(text(body, 'size'), 'size')),
    groupId: groupIn(call, level, required(numberIn(body, 'runner_group_id'), 'runner_group_id')),
    maximumRunners: numberIn(body, 'maximum_runners') ?? level.mostRunners,
    staticIp: staticIpIn(call, level, flag(body, 'enable_static_ip') ?? false, false),
    imageGen: flag(body, 'image_gen') ?? false,
    status: 'Ready',
    shownLeft: 1,
  }
  runners.set(id, runner)
  return { status: 201, body: { ...present(runner, level, call), status: 'Provisioning' } }
}

/** Leaves what is not sent as it is. */
function update(call: Call, level: HostedLevel): Answer {
  const runner = runnerIn(call, level)
  if (runner.status === 'Deleting') throw unprocessable('The hosted runner is being deleted.')
  const body = bodyOf(call)
  const name = text(body, 'name')
  const group = numberIn(body, 'runner_group_id')
  const sentImage = ['image_id', 'image_source', 'image_version'].some((field) => body[field] !== undefined)
  const size = text(body, 'size')
  const changed: Partial<HostedRunner> = {
    ...(name === undefined || name === runner.name ? {} : { name: nameIn(call, level, name) }),
    ...(group === undefined ? {} : { groupId: groupIn(call, level, group) }),
    ...(sentImage ? { image: imageIn(call, level, { ...asSent(runner.image), ...body }, 'image_') } : {}),
    ...(size === undefined ? {} : { size: sizeIn(size) }),
    maximumRunners: numberIn(body, 'maximum_runners') ?? runner.maximumRunners,
    staticIp: staticIpIn(call, level, flag(body, 'enable_static_ip') ?? runner.staticIp, runner.staticIp),
    imageGen: flag(body, 'image_gen') ?? runner.imageGen,
  }
  Object.assign(runner, changed)
  return ok(present(runner, level, call))
}

function asSent({ id, source }: HostedRunner['image']): Body {
  return { image_id: id, image_source: source }
}

/** 202: GitHub goes on deleting after its answer. */
function remove(call: Call, level: HostedLevel): Answer {
  const runner = runnerIn(call, level)
  runner.status = 'Deleting'
  return { status: 202, body: present(runner, level, call) }
}

/** "Must be between 1 and 64 characters and may only contain upper and lowercase letters a-z, numbers 0-9, '.', '-', and '_'." */
function nameIn(call: Call, level: HostedLevel, name: string): string {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) throw unprocessable('The name of the hosted runner is not valid.')
  for (const each of level.fleetOf(call).runners.values()) {
    if (each.name === name) throw unprocessable(`A hosted runner named "${name}" already exists.`)
  }
  return name
}

/** "Must match the source of the image specified by `image_id`." */
function imageIn(call: Call, level: HostedLevel, body: Body, prefix: 'image_' | ''): HostedRunner['image'] {
  const id = required(text(body, `${prefix}id`), `${prefix}id`)
  const source = required(choice(body, `${prefix}source`, SOURCES), `${prefix}source`)
  const given = body[`${prefix}version`] === null ? undefined : text(body, `${prefix}version`)
  if (source !== 'custom') {
    const image = IMAGES.find((each) => each.id === id && each.source === source)
    if (!image) throw unprocessable(`There is no image "${id}" of ${source}.`)
    return { id, source, version: undefined }
  }
  const custom = level.fleetOf(call).images.get(Number(id))
  if (!custom) throw unprocessable(`There is no custom image "${id}".`)
  const version = given === undefined || given === 'latest' ? custom.versions.at(-1) : given
  if (version === undefined || !custom.versions.includes(version)) {
    throw unprocessable(`The image "${id}" has no version "${given}".`)
  }
  return { id, source, version }
}

function sizeIn(size: string): string {
  if (!SIZES.some(({ id }) => id === size)) throw unprocessable(`There is no machine size "${size}".`)
  return size
}

function groupIn(call: Call, level: HostedLevel, id: number): number {
  const group = level.groupsOf(call).get(id)
  if (!group || group.inherited) throw unprocessable(`There is no runner group ${id}.`)
  return id
}

/** "Note limit on account." */
function staticIpIn(call: Call, level: HostedLevel, wanted: boolean, had: boolean): boolean {
  const { runners, mostStaticIps } = level.fleetOf(call)
  const used = [...runners.values()].filter(({ staticIp }) => staticIp).length
  if (wanted && !had && used >= mostStaticIps) throw unprocessable('The limit of static public IPs is reached.')
  return wanted
}

function numberIn(body: Body, field: string): number | undefined {
  const value = body[field]
  if (value === undefined) return undefined
  if (!Number.isInteger(value) || Number(value) < 1)
    throw invalidRequest(`For 'properties/${field}', it is not an integer.`)
  return value as number
}
