import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actionsEnv, REPOSITORY } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = 'organizations: { acme: { secrets: { A: { visibility: all, value: x } } } }'
const YAML = 'version: 1\norganizations: { acme: { secrets: { A: absent } } }\n'

describe('an annotation names a file from the root of the checkout down', () => {
  it.each([
    ['the checkout itself', (folder: string) => folder, () => 'conf/a.yaml'],
    ['a folder of it', dirname, (folder: string) => `${basename(folder)}/conf/a.yaml`],
    ['elsewhere', (folder: string) => `${folder}-other`, () => 'conf/a.yaml'],
  ])('started in %s', async (_, workspaceOf, named) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'conf/a.yaml': YAML })
    const workspace = { GITHUB_WORKSPACE: workspaceOf(place.folder) }
    const env = await actionsEnv({ event: 'schedule', payload: REPOSITORY, env: workspace })
    for (const config of ['conf', `${place.folder}/conf`]) {
      const planned = await place.run(['plan', '--config', config, '--show-private'], { env })
      expect(planned.stdout + planned.stderr).toContain(`file=${named(place.folder)},line=2,`)
    }
    await place.write('conf/a.yaml', 'version: 2\n')
    for (const command of ['validate', 'plan']) {
      const { stdout, stderr } = await place.run([command, '--config', 'conf'], { env })
      expect(stdout + stderr).toContain(`::error file=${named(place.folder)},line=1,`)
    }
  })
})
