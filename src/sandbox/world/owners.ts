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
}
