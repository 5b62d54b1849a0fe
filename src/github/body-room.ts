/** Of all bodies together that are being read. */
export const ROOM_BYTES = 64 * 2 ** 20

/** Memory that the bodies of answers share while they are read. */
export interface BodyRoom {
  enter(): Share
}

/** The share of the memory that one body holds. */
export interface Share {
  /** Takes more, if that is free now. */
  take(bytes: number): boolean
  /** Waits until more is free, and takes it. */
  wait(bytes: number): Promise<void>
  /** Gives everything back. */
  leave(): void
}

interface Seat {
  held: number
  waiting: { readonly bytes: number; readonly wake: () => void } | undefined
}

/**
 * Room for several bodies. The bytes that the oldest may still take are kept free for it, so that it is always read to
 * its end and makes room for the others: they cannot all wait for one another.
 * @param total bytes of all bodies together; at least `largest`
 * @param largest bytes of one body, which takes no more
 */
export function bodyRoom(total: number, largest: number): BodyRoom {
  // In the order in which they came.
  const seats = new Set<Seat>()
  let free = total
  const fits = (seat: Seat, bytes: number): boolean => {
    const [oldest] = seats
    const kept = oldest === undefined || oldest === seat ? 0 : Math.max(0, largest - oldest.held)
    return free - bytes >= kept
  }
  const take = (seat: Seat, bytes: number): boolean => {
    if (!fits(seat, bytes)) return false
    seat.held += bytes
    free -= bytes
    return true
  }
  const wakeThoseThatFit = (): void => {
    for (const seat of seats) {
      const { waiting } = seat
      if (waiting === undefined || !take(seat, waiting.bytes)) continue
      seat.waiting = undefined
      waiting.wake()
    }
  }
  return {
    enter() {
      const seat: Seat = { held: 0, waiting: undefined }
      seats.add(seat)
      return {
        take: (bytes) => take(seat, bytes),
        wait: (bytes) =>
          new Promise((wake) => {
            seat.waiting = { bytes, wake }
            wakeThoseThatFit()
          }),
        leave() {
          if (!seats.delete(seat)) return
          free += seat.held
          wakeThoseThatFit()
        },
      }
    },
  }
}
