import { createHash } from 'node:crypto'
import type { Call } from '../../http/call.ts'
import { bytesOf, type Content, sizeOf } from '../../world/content.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { nodeId } from '../accounts/present-owner.ts'
import { runsOf } from '../runs/run.ts'
import { type Artifact, hasExpired } from './artifact.ts'

/** `artifact`. Its run came after 2.22, its digest to the cloud. */
export function presentArtifact(call: Call, repository: Repository, artifact: Artifact): object {
  const url = `${call.base}/repos/${repository.owner.login}/${repository.name}/actions/artifacts/${artifact.id}`
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: sizeOf(artifact.content),
    url,
    archive_download_url: `${url}/zip`,
    expired: hasExpired(artifact, call.now),
    ...(call.product.kind === 'ghes' ? {} : { digest: digestOf(artifact.content) }),
    created_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    updated_at: artifact.createdAt,
    ...(hasSince(call.product, [3, 4]) && call.product.ae !== '2021'
      ? { workflow_run: run(repository, artifact) }
      : {}),
  }
}

/** The run that it is of, in short. */
function run(repository: Repository, { runId }: Artifact): object | null {
  const found = runsOf(repository).byId.get(runId)
  if (!found) return null
  const ids = { repository_id: repository.id, head_repository_id: repository.id }
  return { id: found.id, ...ids, head_branch: found.headBranch, head_sha: found.headSha }
}

/** Above this size, in bytes, no digest is made: it would be made for each answer. Artifacts of old versions have none either. */
const DIGESTED = 64 * 1024

function digestOf(content: Content): string | null {
  if (sizeOf(content) > DIGESTED) return null
  const hash = createHash('sha256')
  for (const chunk of bytesOf(content)) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
