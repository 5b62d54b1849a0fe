import { type Checkup, failedCheckup, type Missing, type NeededFor, type Purpose } from './checkup.ts'
import { APP_VARIABLE } from './credentials.ts'
import { GitHubError } from './errors.ts'
import type { Installation } from './installation.ts'
import { NEEDS_PERSON } from './missing-permission.ts'
import { formatPermissions, lackingOf, type Permissions } from './permissions.ts'

export interface AppCheck extends Pick<NeededFor, 'needs'> {
  readonly owner: string
  /** The needs of each purpose to which GitHub admits no App. */
  readonly barred?: NeededFor['needs']
  installation(owner: string): Promise<Installation | undefined>
}

/**
 * Compares the permissions of a GitHub App's installation on one owner with `needs`; undefined where the credential is
 * a token.
 */
export async function checkApp(check: AppCheck): Promise<Checkup | undefined> {
  const { owner, needs } = check
  const base = { of: owner, from: APP_VARIABLE, kind: 'GitHub App', needs } as const
  try {
    const installation = await check.installation(owner)
    if (installation === undefined) return undefined
    const has = formatPermissions(installation.permissions) || 'no permission'
    return {
      ...base,
      scopes: [],
      has: `${has} (the App ${installation.app})`,
      missing: missingOf(installation, check),
      untold: [],
      unreachable: [],
      notes: notesOf(installation, Object.keys(needs) as Purpose[]),
    }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return failedCheckup(base, `an installation on ${owner}`, error)
  }
}

function missingOf(installation: Installation, { owner, needs, barred = {} }: AppCheck): Missing[] {
  const purposes = Object.keys(needs) as Purpose[]
  if (installation.state === 'suspended') {
    const how = `An owner of ${owner} can unsuspend it: ${installation.page}`
    return [{ what: `an active installation on ${owner} (it is suspended)`, for: purposes, how }]
  }
  const how =
    "Add it in the App's settings, under Permissions; then have an owner of " +
    `${owner} approve it: ${installation.page}`
  const lacking = (purpose: Purpose): Permissions => lackingOf(installation.permissions, needs[purpose] ?? {})
  return [
    ...byPermission(purposes, lacking, how),
    ...byPermission(purposes, (purpose) => barred[purpose] ?? {}, NEEDS_PERSON),
  ]
}

function byPermission(
  purposes: readonly Purpose[],
  permissions: (purpose: Purpose) => Permissions,
  how: string,
): Missing[] {
  const missing = new Map<string, Purpose[]>()
  for (const purpose of purposes) {
    for (const [name, access] of Object.entries(permissions(purpose))) {
      const what = `${name}: ${access}`
      missing.set(what, [...(missing.get(what) ?? []), purpose])
    }
  }
  return [...missing].map(([what, lackedBy]) => ({ what, for: lackedBy, how }))
}

function notesOf({ permissions, repositories }: Installation, purposes: readonly Purpose[]): string[] {
  const writing = Object.entries(permissions).filter(([, access]) => access !== 'read')
  const notes: string[] = []
  if (purposes.includes('plan') && writing.length > 0) {
    const what = formatPermissions(Object.fromEntries(writing))
    notes.push(`The App that plan uses can write (${what}): whoever has its key can. Give plan an App that only reads.`)
  }
  if (purposes.includes('report') && writing.length > 0) {
    const what = formatPermissions(Object.fromEntries(writing))
    notes.push(`The App that reports use can write (${what}): they only read. Give them an App of their own.`)
  }
  if (!purposes.includes('report') && Object.hasOwn(permissions, 'contents')) {
    notes.push(
      'It may read the files of repositories (contents), which reports alone need. Give these an App of their own.',
    )
  }
  if (repositories === 'selected') {
    notes.push('It sees selected repositories only: exact lists and prune are held back there.')
  }
  return notes
}
