import { realpath } from 'node:fs/promises'
import type { Configuration } from '../config/configuration.ts'
import { governChanges } from '../config/govern-changes.ts'
import { resolveOwner } from '../config/resolve.ts'
import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredSection } from '../core/desired.ts'
import { targetMatcher } from '../core/former-addresses.ts'
import { type NoLongerManaged, noLongerManaged } from '../core/no-longer-managed.ts'
import type { Plan } from '../core/plan.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import type { BaseRun } from '../run/base-run.ts'
import { ownerNames } from '../run/chosen-owners.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import type { Run } from '../run/run.ts'

/**
 * A plan with the addresses that the configuration stops managing since the base commit, and the changes of its
 * governing rules.
 */
export async function sinceBase(
  io: Pick<Io, 'cwd' | 'registry'>,
  flags: Pick<RunFlags, 'owner' | 'target'>,
  run: Run,
  base: BaseRun | undefined,
): Promise<Plan> {
  const { plan } = run.planned
  if (base === undefined) return plan
  const roots = { base: await real(base.folder), own: await real(io.cwd) }
  const { policies = [] } = await io.registry()
  const declared = { families: run.configuration.families, policies }
  const governs = governChanges(base.configuration, run.configuration, declared, roots)
  const lost = lostSince(flags, run, base)
  return {
    ...plan,
    ...(lost.length === 0 ? {} : { no_longer_managed: lost }),
    ...(governs.length === 0 ? {} : { governs }),
  }
}

function lostSince(
  { owner: asked, target = [] }: Pick<RunFlags, 'owner' | 'target'>,
  run: Run,
  base: BaseRun,
): readonly NoLongerManaged[] {
  if (base.configuration === undefined) return []
  const chosen = asked && ownerNames(asked)
  const inTarget = targetMatcher(target)
  const lost: NoLongerManaged[] = []
  for (const { name } of base.configuration.owners) {
    if (chosen?.includes(name) === false) continue
    const before = base.states.find(({ owner }) => owner === name)
    const now = run.states.find(({ owner }) => owner === name)
    const [had, has] =
      before?.desired === undefined || now?.desired === undefined
        ? [offline(base.configuration, name), offline(run.configuration, name)]
        : [desiredIn(base.configuration, before), desiredIn(run.configuration, now)]
    append(
      lost,
      noLongerManaged(had, has).filter(({ address }) => inTarget(address, now?.names?.known)),
    )
  }
  return lost
}

/**
 * The desired sections of an owner. Repositories that could not be read are not known by name: those that the files
 * name stand in.
 */
function desiredIn(
  configuration: Configuration,
  { owner, desired = [], notRead }: OwnerState,
): readonly DesiredSection[] {
  if (notRead.length === 0) return desired
  const unread = new Set(notRead.map(({ scope }) => scope))
  const known = new Set(desired.map(({ scope }) => formatScope(scope)))
  const more = offline(configuration, owner).filter(({ scope }) => {
    const place = formatScope(scope)
    return unread.has(place) && !known.has(place)
  })
  return [...desired, ...more]
}

/** By names alone; sets, globs and selectors reach only repositories that the configuration names. */
function offline(configuration: Configuration, owner: string): readonly DesiredSection[] {
  return resolveOwner(configuration, owner, undefined, configuration.families).sections
}

async function real(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch {
    // A checkout that is not there has no configuration either.
    return folder
  }
}
