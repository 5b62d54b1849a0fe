import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { bundledSchema } from '../../src/shipped/bundled-schema.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { SMALL_SEED } from '../support/small-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

/** The schema that the first line of a file leads an editor to, as it finds it. */
async function schemaOf(place: Workplace, file: string): Promise<(document: unknown) => boolean> {
  const [first = ''] = (await place.read(file)).split('\n')
  const [, path] = /^# yaml-language-server: \$schema=(\S+)$/.exec(first) ?? []
  expect(path, first).toBeDefined()
  const schema = await readFile(join(place.folder, dirname(file), path ?? ''), 'utf8')
  return new Ajv2020({ strict: false }).compile(JSON.parse(schema))
}

it('is one file that knows what its parts know', async () => {
  const text = await bundledSchema()
  expect(text).not.toMatch(/"\$ref": "[^#]/)
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(text))
  const file = new URL('../../examples/demo/octoform.yaml', import.meta.url)
  expect(validate(parse(await readFile(file, 'utf8'), { merge: true }))).toBe(true)
  expect(validate({ version: 1, organizations: { acme: { permissions: { allowed_actions: 'some' } } } })).toBe(false)
  expect(validate({ version: 1, organizations: { acme: { secrets: { A: { visibilty: 'all' } } } } })).toBe(false)
  const inEnvironment = (keys: object) => ({
    version: 1,
    repositories: { 'acme/web': { environments: { prod: keys } } },
  })
  expect(validate(inEnvironment({ wait_timer: 5, secrets: { A: { value: { env: 'A' } } } }))).toBe(true)
  expect(validate(inEnvironment({ secrets: { A: { vale: { env: 'A' } } } }))).toBe(false)
})

describe('the first line of a configuration', () => {
  it('leads to it from each file that init wrote', async () => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, {})
    await place.run(['init', '--owner', 'acme', '--repository', 'acme/admin'])
    for (const file of ['octoform.yaml', 'orgs/acme.yaml']) {
      const validate = await schemaOf(place, file)
      expect(validate(parse(await place.read(file)))).toBe(true)
      expect(validate({ version: 1, organisations: {} })).toBe(false)
    }
  })

  it.each(['conf', 'a/b', '.'])('leads to it from what import --out %s wrote', async (folder) => {
    const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), {})
    const ran = await place.run(['import', 'orgs/acme', '--out', folder])
    expect(ran).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Wrote \S+acme\.yaml\nWrote \S+schema\.json\n$/),
    })
    const file = join(folder, 'acme.yaml')
    expect((await schemaOf(place, file))(parse(await place.read(file)))).toBe(true)
  })

  it('stands in what import prints, which says who writes the schema as long as it is missing', async () => {
    const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), {})
    const hint =
      'The first line points editors to .octoform/schema.json, which `octoform init --owner NAME` and `import --out` write.\n'
    const { stdout, stderr } = await place.run(['import', 'orgs/acme'])
    expect(stdout).toMatch(/^# yaml-language-server: \$schema=\.octoform\/schema\.json\nversion: 1\n/)
    expect(stderr).toContain(hint)
    await place.run(['init', '--owner', 'acme'])
    expect((await place.run(['import', 'orgs/acme'])).stderr).not.toContain(hint)
  })
})

describe('init and import --out', () => {
  it('go together in either order: what init left empty is filled, what a person changed is not', async () => {
    const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), {})
    const init = ['init', '--owner', 'Acme', '--repository', 'acme/admin']
    const take = ['import', 'orgs/acme', '--out', 'orgs']
    await place.run(init)
    expect(await place.run(take)).toMatchObject({ code: 0 })
    expect(await place.read('orgs/acme.yaml')).toContain('LEFT')
    expect(await place.run(init)).toMatchObject({ code: 0, stdout: expect.stringContaining('kept orgs/acme.yaml\n') })
    expect(await place.run(take)).toMatchObject({ code: 0 })
    await place.write('orgs/acme.yaml', `${await place.read('orgs/acme.yaml')}# of a person\n`)
    expect(await place.run(take)).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') })
    expect(await place.read('orgs/acme.yaml')).toContain('# of a person')
    await place.write('octoform.yaml', 'version: 1\ninclude: [orgs]\n')
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })
})
