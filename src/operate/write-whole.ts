import type { FileHandle } from 'node:fs/promises'

/** Writes all of these bytes at a place of a file: one write of the system may take less than it is given. */
export async function writeWhole(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}
