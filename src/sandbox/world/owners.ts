import type { Holder } from './slot.ts'

export type Owner = Organization | User

export interface User {
  readonly type: 'User'
  id: number
  login: string
}

export interface Organization extends Holder {
  readonly type: 'Organization'
  id: number
  login: string
  readonly plan: string
  /** The enterprise that it belongs to; on GHES there is one for all. */
  enterprise: Enterprise | undefined
}

/** An enterprise account. It owns organizations, and no repository of its own. */
export interface Enterprise extends Holder {
  readonly id: number
  /** Its name in paths, as it was given; compared without case. */
  readonly slug: string
  readonly name: string
}
