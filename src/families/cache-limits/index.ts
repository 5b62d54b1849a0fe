import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Document } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import { applyFirst, settingsAbove } from '../common/settings-above.ts'
import type { SettingsDocument } from '../common/settings-document.ts'
import { settingsOf } from '../common/settings-of.ts'

const MOST = 'max_repo_cache_size_limit_in_gb'

/**
 * How long caches are kept and how large all of a repository may be: in the cloud bounded from level to level, on
 * Enterprise Server by the enterprise alone, with a default for all repositories beside the most that one may have.
 * https://docs.github.com/rest/actions/cache
 */
export const cacheLimits = settingsOf('cache_limits', {
  fields: {
    max_cache_retention_days: { wider: 'never' },
    max_cache_size_gb: { wider: 'never' },
    repo_cache_size_limit_in_gb: { wider: 'never' },
    max_repo_cache_size_limit_in_gb: { wider: 'never' },
  },
  within: ['max_cache_retention_days', 'max_cache_size_gb'],
  boundBeyond: ({ spec }) => (spec.repo_cache_size_limit_in_gb === undefined ? [] : [MOST]),
  levels: {
    enterprise: {
      documents: [
        ...ofCloud('/enterprises/{enterprise}'),
        {
          path: '/enterprises/{enterprise}/actions/cache/usage-policy',
          method: 'PATCH',
          fields: ['repo_cache_size_limit_in_gb', 'max_repo_cache_size_limit_in_gb'],
        },
      ],
      check: checkDefault,
    },
    organization: { documents: ofCloud('/organizations/{org}') },
    repository: {
      check: checkMost,
      documents: [
        ...ofCloud('/repos/{owner}/{repo}'),
        {
          path: '/repos/{owner}/{repo}/actions/cache/usage-policy',
          method: 'PATCH',
          fields: ['repo_cache_size_limit_in_gb'],
          heldAbove: 422,
        },
      ],
    },
  },
})

function ofCloud(scope: `/${string}`): readonly SettingsDocument[] {
  return [
    { path: `${scope}/actions/cache/retention-limit`, fields: ['max_cache_retention_days'], heldAbove: 400 },
    { path: `${scope}/actions/cache/storage-limit`, fields: ['max_cache_size_gb'], heldAbove: 400 },
  ]
}

/** On Enterprise Server nothing of an organization is between a repository and the most that its enterprise allows one. */
function checkMost({ spec }: Wanted<Document>, _: unknown, known: Known): readonly Finding[] {
  const field = 'repo_cache_size_limit_in_gb'
  const value = spec[field]
  const { now, desired, isInForce } = settingsAbove<Document>(known, 'cache_limits', 'further above')
  const exceeds = (most: unknown): boolean => value !== undefined && most !== undefined && Number(value) > Number(most)
  const given = desired?.spec[MOST]
  const messageOf = (most: unknown): string =>
    `${field}: ${value} is more than the enterprise's ${MOST}: ${most} allows`
  if (exceeds(given)) {
    return [{ severity: 'error', field, message: messageOf(given), against: MOST, againstIn: 'further above' }]
  }
  if (!exceeds(now?.[MOST]) || (given !== undefined && isInForce)) return []
  const help =
    given === undefined ? `Change ${MOST} of the enterprise first, or write ${now?.[MOST]}.` : applyFirst('enterprise')
  return [{ severity: 'held back', field, message: messageOf(now?.[MOST]), help }]
}

/** The default of repositories is no more than the most that one may have. */
function checkDefault({ spec }: Wanted<Document>, live: Live<Document> | undefined): readonly Finding[] {
  const usual = spec.repo_cache_size_limit_in_gb ?? live?.spec.repo_cache_size_limit_in_gb
  const most = spec.max_repo_cache_size_limit_in_gb ?? live?.spec.max_repo_cache_size_limit_in_gb
  if (usual === undefined || most === undefined || Number(usual) <= Number(most)) return []
  const message = `repo_cache_size_limit_in_gb: ${usual} is more than max_repo_cache_size_limit_in_gb: ${most}`
  const fields = ['repo_cache_size_limit_in_gb', 'max_repo_cache_size_limit_in_gb'] as const
  const [field, ...others] = fields.filter((each) => spec[each] !== undefined)
  if (field === undefined) return []
  if (others.length > 0) return [{ severity: 'error', field, message }]
  const other = fields.find((each) => each !== field)
  return [{ severity: 'held back', field, message, help: `Write ${other} too.` }]
}
