import { startInProcess } from '../../support/in-process.ts'
import { workplace } from '../../support/octoform.ts'
import type { Body } from '../../worlds/world.ts'
import { mapAt } from './names.ts'
import { ENTERPRISE } from './seed.ts'

const TOKENS = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-an-enterprise' }

/** Imports each level of a world, and tells which import does not plan to no changes. */
export async function importProblems(seed: Body): Promise<string[]> {
  const sandbox = await startInProcess({ seed, product: seed.product as string })
  try {
    const problems: string[] = []
    // Its server does not tell this one.
    const told = seed.product === 'ghae-2021' ? ['--product', seed.product] : []
    const addresses = seed.enterprises === undefined ? [] : [`enterprises/${ENTERPRISE}`]
    const described = Object.entries(seed.organizations as Body).filter(
      ([, own]) => Object.keys(mapAt(own, 'repositories')).length > 0,
    )
    const names = described.map(([name]) => name)
    for (const address of [...addresses, ...names.flatMap((name) => [`orgs/${name}`, `repos/${name}/*`])]) {
      const place = await workplace(sandbox, {}, TOKENS)
      const imported = await place.run(['import', address, ...told])
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
