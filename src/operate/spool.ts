import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWhole } from './write-whole.ts'

/** Text that is printed only once it is whole. It must be closed. */
export interface Spool {
  add(text: string): Promise<void>
  /** The bytes so far. */
  length(): number
  /** Drops all that came after so many bytes. */
  cut(length: number): Promise<void>
  /** Prints it, piece by piece. */
  pour(print: (piece: string) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** Bytes in memory, beyond which it goes into a file. */
const IN_MEMORY = 4 * 1024 * 1024

const PIECE = 256 * 1024

/**
 * Keeps text of any length in the memory of a few pages: what is more goes into a file of its own, which has no name any more
 * once it is open, so that nothing of it stays behind.
 * @param most bytes in memory
 */
export function openSpool(most = IN_MEMORY): Spool {
  let kept: Buffer[] = []
  let inMemory = 0
  let inFile = 0
  let file: SpoolFile | undefined
  const spool: Spool = {
    async add(text) {
      const bytes = Buffer.from(text)
      kept.push(bytes)
      inMemory += bytes.length
      if (inMemory <= most) return
      file ??= await spoolFile()
      const all = Buffer.concat(kept)
      await writeWhole(file.handle, all, inFile)
      inFile += all.length
      kept = []
      inMemory = 0
    },
    length: () => inFile + inMemory,
    async cut(length) {
      if (length < inFile) {
        await file?.handle.truncate(length)
        inFile = length
      }
      kept = [Buffer.concat(kept).subarray(0, length - inFile)]
      inMemory = kept[0]?.length ?? 0
    },
    async pour(print) {
      const decoder = new TextDecoder()
      const piece = Buffer.alloc(PIECE)
      for (let at = 0; file !== undefined && at < inFile; ) {
        const { bytesRead } = await file.handle.read(piece, 0, Math.min(PIECE, inFile - at), at)
        if (bytesRead === 0) throw new Error('bug: the file of a list became shorter')
        at += bytesRead
        await print(decoder.decode(piece.subarray(0, bytesRead), { stream: true }))
      }
      const rest = Buffer.concat(kept)
      for (let at = 0; at < rest.length; at += PIECE) {
        await print(decoder.decode(rest.subarray(at, at + PIECE), { stream: true }))
      }
    },
    close: async () => file?.close(),
  }
  return spool
}

interface SpoolFile {
  readonly handle: FileHandle
  close(): Promise<void>
}

async function spoolFile(): Promise<SpoolFile> {
  const path = join(tmpdir(), `octoform-${randomUUID()}`)
  const handle = await open(path, 'wx+', 0o600)
  // Where an open file keeps its name, it goes with the end.
  const isGone = await rm(path).then(
    () => true,
    () => false,
  )
  return {
    handle,
    async close() {
      await handle.close()
      if (!isGone) await rm(path, { force: true })
    },
  }
}
