import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: workflows write it so.
const EXPRESSION = '${{ github.sha }}'
const TOKEN = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'
const PROXY = 'http://user:word@proxy.example.com:8080'

const environments = {
  prod: {
    variables: { WITH: { value: EXPRESSION }, KEPT: { value: 'one' } },
    deployment_branch_policy: 'custom_branch_policies',
    deployment_branch_policies: [{ branch: 'main' }, { branch: `of-${TOKEN}` }],
  },
  '..': { variables: { INNER: { value: 'one' } } },
  '.': { wait_timer: 5 },
  'blank ': { variables: { INNER: { value: 'one' } } },
  [EXPRESSION]: { variables: { INNER: { value: 'one' } } },
  [TOKEN]: { secrets: { INNER: { value: 'planted' } } },
}

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: { environments, variables: { TOKEN: { value: TOKEN } } } },
      variables: {
        PROXY: { value: PROXY, visibility: 'all' },
        FORM: { value: `a ${EXPRESSION} b`, visibility: 'private' },
        PLAIN: { value: 'one', visibility: 'all' },
      },
    },
  },
}

const FAMILIES = ['--only', 'variables', '--only', 'environments', '--only', 'secrets']

async function imported(args: readonly string[]) {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, {})
  const ran = await place.run(['import', ...args, ...FAMILIES, '--out', 'conf'])
  const names = await readdir(join(place.folder, 'conf'), { recursive: true })
  const yaml = names.filter((name) => name.endsWith('.yaml'))
  const texts = await Promise.all(yaml.sort().map((name) => place.read(join('conf', name))))
  const planned = await place.run(['plan', '--config', 'conf', '--detailed-exitcode'])
  return { ran, written: texts.join('\n'), planned }
}

describe('a text on GitHub that a configuration cannot hold', () => {
  it.each([
    [['orgs/acme', '--with-repositories']],
    [['orgs/acme', '--with-repositories', '--no-compact']],
    [['repos/acme/web']],
    [['orgs/acme']],
  ])('is left out of the import of %j and named, and the plan changes nothing', async (args) => {
    const { ran, written, planned } = await imported(args)
    expect([ran.code, planned.code], ran.stderr + planned.stdout + planned.stderr).toEqual([0, 0])
    expect(planned.stdout).toMatch(/(^|\n)No changes\.\n$/)
    const settings = written.replace(/^#.*$/gm, '')
    // The variable is there, so that nothing takes it away, and its text is left as it is.
    if (args[0] === 'orgs/acme') {
      expect(settings).toMatch(/\n {6}PROXY:\n {8}visibility: all\n/)
      expect(ran.stderr).toContain(
        'orgs/acme/variables/PROXY value: left out: what GitHub has holds what looks like a cred',
      )
      expect(ran.stderr).toContain(
        'orgs/acme/variables/FORM value: left out: what GitHub has holds an expression of workfl',
      )
    }
    if (args[0] !== 'orgs/acme' || args.length > 1) {
      expect(settings).toMatch(/\n +WITH: \{\}\n/)
      expect(settings).toMatch(/add_deployment_branch_policies:\n +- main\n/)
      expect(ran.stderr).toContain(
        'repos/acme/web/environments/blank%20: left out: `blank ` cannot be the name of an env',
      )
      expect(settings).not.toContain('INNER')
    }
    for (const hidden of ['***', EXPRESSION, TOKEN, 'user:word']) expect(settings).not.toContain(hidden)
  })

  it('is in no request where no URL can hold it, and is no change for what names the others', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml =
      'version: 1\nrepositories:\n  acme/web:\n    environments: { prod: { wait_timer: 0 } }\n    prune: ["environments/.*"]\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const planned = await place.run(['plan'])
    expect([planned.code, planned.stdout], planned.stderr).toEqual([0, expect.stringMatching(/No changes\.\n$/)])
    await place.write('octoform.yaml', 'version: 1\nrepositories:\n  acme/web:\n    environments: { "..": {} }\n')
    const refused = await place.run(['validate'])
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('no URL can hold it')])
  })
})
