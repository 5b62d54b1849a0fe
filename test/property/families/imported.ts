import { startInProcess } from '../../support/in-process.ts'
import { workplace } from '../../support/octoform.ts'
import type { Body } from '../../worlds/world.ts'
import { ENTERPRISE } from './seed.ts'

const TOKENS = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-an-enterprise' }

/** Imports each level of a world, and tells which import does not plan to no changes. */
export async function importProblems(seed: Body): Promise<string[]> {
  const sandbox = await startInProcess({ seed, product: seed.product as string })
  try {
    const problems: string[] = []
    const addresses = seed.enterprises === undefined ? [] : [`enterprises/${ENTERPRISE}`]
    for (const address of [...addresses, 'orgs/acme', 'repos/acme/*']) {
      const place = await workplace(sandbox, {}, TOKENS)
      const imported = await place.run(['import', address])
      await place.write('octoform.yaml', imported.stdout)
      const owners = address.startsWith('enterprises') ? ['--owner', address] : []
      const planned = await place.run(['plan', '--detailed-exitcode', ...owners])
      const isSame = planned.code === 0 && /(^|\n)No changes\.\n$/.test(planned.stdout)
      // Its settings cannot be read back: they are imported as they were never written.
      if (imported.code !== 0 || !isSame) {
        problems.push(
          [
            `import ${address}: exit ${imported.code}`,
            imported.stderr,
            planned.stdout,
            planned.stderr,
            imported.stdout,
          ].join('\n'),
        )
      }
    }
    return problems
  } finally {
    await sandbox.close()
  }
}
