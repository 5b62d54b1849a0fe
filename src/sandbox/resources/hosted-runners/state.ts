import type { Call, Route } from '../../http/call.ts'
import type { Enterprise, Organization } from '../../world/owners.ts'
import { slot } from '../../world/slot.ts'

export const SOURCES = ['github', 'partner', 'custom'] as const
export type Source = (typeof SOURCES)[number]

export interface HostedRunner {
  readonly id: number
  name: string
  image: { readonly id: string; readonly source: Source; readonly version: string | undefined }
  size: string
  groupId: number
  maximumRunners: number
  staticIp: boolean
  imageGen: boolean
  status: 'Ready' | 'Provisioning' | 'Shutdown' | 'Deleting' | 'Stuck'
  /** How often one that is being deleted is still shown: GitHub does not document how long that takes. */
  shownLeft: number
}

/** An image of the owner's own. */
export interface CustomImage {
  readonly id: number
  readonly name: string
  readonly platform: string
  /** From old to new. */
  versions: readonly string[]
}

interface HostedFleet {
  readonly runners: Map<number, HostedRunner>
  readonly images: Map<number, CustomImage>
  /** GitHub's example has 50. */
  mostStaticIps: number
}

const empty = (): HostedFleet => ({ runners: new Map(), images: new Map(), mostStaticIps: 50 })

export const hostedOf = {
  enterprise: slot<Enterprise, HostedFleet>(empty),
  organization: slot<Organization, HostedFleet>(empty),
}

/** The images that GitHub and its partners offer, a few of them. */
export const IMAGES = [
  { id: 'ubuntu-22.04', platform: 'linux-x64', size_gb: 86, display_name: 'Ubuntu 22.04', source: 'github' },
  { id: 'ubuntu-24.04', platform: 'linux-x64', size_gb: 86, display_name: 'Ubuntu 24.04', source: 'github' },
  { id: 'windows-2022', platform: 'win-x64', size_gb: 256, display_name: 'Windows 2022', source: 'github' },
  {
    id: 'ubuntu-24.04-arm',
    platform: 'linux-arm64',
    size_gb: 30,
    display_name: 'Ubuntu 24.04 by Arm',
    source: 'partner',
  },
] as const

export const SIZES = [4, 8, 16, 32, 64].map((cores) => {
  return { id: `${cores}-core`, cpu_cores: cores, memory_gb: cores * 4, storage_gb: cores * 37 + 2 }
})

/** The hosted runners of one level, and the groups that they can be in. */
export interface HostedLevel {
  readonly template: string
  readonly read: Omit<Route, 'method' | 'template' | 'handle'>
  readonly write: Omit<Route, 'method' | 'template' | 'handle'>
  /** For the images that an owner makes itself. */
  readonly customRead: Omit<Route, 'method' | 'template' | 'handle'>
  readonly customWrite: Omit<Route, 'method' | 'template' | 'handle'>
  readonly mostRunners: number
  fleetOf(call: Call): ReturnType<typeof hostedOf.organization>
  groupsOf(
    call: Call,
  ): ReadonlyMap<number, { readonly id: number; readonly inherited?: boolean; readonly default: boolean }>
}
