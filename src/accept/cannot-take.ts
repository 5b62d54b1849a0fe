/** Why a difference cannot be taken over into the configuration; the message goes on from an address. */
export class CannotTake extends Error {
  override readonly name = 'CannotTake'
}
