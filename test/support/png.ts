import { inflateSync } from 'node:zlib'

/** A picture, as much of it as a test can judge. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** How many pixels each colour has, by its bytes. */
  readonly colours: ReadonlyMap<string, number>
}

/** The pixels of a picture, row after row: red, green and blue, and the opacity where there are four channels. */
interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly rows: readonly Buffer[]
}

/** Reads a PNG of eight bits a channel, not interlaced, as browsers make screenshots. https://www.w3.org/TR/png-3/ */
export function readPng(png: Buffer): Picture {
  const { width, height, channels, rows } = readPixels(png)
  return { width, height, colours: coloursOf(rows, channels) }
}

/** The same, pixel after pixel. */
export function readPixels(png: Buffer): Pixels {
  const chunks: Buffer[] = []
  let [width, height, channels] = [0, 0, 0]
  let palette: Buffer | undefined
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + size)
    if (type === 'IHDR') {
      width = data.readUInt32BE(0)
      height = data.readUInt32BE(4)
      channels = CHANNELS[data[9] ?? -1] ?? 0
    }
    if (type === 'PLTE') palette = data
    if (type === 'IDAT') chunks.push(data)
    at += 12 + size
  }
  const [filtered, stride, rows] = [inflateSync(Buffer.concat(chunks)), width * channels, [] as Buffer[]]
  for (let at = 0; at < filtered.length; at += stride + 1) {
    const row = Buffer.from(filtered.subarray(at + 1, at + 1 + stride))
    rows.push(unfilter(filtered[at] ?? 0, row, rows.at(-1) ?? Buffer.alloc(stride), channels))
  }
  if (palette === undefined) return { width, height, channels, rows }
  return { width, height, channels: 3, rows: rows.map((row) => coloured(row, palette)) }
}

/** By the type of colour: https://www.w3.org/TR/png-3/#3colourType */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 }

/** A row of indices into a palette as colours. */
function coloured(row: Buffer, palette: Buffer): Buffer {
  return Buffer.concat([...row].map((index) => palette.subarray(3 * index, 3 * index + 3)))
}

function coloursOf(rows: readonly Buffer[], channels: number): Map<string, number> {
  const colours = new Map<string, number>()
  for (const row of rows) {
    for (let pixel = 0; pixel < row.length; pixel += channels) {
      const colour = row.toString('hex', pixel, pixel + 3)
      colours.set(colour, (colours.get(colour) ?? 0) + 1)
    }
  }
  return colours
}

function unfilter(filter: number, row: Buffer, above: Buffer, channels: number): Buffer<ArrayBuffer> {
  for (let at = 0; at < row.length; at += 1) {
    const left = at < channels ? 0 : (row[at - channels] ?? 0)
    const up = above[at] ?? 0
    const corner = at < channels ? 0 : (above[at - channels] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    row[at] = ((row[at] ?? 0) + guess) & 0xff
  }
  return row as Buffer<ArrayBuffer>
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
