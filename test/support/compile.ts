import { execFile } from 'node:child_process'
import { mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Compiles modules below src/ with their imports, for a test that needs a Node process of its own.
 * @returns the folder that replaces src/; the caller removes it
 */
export async function compile(modules: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-compiled-'))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const config = {
    extends: resolve('tsconfig.build.json'),
    compilerOptions: { outDir: folder, rootDir: resolve('src'), typeRoots: [resolve('node_modules/@types')] },
    files: modules.map((module) => resolve('src', module)),
    include: [],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder])
  return folder
}
