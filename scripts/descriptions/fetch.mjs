import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OLDER, PRODUCTS } from './operations.mjs'

/**
 * Calls `use` with a function that reads the description of one product. With `from`, the packages lie unpacked
 * there as `VERSION/package`; without it they are fetched with `npm pack` into a temporary folder.
 */
export function withDescriptions(from, use) {
  const folder = from ?? fetchPackages()
  try {
    return use(({ version, file, as = (description) => description }) =>
      as(JSON.parse(readFileSync(join(folder, version, 'package', 'generated', `${file}.json`), 'utf8'))),
    )
  } finally {
    if (from === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

function fetchPackages() {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-descriptions-'))
  for (const version of new Set([...OLDER, ...PRODUCTS].map((entry) => entry.version))) {
    console.error(`Fetching @octokit/openapi ${version}`)
    const target = join(folder, version)
    mkdirSync(target)
    execFileSync('npm', ['pack', `@octokit/openapi@${version}`, '--silent'], {
      cwd: target,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    })
    execFileSync('tar', ['-xzf', `octokit-openapi-${version}.tgz`], { cwd: target, stdio: 'inherit' })
  }
  return folder
}
