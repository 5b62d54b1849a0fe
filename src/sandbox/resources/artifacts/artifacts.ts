import { type Answer, type Call, idParam, NO_CONTENT, ok, param, repositoryOf } from '../../http/call.ts'
import { notFound, Refusal } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { redirectToStore, STORE, type StoreRoute } from '../../http/store.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import { runIn } from '../runs/run.ts'
import { type Artifact, artifactsOf, hasExpired } from './artifact.ts'
import { presentArtifact } from './present-artifact.ts'

const ACTIONS = '/repos/{owner}/{repo}/actions'
const ALL = `${ACTIONS}/artifacts`
const ONE = `${ALL}/{artifact_id}`
const READ = { method: 'GET', permission: 'actions=read' } as const
const KIND = `${STORE}artifacts`

/** The archive of an artifact; the content that the seed gives stands for it. */
const ARCHIVES: StoreRoute = {
  template: `${KIND}/{repository_id}/{artifact_id}`,
  find(world, { repository_id: repositoryId, artifact_id: id }) {
    const repository = world.repositories.get(Number(repositoryId))
    const artifact = repository && artifactsOf(repository).get(Number(id))
    if (!artifact) return undefined
    const { content, name, ranges } = artifact
    return { content, type: 'application/zip', filename: `${name}.zip`, ranges }
  },
}

/** The artifacts of workflow runs (https://docs.github.com/rest/actions/artifacts). */
export const artifacts: Resource = {
  routes: [
    { ...READ, template: ALL, handle: listAll },
    { ...READ, template: `${ACTIONS}/runs/{run_id}/artifacts`, handle: listOfRun },
    { ...READ, template: ONE, handle: (call) => ok(presentArtifact(call, repositoryOf(call), artifactIn(call))) },
    { method: 'DELETE', permission: 'actions=write', template: ONE, handle: remove },
    { ...READ, template: `${ONE}/{archive_format}`, handle: download },
  ],
  store: [ARCHIVES],
}

/** From new to old. */
function listAll(call: Call): Answer {
  const repository = repositoryOf(call)
  const found = named(call, [...artifactsOf(repository).values()])
    .sort(byAge)
    .reverse()
  return listAnswer(call, 'artifacts', found, (each) => presentArtifact(call, repository, each))
}

/** `direction` came to the cloud alone; else from new to old, too. */
function listOfRun(call: Call): Answer {
  const repository = repositoryOf(call)
  const { id } = runIn(call, repository)
  const found = named(
    call,
    [...artifactsOf(repository).values()].filter(({ runId }) => runId === id),
  ).sort(byAge)
  const isAscending = call.product.kind !== 'ghes' && call.query.direction === 'asc'
  const ordered = isAscending ? found : found.reverse()
  return listAnswer(call, 'artifacts', ordered, (each) => presentArtifact(call, repository, each))
}

/** "The name field of an artifact. When specified, only artifacts with this name will be returned." Not in GHES 2.22. */
function named(call: Call, all: Artifact[]): Artifact[] {
  const name = hasSince(call.product, [3, 4]) ? call.query.name : undefined
  return name === undefined ? all : all.filter((each) => each.name === name)
}

function byAge(one: Artifact, other: Artifact): number {
  return one.createdAt === other.createdAt ? one.id - other.id : one.createdAt < other.createdAt ? -1 : 1
}

function artifactIn(call: Call): Artifact {
  return artifactWith(repositoryOf(call), idParam(call, 'artifact_id'))
}

function artifactWith(repository: Repository, id: number): Artifact {
  const artifact = artifactsOf(repository).get(id)
  if (!artifact) throw notFound()
  return artifact
}

function remove(call: Call): Answer {
  const { id } = artifactIn(call)
  artifactsOf(repositoryOf(call)).delete(id)
  return NO_CONTENT
}

/** "The `:archive_format` must be `zip`." 410 for one that has expired, which GHES 2.22 does not document: 404 there. */
function download(call: Call): Answer {
  const repository = repositoryOf(call)
  const artifact = artifactIn(call)
  if (param(call, 'archive_format') !== 'zip') throw notFound()
  if (hasExpired(artifact, call.now)) {
    throw hasSince(call.product, [3, 4]) ? new Refusal(410, 'Artifact has expired') : notFound()
  }
  return redirectToStore(call, `${KIND}/${repository.id}/${artifact.id}`)
}
