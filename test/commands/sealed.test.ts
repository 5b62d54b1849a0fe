import { describe, expect, it } from 'vitest'
import { hostOf, readEntries } from '../engine/written-ledger.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { sealed } from '../support/sandbox.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ORG_SECRETS = '/orgs/acme/actions/secrets'
const VALUE = 'planted-sealed-value'
const APPLY = ['apply', '--auto-approve']

interface Scene {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
}

async function begin(files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { repositories: { web: {}, api: {} } } } },
  })
  return { sandbox, place: await workplace(sandbox, files) }
}

/** The output of `octoform seal` for an address, in one line. */
async function seal({ place }: Scene, address: string, value: string | Uint8Array = VALUE): Promise<string> {
  const { code, stdout, stderr } = await place.run(['seal', address], { stdin: value })
  expect(code, stderr).toBe(0)
  const [, keyId, box] = /^value:\n {2}sealed:\n {4}key_id: (.*)\n {4}encrypted_value: (\S+)\n$/.exec(stdout) ?? []
  return `{ sealed: { key_id: ${keyId}, encrypted_value: ${box} } }`
}

function organization(secrets: string, rest = ''): string {
  return `version: 1\norganizations:\n  acme:\n    secrets:\n${secrets}${rest}`
}

const secret = (name: string, value: string): string => `      ${name}: { visibility: all, value: ${value} }\n`

function boxIn(yaml: string): string {
  return /encrypted_value: "?([A-Za-z0-9+/=]+)/.exec(yaml)?.[1] ?? ''
}

interface Held {
  readonly organizations: {
    readonly acme: {
      readonly secrets?: Readonly<Record<string, { readonly value: string }>>
      readonly repositories: Readonly<
        Record<string, { readonly secrets?: Readonly<Record<string, { readonly value: string }>> }>
      >
    }
  }
}

function held({ sandbox }: Scene): Held['organizations']['acme'] {
  return (sandbox.state() as Held).organizations.acme
}

async function rotateKeys({ sandbox }: Scene): Promise<void> {
  expect(await sandbox.call('POST', '/_sandbox/rotate-keys', {})).toMatchObject({ status: 204 })
}

async function applied({ place }: Scene): Promise<Ran> {
  const ran = await place.run(APPLY)
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
  return ran
}

describe('a sealed value', () => {
  it.each([
    ['orgs/acme/secrets/TOKEN', (box: string) => organization(secret('TOKEN', box))],
    [
      'repos/acme/web/secrets/TOKEN',
      (box: string) =>
        `version: 1\norganizations: { acme: { repositories: { web: { secrets: { TOKEN: { value: ${box} } } } } } }\n`,
    ],
    [
      'repos/acme/web/secrets/TOKEN',
      (box: string) => `version: 1\nrepositories: { ACME/Web: { secrets: { token: { value: ${box} } } } }\n`,
    ],
  ])('goes from seal over YAML, plan and apply to GitHub: %s', async (address, yaml) => {
    const scene = await begin()
    const { sandbox, place } = scene
    const box = await seal(scene, address, `${VALUE}\n`)
    await place.write('octoform.yaml', yaml(box))
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    const plan = await place.plan()
    expect(plan.changes).toMatchObject([
      { address, action: 'create', after: { value: expect.stringMatching(/^sealed:[\da-f]{64}$/) } },
    ])
    expect(plan.values_needed).toEqual([{ source: expect.stringMatching(/^sealed:/), addresses: [address] }])
    expect(sandbox.writes()).toEqual([])
    await applied(scene)
    const { secrets, repositories } = held(scene)
    expect({ ...secrets, ...repositories.web?.secrets }.TOKEN?.value).toBe(VALUE)
    expect(sandbox.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toMatchObject([
      { encrypted_value: boxIn(box) },
    ])
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
    expect(await readEntries(place)).toMatchObject({
      [`${hostOf(sandbox)} ${address}`]: { source: expect.stringMatching(/^sealed:[\da-f]{64}$/) },
    })
  })

  it('that is sealed anew is an ordinary change, told by hashes alone', async () => {
    const scene = await begin()
    const { place } = scene
    await place.write('octoform.yaml', organization(secret('TOKEN', await seal(scene, 'orgs/acme/secrets/TOKEN'))))
    await applied(scene)
    await place.write(
      'octoform.yaml',
      organization(secret('TOKEN', await seal(scene, 'orgs/acme/secrets/TOKEN', 'the next value'))),
    )
    const { changes } = await place.plan()
    const source = expect.stringMatching(/^sealed:[\da-f]{64}$/)
    expect(changes).toMatchObject([{ action: 'update', before: { value: source }, after: { value: source } }])
    await applied(scene)
    expect(held(scene).secrets?.TOKEN?.value).toBe('the next value')
  })

  it('is put from a ledger in a repository, and where nothing else is at hand: no key, no variable, no file', async () => {
    const scene = await begin()
    const { place } = scene
    const ledger = 'ledger: { repository: acme/api, branch: octoform, path: ledger.json }\n'
    const box = await seal(scene, 'orgs/acme/secrets/TOKEN')
    await place.write('octoform.yaml', organization(secret('TOKEN', box)).replace('\n', `\n${ledger}`))
    expect(await place.run(APPLY, { env: { OCTOFORM_LEDGER_KEY: '' } })).toMatchObject({ code: 0 })
    expect(held(scene).secrets?.TOKEN?.value).toBe(VALUE)
  })

  it('is printed nowhere: of the box only its hash, of the value nothing', async () => {
    const scene = await begin()
    const { sandbox, place } = scene
    const box = await seal(scene, 'orgs/acme/secrets/TOKEN')
    await place.write('octoform.yaml', organization(secret('TOKEN', box)))
    const outputs: string[] = []
    for (const format of ['text', 'json', 'markdown', 'html']) {
      const { stdout, stderr } = await place.run(['plan', '--format', format, '--debug', '--out', 'plan.json'])
      outputs.push(stdout, stderr)
      const shown = await place.run(['show', 'plan.json', '--format', format])
      outputs.push(shown.stdout, shown.stderr)
    }
    const explained = await place.run(['validate', '--explain', 'orgs/acme/secrets/TOKEN'])
    await sandbox.fault({ method: 'PUT', status: 422, body: { message: 'Bad request' } })
    const refused = await place.run([...APPLY, '--format', 'json', '--report', 'report.json', '--debug'])
    expect(refused.code).toBe(1)
    const done = await place.run([...APPLY, 'plan.json', '--report', 'report2.json', '--debug'])
    expect(done.code).toBe(0)
    const files = ['plan.json', 'report.json', 'report2.json', '.octoform/ledger.json'].map((name) => place.read(name))
    for (const ran of [explained, refused, done]) outputs.push(ran.stdout, ran.stderr)
    for (const text of [...outputs, ...(await Promise.all(files))]) {
      expect(text).not.toContain(boxIn(box))
      expect(text).not.toContain(VALUE)
    }
    expect(outputs.join('\n')).toMatch(/sealed:[\da-f]{64}/)
  })
})

describe('a key that GitHub has changed since', () => {
  async function stale(): Promise<Scene> {
    const scene = await begin()
    const rest = '      OTHER: { visibility: all, value: { env: OTHER } }\n'
    const box = await seal(scene, 'orgs/acme/secrets/TOKEN')
    await rotateKeys(scene)
    await scene.place.write('octoform.yaml', organization(secret('TOKEN', box) + rest))
    return scene
  }

  it('stops apply before its first write, and the message names seal', async () => {
    const { sandbox, place } = await stale()
    const { code, stderr } = await place.run(APPLY, { env: { OTHER: 'other' } })
    expect(code).toBe(1)
    expect(stderr).toMatch(/orgs\/acme\/secrets\/TOKEN needs its value: it was sealed for the key \S+, .*octoform seal/)
    expect(sandbox.writes()).toEqual([])
    await expect(readEntries(place)).rejects.toThrow('ENOENT')
  })

  it('is no matter where the value need not be put', async () => {
    const scene = await begin()
    const { place } = scene
    await place.write('octoform.yaml', organization(secret('TOKEN', await seal(scene, 'orgs/acme/secrets/TOKEN'))))
    await applied(scene)
    await rotateKeys(scene)
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    const { code, stderr } = await place.run([...APPLY, '--rotate', '**'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('octoform seal') })
  })

  it('between the look and the write: nothing is sealed for the new key, and the message names seal', async () => {
    const scene = await begin()
    const { sandbox, place } = scene
    const box = await seal(scene, 'orgs/acme/secrets/TOKEN')
    await place.write('octoform.yaml', organization(secret('TOKEN', box)))
    await sandbox.fault({
      method: 'GET',
      route: '/orgs/{org}/actions/secrets/public-key',
      nth: 2,
      rotate_keys: true,
    })
    const { code, stdout, stderr } = await place.run(APPLY)
    expect(code).toBe(1)
    expect(stdout + stderr).toMatch(/octoform seal/)
    expect(held(scene).secrets ?? {}).toEqual({})
  })
})

describe('a box is for one secret', () => {
  const TOKEN = 'orgs/acme/secrets/TOKEN'
  const ALSO = /this sealed value is also at .*octoform\.yaml|this sealed value is also at .*\.yaml:\d+:\d+/

  it.each([
    [
      'at two addresses',
      (box: string) => ({ 'octoform.yaml': organization(secret('TOKEN', box) + secret('MINE', box)) }),
    ],
    [
      'by an anchor',
      (box: string) => ({
        'octoform.yaml': `x-box: &box ${box}\n${organization(secret('TOKEN', '*box') + secret('MINE', '*box'))}`,
      }),
    ],
    [
      'by a merged anchor',
      (box: string) => ({
        'octoform.yaml': `x-box: &box { visibility: all, value: ${box} }\n${organization('      TOKEN: *box\n      MINE: { <<: *box }\n')}`,
      }),
    ],
    [
      'in another file',
      (box: string) => ({
        'octoform.yaml': organization(secret('TOKEN', box)),
        'team.yaml': organization(secret('MINE', box)).replace('version: 1\n', ''),
      }),
    ],
    [
      'in a repository',
      (box: string) => ({
        'octoform.yaml': organization(
          secret('TOKEN', box),
          `    repositories: { web: { secrets: { TOKEN: { value: ${box} } } } }\n`,
        ),
      }),
    ],
    [
      'of a repository, in another one',
      (box: string) => ({
        'octoform.yaml': `version: 1\nrepositories:\n  acme/web: { secrets: { TOKEN: { value: ${box} } } }\n  acme/api: { secrets: { TOKEN: { value: ${box} } } }\n`,
      }),
    ],
  ])('%s: exit 1, offline, with both places', async (_, files) => {
    const scene = await begin()
    const { sandbox, place } = scene
    const box = await seal(scene, TOKEN)
    const asked = sandbox.asked.length
    const written: Readonly<Record<string, string>> = files(box)
    for (const [name, text] of Object.entries(written)) await place.write(name, text)
    for (const args of [['validate'], ['plan'], APPLY]) {
      const { code, stdout, stderr } = await place.run([
        ...args,
        ...Object.keys(written).flatMap((name) => ['--config', name]),
      ])
      expect(code).toBe(1)
      expect(stdout + stderr).toMatch(ALSO)
      expect(stdout + stderr).not.toContain(boxIn(box))
    }
    expect(sandbox.asked.length).toBe(asked)
  })

  it.each([
    [
      'a repository set',
      (box: string) =>
        `version: 1\norganizations: { acme: { repository_sets: [{ match: { name: web }, secrets: { TOKEN: { value: ${box} } } }] } }\n`,
    ],
    [
      'an organization set',
      (box: string) =>
        `version: 1\norganizations: { acme: {} }\norganization_sets: [{ match: { name: acme }, secrets: { TOKEN: { visibility: all, value: ${box} } } }]\n`,
    ],
  ])('in %s: exit 1, offline', async (_, yaml) => {
    const scene = await begin()
    const { sandbox, place } = scene
    const box = await seal(scene, TOKEN)
    const asked = sandbox.asked.length
    await place.write('octoform.yaml', yaml(box))
    const { code, stdout } = await place.run(['validate'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('`sealed` is for one secret') })
    expect(sandbox.asked.length).toBe(asked)
  })

  describe('that the ledger knows at another address', () => {
    async function moved(ledger = ''): Promise<Scene & { readonly box: string }> {
      const scene = await begin()
      const box = await seal(scene, TOKEN)
      await scene.place.write('octoform.yaml', ledger + organization(secret('TOKEN', box)))
      await applied(scene)
      await scene.place.write('octoform.yaml', ledger + organization(secret('MINE', box)))
      return { ...scene, box }
    }

    it.each([
      ['a file', ''],
      ['a repository', 'ledger: { repository: acme/api, branch: octoform, path: ledger.json }\n'],
    ])('is an error with its line, and nothing is written; the ledger is in %s', async (_, ledger) => {
      const { sandbox, place, box } = await moved(ledger)
      const before = sandbox.writes().length
      const line = ledger === '' ? 5 : 6
      for (const env of [{}, { OCTOFORM_LEDGER_KEY: '' }]) {
        const plan = await place.plan([], env)
        expect(plan.diagnostics).toEqual([
          { severity: 'warning', address: TOKEN, message: expect.stringContaining('no file names it any more') },
          {
            severity: 'error',
            address: 'orgs/acme/secrets/MINE',
            message: `the ledger knows this sealed value at ${TOKEN}: seal one for orgs/acme/secrets/MINE with octoform seal`,
            source: { file: 'octoform.yaml', line, col: expect.any(Number) },
          },
        ])
      }
      const planned = await place.run(['plan', '--out', 'plan.json'])
      expect(planned.code).toBe(1)
      const ran = await place.run(APPLY)
      expect(ran).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('The plan has errors. Nothing was written.'),
      })
      expect(await place.run(['ledger', 'adopt', '**'])).toMatchObject({ code: 1 })
      expect(sandbox.writes().length).toBe(before)
      expect(ran.stdout + ran.stderr + planned.stdout).not.toContain(boxIn(box))
    })

    it('also where that write was interrupted', async () => {
      const scene = await begin()
      const { sandbox, place } = scene
      const box = await seal(scene, TOKEN)
      await place.write('octoform.yaml', organization(secret('TOKEN', box)))
      await sandbox.fault({ method: 'PUT', drop: true, after: true, times: 3 })
      expect(await place.run(APPLY)).toMatchObject({ code: 1 })
      await place.write('octoform.yaml', organization(secret('MINE', box)))
      expect((await place.plan()).diagnostics).toMatchObject([
        { severity: 'warning', address: TOKEN },
        { severity: 'error', address: 'orgs/acme/secrets/MINE' },
      ])
    })

    it('is none of another server’s, nor once that secret was deleted or has another value', async () => {
      const { place, sandbox, box } = await moved()
      const text = await place.read('.octoform/ledger.json')
      await place.write('.octoform/ledger.json', text.replaceAll(hostOf(sandbox), 'api.github.com'))
      expect((await place.plan()).diagnostics).toEqual([])
      await place.write('.octoform/ledger.json', text)
      await place.write('octoform.yaml', organization('      TOKEN: absent\n'))
      await applied({ place, sandbox })
      await place.write('octoform.yaml', organization(secret('MINE', box)))
      expect((await place.plan()).diagnostics).toEqual([])
    })
  })
})

describe('a malformed box', () => {
  /** The same bytes, with a bit in the last character that no byte takes. */
  function otherSpelling(box: string): string {
    const at = box.indexOf('=') === -1 ? box.length - 1 : box.indexOf('=') - 1
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const next = alphabet[alphabet.indexOf(box[at] ?? '') + 1] ?? ''
    return box.slice(0, at) + next + box.slice(at + 1)
  }

  it.each([
    ['another spelling of the same bytes', otherSpelling],
    ['base64 for URLs', (box: string) => box.replace(/[A-Za-z]/, '-')],
    ['no padding', (box: string) => box.replace(/=+$/, '')],
    ['a blank in it', (box: string) => `"${box.slice(0, 8)} ${box.slice(8)}"`],
    ['a line end in it', (box: string) => `"${box.slice(0, 8)}\\n${box.slice(8)}"`],
    ['too short for a box', (box: string) => box.slice(0, 64)],
    ['as long as no value of GitHub’s', (box: string) => box.slice(0, 8) + 'A'.repeat(65_596)],
    ['empty', () => '""'],
    ['a number', () => '12'],
  ])('%s: an error with its line, and nothing of it printed', async (_, malform) => {
    const scene = await begin()
    const { sandbox, place } = scene
    // 48 bytes and these are no multiple of three: the last character has bits to spare.
    const { encrypted_value } = await sealed(sandbox, ORG_SECRETS, 'value')
    const malformed = malform(encrypted_value)
    expect(Buffer.from(encrypted_value, 'base64').length % 3).not.toBe(0)
    await place.write(
      'octoform.yaml',
      organization(secret('TOKEN', `{ sealed: { key_id: "1", encrypted_value: ${malformed} } }`)),
    )
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^octoform\.yaml:5:\d+: error: `value` takes exactly one of/)
    expect(stdout).not.toContain(malformed.slice(0, 12) || 'never')
  })

  it.each([
    ['without a key', '{ sealed: { encrypted_value: BOX } }'],
    ['with a key that is no text', '{ sealed: { key_id: 12, encrypted_value: BOX } }'],
    ['with an empty key', '{ sealed: { key_id: "", encrypted_value: BOX } }'],
    ['with something else beside', '{ sealed: { key_id: "1", encrypted_value: BOX, value: x } }'],
    ['that is text', '{ sealed: BOX }'],
    ['beside another source', '{ env: TOKEN, sealed: { key_id: "1", encrypted_value: BOX } }'],
  ])('%s', async (_, value) => {
    const { sandbox, place } = await begin()
    const { encrypted_value } = await sealed(sandbox, ORG_SECRETS, 'value')
    await place.write('octoform.yaml', organization(secret('TOKEN', value.replace('BOX', encrypted_value))))
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^octoform\.yaml:5:\d+: error: `value` takes exactly one of/)
    expect(stdout).not.toContain(encrypted_value)
  })

  it('that GitHub cannot open is told as refused, and the next plan puts it again', async () => {
    const scene = await begin()
    const { sandbox, place } = scene
    const { key_id } = await sealed(sandbox, ORG_SECRETS, 'value')
    const noise = Buffer.alloc(60, 7).toString('base64')
    await place.write(
      'octoform.yaml',
      organization(secret('TOKEN', `{ sealed: { key_id: "${key_id}", encrypted_value: "${noise}" } }`)),
    )
    const { code, stdout, stderr } = await place.run(APPLY)
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('PUT /orgs/acme/actions/secrets/TOKEN')
    expect(held(scene).secrets ?? {}).toEqual({})
    expect((await place.plan()).changes).toMatchObject([{ action: 'create' }])
  })
})

describe('seal', () => {
  it('never repeats the value, and sends one GET beside asking for the product', async () => {
    const scene = await begin()
    const { sandbox, place } = scene
    const { stdout, stderr } = await place.run(['seal', 'orgs/acme/secrets/TOKEN', '--debug'], { stdin: VALUE })
    expect(stdout + stderr).not.toContain(VALUE)
    expect(stdout + stderr).not.toContain(Buffer.from(VALUE).toString('base64'))
    expect(sandbox.writes()).toEqual([])
    expect(sandbox.asked.map(({ route }) => route)).toContain('/orgs/{org}/actions/secrets/public-key')
  })

  it.each([
    ['nothing', '', /standard input is empty/],
    ['line ends alone', '\n\n', /standard input is empty/],
    ['what is no text', new Uint8Array([0xff, 0xfe, 0x00]), /is not UTF-8 text/],
    ['more than GitHub takes', 'x'.repeat(48 * 1024 + 1), /has 49153 bytes; GitHub takes at most 49152/],
  ])('of %s: exit 1', async (_, stdin, message) => {
    const { place } = await begin()
    const ran = await place.run(['seal', 'orgs/acme/secrets/TOKEN'], { stdin })
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
  })

  it('of as much as GitHub takes fits into the YAML and onto GitHub', async () => {
    const scene = await begin()
    const value = 'x'.repeat(48 * 1024)
    const box = await seal(scene, 'orgs/acme/secrets/TOKEN', value)
    await scene.place.write('octoform.yaml', organization(secret('TOKEN', box)))
    await applied(scene)
    expect(held(scene).secrets?.TOKEN?.value).toBe(value)
  })

  it('of one character too', async () => {
    const scene = await begin()
    const box = await seal(scene, 'orgs/acme/secrets/TOKEN', 'x')
    await scene.place.write('octoform.yaml', organization(secret('TOKEN', box)))
    await applied(scene)
    expect(held(scene).secrets?.TOKEN?.value).toBe('x')
  })

  it.each([
    ['orgs/acme/permissions', 'is not the address of a secret'],
    ['orgs/acme/secrets', 'is not the address of a secret'],
    ['acme', 'is not the address of a secret'],
    ['orgs/acme/runner_groups/x', 'is not the address of a secret'],
    ['orgs/acme/nothing/X', 'matches no address: there is no family `nothing`'],
  ])('at %s: exit 1, nothing sent or asked', async (address, message) => {
    const { sandbox, place } = await begin()
    const askHidden = () => Promise.reject(new Error('asked'))
    const ran = await place.run(['seal', address], { stdin: VALUE, askHidden })
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    expect(sandbox.asked).toEqual([])
  })

  describe('at a terminal', () => {
    const TOKEN = 'orgs/acme/secrets/TOKEN'

    it('asks once, by the address as it is printed, and reads no standard input', async () => {
      const scene = await begin()
      const questions: string[] = []
      const askHidden = async (question: string) => {
        questions.push(question)
        return 'typed, wörd  '
      }
      const ran = await scene.place.run(['seal', 'orgs/acme/secrets/token'], { stdin: VALUE, askHidden })
      expect(ran.code, ran.stderr).toBe(0)
      expect(questions).toEqual([`Value for ${TOKEN}: `])
      const [, keyId] = /key_id: (.*)\n/.exec(ran.stdout) ?? []
      const box = `{ sealed: { key_id: ${keyId}, encrypted_value: ${boxIn(ran.stdout)} } }`
      await scene.place.write('octoform.yaml', organization(secret('TOKEN', box)))
      await applied(scene)
      expect(held(scene).secrets?.TOKEN?.value).toBe('typed, wörd  ')
    })

    it.each([
      ['nothing typed', '', 'error: the value that was typed is empty, which counts as missing\n'],
      [
        'too much typed',
        'x'.repeat(49_153),
        'error: the value that was typed has 49153 bytes; GitHub takes at most 49152',
      ],
      ['Ctrl-C', undefined, 'Nothing was sealed.\n'],
    ])('%s: exit 1', async (_, value, message) => {
      const { place } = await begin()
      const ran = await place.run(['seal', TOKEN], { stdin: VALUE, askHidden: async () => value })
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    })
  })
})
