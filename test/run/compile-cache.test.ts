import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startCompileCache } from '../../src/run/compile-cache.ts'

const user = process.getuid?.() ?? 0

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The folders that Node was told to keep its cache in. */
function started(tmp: string, env: Readonly<Record<string, string>> = {}, id: number | undefined = user): string[] {
  const told: string[] = []
  startCompileCache({ enableCompileCache: (folder) => told.push(folder) }, { env, tmp, user: id })
  return told
}

describe('the cache of compiled code', () => {
  it('stands in the folder of Node, which no other user may enter', async () => {
    const tmp = await temporary()
    const folder = join(tmp, 'node-compile-cache')
    expect(started(tmp)).toEqual([folder])
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect(started(tmp)).toEqual([folder])
  })

  it('is left alone by a Node without it', async () => {
    const tmp = await temporary()
    startCompileCache({}, { env: {}, tmp, user })
    await expect(stat(join(tmp, 'node-compile-cache'))).rejects.toThrow('ENOENT')
  })

  it.each([{ NODE_DISABLE_COMPILE_CACHE: '1' }, { NODE_COMPILE_CACHE: '/elsewhere' }])('is left to %j', async (env) => {
    const tmp = await temporary()
    expect(started(tmp, env)).toEqual([])
    await expect(stat(join(tmp, 'node-compile-cache'))).rejects.toThrow('ENOENT')
  })

  it.each([0o777, 0o770, 0o722])('is not in a folder of mode %o, in which others could leave code', async (mode) => {
    const tmp = await temporary()
    await mkdir(join(tmp, 'node-compile-cache'))
    await chmod(join(tmp, 'node-compile-cache'), mode)
    expect(started(tmp)).toEqual([])
  })

  it("is neither in another user's folder, nor behind a link, nor where no folder can be", async () => {
    const tmp = await temporary()
    await mkdir(join(tmp, 'node-compile-cache'), { mode: 0o700 })
    expect(started(tmp, {}, user + 1)).toEqual([])
    const linked = await temporary()
    await symlink(join(tmp, 'node-compile-cache'), join(linked, 'node-compile-cache'))
    expect(started(linked)).toEqual([])
    expect(started(join(tmp, 'missing'))).toEqual([])
  })
})
