import { randomBytes } from 'node:crypto'
import { integers, required, text, texts } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, ok, param, type Route } from '../../http/call.ts'
import { invalidRequest, notFound, Refusal } from '../../http/errors.ts'
import { hasSince } from '../../world/products.ts'
import { stableSha } from '../../world/stable-id.ts'
import { timestamp } from '../../world/store.ts'
import { presentRunner } from './present-runner.ts'
import type { Runner } from './state.ts'

type RouteAccess = Omit<Route, 'method' | 'template' | 'handle'>

/** The place that runners are registered at: their path, who may do it, and the groups that they can be in. */
interface RegisteredAt {
  readonly template: string
  readonly read: RouteAccess
  readonly write: RouteAccess
  runnersOf(call: Call): Map<number, Runner>
  /** The ids of its groups; undefined of a repository, which has none. */
  groupsOf(call: Call): ReadonlyMap<number, { readonly id: number }> | undefined
}

const TOKEN_LASTS_MS = 3_600_000
const MOST_LABELS = 100
/** The newest runner here. */
const VERSION = '2.329.0'
const SYSTEMS = [
  ['osx', 'x64'],
  ['osx', 'arm64'],
  ['linux', 'x64'],
  ['linux', 'arm'],
  ['linux', 'arm64'],
  ['win', 'x64'],
  ['win', 'arm64'],
] as const

/** The tokens and configurations that register runners, and the applications (https://docs.github.com/rest/actions/self-hosted-runners). */
export function registrationRoutes(place: RegisteredAt): readonly Route[] {
  const { template, read, write } = place
  const onlyInCloud = [...new Set([...(read.notOn ?? []), 'ghes' as const, 'dotcom' as const])]
  return [
    { ...write, method: 'POST', template: `${template}/registration-token`, handle: newToken },
    { ...write, method: 'POST', template: `${template}/remove-token`, handle: newToken },
    {
      ...write,
      since: [3, 10],
      method: 'POST',
      template: `${template}/generate-jitconfig`,
      handle: (call) => registerOnce(call, place),
    },
    { ...read, method: 'GET', template: `${template}/downloads`, handle: listDownloads },
    {
      ...read,
      notOn: onlyInCloud,
      method: 'GET',
      template: `${template}/deprecations/{version}`,
      handle: getDeprecation,
    },
  ]
}

/** "The token expires after one hour." It is kept nowhere. */
function newToken(call: Call): Answer {
  const token = `A${randomBytes(14).toString('hex').toUpperCase()}`
  return { status: 201, body: { token, expires_at: timestamp(new Date(call.now.getTime() + TOKEN_LASTS_MS)) } }
}

/** A runner for one job, which is offline until it is started. @throws Refusal 409 for a name that is taken, 404 for no such group */
function registerOnce(call: Call, { runnersOf, groupsOf }: RegisteredAt): Answer {
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  const labels = required(texts(body, 'labels'), 'labels')
  const groupId = required(integers({ ids: [body.runner_group_id ?? null] }, 'ids'), 'runner_group_id')[0]
  if (labels.length === 0 || labels.length > MOST_LABELS) throw invalidRequest('labels must have 1 to 100 items.')
  text(body, 'work_folder')
  const runners = runnersOf(call)
  const groups = groupsOf(call)
  if (groups && (groupId === undefined || !groups.has(groupId))) throw notFound()
  for (const runner of runners.values()) {
    if (runner.name === name) throw new Refusal(409, `Already exists - A runner with the name ${name} already exists.`)
  }
  const id = Math.max(0, ...runners.keys()) + 1
  const own = labels.filter((label) => label !== 'self-hosted')
  const facts = { os: 'unknown', status: 'offline', busy: false, ephemeral: true, labels: own }
  const runner: Runner = { id, name, ...facts, groupId: groups ? groupId : undefined }
  runners.set(id, runner)
  const config = Buffer.from(JSON.stringify({ name, key: randomBytes(16).toString('hex') })).toString('base64')
  return { status: 201, body: { runner: presentRunner(call, runner), encoded_jit_config: config } }
}

/** GHES 2.22 shows no check sum. */
function listDownloads(call: Call): Answer {
  const files = SYSTEMS.map(([os, architecture]) => {
    const filename = `actions-runner-${os}-${architecture}-${VERSION}.${os === 'win' ? 'zip' : 'tar.gz'}`
    return {
      os,
      architecture,
      download_url: `https://github.com/actions/runner/releases/download/v${VERSION}/${filename}`,
      filename,
      ...(hasSince(call.product, [3, 4])
        ? { sha256_checksum: `${stableSha(filename)}${stableSha(filename).slice(0, 24)}` }
        : {}),
    }
  })
  return ok(files)
}

/** The newest runner has no end; each older one has, which GitHub's dates are not taken for. @throws Refusal 404 for no version */
function getDeprecation(call: Call): Answer {
  const version = param(call, 'version')
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw notFound()
  const isNewest = version === VERSION
  return ok({
    runner_version: version,
    registration_deprecates_at: isNewest ? null : '2026-03-16T00:00:00Z',
    runtime_deprecates_at: isNewest ? null : '2026-06-16T00:00:00Z',
  })
}
