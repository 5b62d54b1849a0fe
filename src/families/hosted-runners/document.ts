import type { GroupAccess } from '../common/group-access.ts'

/** The providers of an image. */
export type ImageSource = 'github' | 'partner' | 'custom'

/** A GitHub-hosted runner, as the YAML has it; a field that GitHub does not show is left out. */
export interface HostedRunner {
  readonly image?: { readonly id?: string; readonly source?: ImageSource; readonly version?: string }
  readonly size?: string
  /** The name of its group. */
  readonly runner_group?: string
  readonly maximum_runners?: number
  readonly enable_static_ip?: boolean
  readonly image_gen?: boolean
}

export interface HostedRunnerRef {
  readonly id: number
  /** Whether GitHub is deleting it, which takes some time. */
  readonly deleting: boolean
}

/** A hosted runner as GitHub shows it. */
export interface ShownHostedRunner {
  readonly id: number
  readonly name: string
  readonly runner_group_id?: number
  readonly image_details?: { readonly id: string; readonly source: ImageSource; readonly version?: string } | null
  readonly machine_size_details: { readonly id: string }
  readonly status: string
  readonly maximum_runners?: number
  readonly public_ip_enabled: boolean
  readonly image_gen?: boolean
}

/** A runner group, as far as hosted runners need it. */
export interface GroupName extends Pick<GroupAccess, 'visibility' | 'allows_public_repositories'> {
  readonly id: number
  readonly name: string
  /** Whether the enterprise owns it: an organization puts no runner of its own there. */
  readonly inherited?: boolean
}

/** The groups that the owner's hosted runners can be in, by name. */
export function groupIds(groups: readonly GroupName[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap(({ id, name, inherited }) => (inherited ? [] : [[name, id] as const])))
}

/** A shown runner in the words of the YAML. */
export function documentOf(shown: ShownHostedRunner, groups: readonly GroupName[]): HostedRunner {
  const { image_details: image, machine_size_details: machine, runner_group_id: groupId } = shown
  const group = groups.find(({ id }) => id === groupId)
  return {
    ...(image ? { image: imageOf(image) } : {}),
    size: machine.id,
    ...(group ? { runner_group: group.name } : {}),
    ...(shown.maximum_runners === undefined ? {} : { maximum_runners: shown.maximum_runners }),
    enable_static_ip: shown.public_ip_enabled,
    ...(shown.image_gen === undefined ? {} : { image_gen: shown.image_gen }),
  }
}

/** "This is relevant only for runners using custom images": the version of another one is GitHub's to choose. */
function imageOf({
  id,
  source,
  version,
}: NonNullable<ShownHostedRunner['image_details']>): NonNullable<HostedRunner['image']> {
  return source === 'custom' && version !== undefined ? { id, source, version } : { id, source }
}

/** GitHub's rule for the name, which its descriptions give. */
export function nameFault(name: string): string | undefined {
  if (name === '' || /^[A-Za-z0-9._-]{1,64}$/.test(name)) return undefined
  return `a hosted runner cannot be called so: GitHub takes up to 64 letters, digits, \`.\`, \`-\` and \`_\``
}
