import { deflateSync } from 'node:zlib'
import { readPixels } from '../support/png.ts'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const COLOURS = 256

/**
 * The same picture in 256 colours, a third of the size: pages of text have few others. https://www.w3.org/TR/png-3/
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, rows } = readPixels(png)
  const colours = new Map<number, number>()
  const pixels = rows.map((row) => {
    const line = new Uint32Array(width)
    for (let at = 0; at < width; at += 1) {
      const colour = row.readUIntBE(at * channels, 3)
      line[at] = colour
      colours.set(colour, (colours.get(colour) ?? 0) + 1)
    }
    return line
  })
  const palette = paletteOf(colours)
  const index = new Map([...colours.keys()].map((colour) => [colour, nearest(colour, palette)]))
  const lines = pixels.map((line) => Buffer.from([0, ...Array.from(line, (colour) => index.get(colour) ?? 0)]))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.alloc(3 * palette.length)
  palette.forEach((colour, at) => {
    table.writeUIntBE(colour, 3 * at, 3)
  })
  const data = deflateSync(Buffer.concat(lines), { level: 9 })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', table),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each further colour is the one that most pixels miss by the most: a rare colour that is like no other is kept. */
function paletteOf(colours: ReadonlyMap<number, number>): readonly number[] {
  const left = new Map([...colours.keys()].map((colour) => [colour, Number.POSITIVE_INFINITY]))
  const palette: number[] = []
  while (palette.length < COLOURS && left.size > 0) {
    let [next, most] = [0, -1]
    for (const [colour, missed] of left) {
      const weight = Math.sqrt(colours.get(colour) ?? 0) * Math.min(missed, 1e9)
      if (weight > most) [next, most] = [colour, weight]
    }
    palette.push(next)
    left.delete(next)
    for (const [colour, missed] of left) left.set(colour, Math.min(missed, distance(colour, next)))
  }
  return palette
}

function nearest(colour: number, palette: readonly number[]): number {
  const distances = palette.map((other) => distance(colour, other))
  return distances.indexOf(distances.reduce((least, each) => Math.min(least, each)))
}

function distance(one: number, other: number): number {
  const [red, green, blue] = [
    (one >> 16) - (other >> 16),
    ((one >> 8) & 255) - ((other >> 8) & 255),
    (one & 255) - (other & 255),
  ]
  return (red ?? 0) ** 2 + (green ?? 0) ** 2 + (blue ?? 0) ** 2
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** https://www.w3.org/TR/png-3/#5CRC-algorithm */
function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
