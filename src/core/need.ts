/** A family that must be read first, of the same scope or of the scope above. */
export interface Need {
  readonly family: string
  readonly from: 'here' | 'above'
}
