import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { acmeIn, SEED } from '../action/world.ts'
import { loop } from '../loop/loop.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { withSandbox } from '../support/sandbox.ts'
import { faultOf } from './command-line.ts'

const PAGE = await readFile(resolve(import.meta.dirname, '../../docs/getting-started.md'), 'utf8')
/** The blocks of the page in their order. */
const BLOCKS = [...PAGE.matchAll(/```(sh|yaml)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}))
const WHOLE = BLOCKS.find(({ language, text }) => language === 'yaml' && text.startsWith('version: 1'))?.text ?? ''
/** The blocks up to the one that begins in another checkout. */
const BY_HAND = BLOCKS.slice(
  0,
  BLOCKS.findIndex(({ text }) => text.includes('init --owner acme --repository')),
)
const IN_CHECKOUT = BLOCKS[BY_HAND.length]?.text ?? ''

const ACME = {
  organizations: {
    acme: {
      plan: 'enterprise',
      repositories: { admin: {}, web: { visibility: 'public' }, 'ml-1': {}, 'service-a': {} },
      runner_groups: { gpu: { visibility: 'all' } },
    },
  },
}

/** Runs the lines of octoform as they stand, and answers their question. */
async function runLines(place: Workplace, block: string): Promise<void> {
  for (const line of block.split('\n')) {
    const [, name, command = '', says] = /^(?:([A-Z_]+)=\S+ )?octoform (.*?)(?:\s+# (.*))?$/.exec(line) ?? []
    if (command === '') continue
    expect(faultOf(`octoform ${command.split(' > ')[0]}`)).toBeUndefined()
    const [words = '', file] = command.split(' > ')
    const env = name === undefined ? {} : { [name]: 'typed' }
    const { code, stdout, stderr } = await place.run(words.split(' '), { env, answer: 'yes' })
    expect(code, `${line}\n${stdout}${stderr}`).toBe(0)
    if (file !== undefined) await place.write(file, stdout)
    if (says === 'No changes.') expect(stdout).toMatch(/(^|\n)No changes\.\n$/)
  }
}

/** Puts a fragment of the page into the configuration that import wrote. */
async function put(place: Workplace, fragment: string): Promise<void> {
  const document = parseDocument(await place.read('octoform.yaml'))
  for (const [family, members] of Object.entries(parse(fragment) as Record<string, object>)) {
    for (const [key, value] of Object.entries(members)) document.setIn(['organizations', 'acme', family, key], value)
  }
  await place.write('octoform.yaml', document.toString())
}

describe('the guide', () => {
  it('goes from an organization that is there to a secret that is managed', async () => {
    const sandbox = await withSandbox({ product: 'ghec', seed: ACME })
    const place = await workplace(sandbox, {})
    for (const { language, text } of BY_HAND) {
      if (language === 'yaml') await put(place, text)
      else await runLines(place, text)
    }
    expect(await place.run(['drift'])).toMatchObject({ code: 0 })
    expect(JSON.stringify(await sandbox.state())).toContain('"typed"')
    await sandbox.call('DELETE', '/orgs/acme/actions/secrets/NPM_TOKEN')
    expect(await place.run(['drift'])).toMatchObject({ code: 2 })
  })

  it('takes a checkout over, with workflows that plan, apply and look for drift', async () => {
    const place = await workplace(await withSandbox({ product: 'ghec', seed: ACME }), {})
    await runLines(place, IN_CHECKOUT)
    for (const name of ['plan', 'apply', 'drift']) {
      expect(await place.read(`.github/workflows/octoform-${name}.yml`)).toContain(`command: ${name}`)
    }
  })

  it('comes to a plan that is reviewed in a pull request, and to exactly its apply', async () => {
    const made = await loop('ghec', SEED, WHOLE)
    expect(await made.plan()).toMatchObject({ code: 0 })
    expect(made.comments().join()).toContain('NPM_TOKEN')
    expect(made.checks()).toEqual([expect.stringMatching(/^octoform plan: /)])
    await made.merge()
    expect(await made.apply({ NPM_TOKEN: 'planted' })).toMatchObject({ code: 0 })
    expect(acmeIn(made.sandbox).secrets).toMatchObject({ NPM_TOKEN: { value: 'planted' } })
    expect(await made.drift()).toMatchObject({ code: 0 })
  })
})
