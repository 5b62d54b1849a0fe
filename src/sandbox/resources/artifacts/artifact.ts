import { type Content, contentAt } from '../../world/content.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import { type Entry, flagAt, idAt, momentAt, named, textAt } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import { type Repository, timestamp } from '../../world/store.ts'

/** A file that a run has uploaded. */
export interface Artifact {
  readonly id: number
  readonly name: string
  readonly runId: number
  readonly content: Content
  readonly createdAt: string
  readonly expiresAt: string
  /** Whether its content is gone though its time has not come. */
  readonly expired: boolean
  /** Whether the store gives a part of it. */
  readonly ranges: boolean
}

/** The artifacts of a repository, by id. */
export const artifactsOf = slot<Repository, Map<number, Artifact>>(() => new Map())

const ARTIFACT_KEYS = ['id', 'name', 'text', 'size', 'created_at', 'expires_at', 'expired', 'ranges']
const FIRST_ARTIFACT = 5001
/** GitHub keeps artifacts for 90 days where nothing else is said. */
const KEPT_MS = 90 * 86_400_000

/** Whether it is there in name alone. */
export function hasExpired({ expired, expiresAt }: Artifact, now: Date): boolean {
  return expired || Date.parse(expiresAt) <= now.getTime()
}

/** Adds those of the runs of a seed, which share one row of ids. @throws SeedError */
export function addArtifacts(
  repository: Repository,
  runs: ReadonlyMap<string, Entry>,
  createdAt: (runId: number) => string,
): void {
  const given = [...runs].map(([id, run]) => ({ id: Number(id), all: named(run, 'artifacts', ARTIFACT_KEYS) }))
  const ids = idsFrom(
    FIRST_ARTIFACT,
    given.flatMap(({ all }) => [...all.values()]),
  )
  for (const { id: runId, all } of given) {
    for (const [key, one] of all) {
      const id = ids(idAt(one, 'id'))
      const created = momentAt(one, 'created_at') ?? createdAt(runId)
      artifactsOf(repository).set(id, {
        id,
        name: textAt(one, 'name') ?? key,
        runId,
        content: contentAt(one) ?? { text: key },
        createdAt: created,
        expiresAt: momentAt(one, 'expires_at') ?? timestamp(new Date(Date.parse(created) + KEPT_MS)),
        expired: flagAt(one, 'expired') ?? false,
        ranges: flagAt(one, 'ranges') ?? true,
      })
    }
  }
}

/** Those of a run in the seed's shape; one whose name another has is named by its id. */
export function dumpArtifacts(artifacts: readonly Artifact[]): object {
  const seen = new Set<string>()
  const entries = artifacts.map(({ id, name, content, createdAt, expiresAt, expired, ranges }) => {
    const isOnce = !seen.has(name)
    seen.add(name)
    const dates = { created_at: createdAt, expires_at: expiresAt }
    const flags = { ...(expired ? { expired } : {}), ...(ranges ? {} : { ranges }) }
    return [isOnce ? name : `${name} ${id}`, { id, ...(isOnce ? {} : { name }), ...content, ...dates, ...flags }]
  })
  return Object.fromEntries(entries)
}

/** Takes away those of a run that is deleted. */
export function removeArtifactsOf(repository: Repository, runId: number): void {
  const artifacts = artifactsOf(repository)
  for (const artifact of artifacts.values()) if (artifact.runId === runId) artifacts.delete(artifact.id)
}
