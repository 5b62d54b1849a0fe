import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers'
import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { openValues } from '../../src/secrets/values.ts'
import { makeFolder } from './folder.ts'

const LIMIT = 48 * 1024

async function keyPair() {
  await sodium.ready
  const pair = sodium.crypto_box_keypair()
  const key = sodium.to_base64(pair.publicKey, sodium.base64_variants.ORIGINAL)
  const open = (box: string) => {
    const bytes = sodium.from_base64(box, sodium.base64_variants.ORIGINAL)
    return sodium.crypto_box_seal_open(bytes, pair.publicKey, pair.privateKey, 'text')
  }
  return { publicKey: { key_id: '568250167242549743', key }, open }
}

describe('env', () => {
  const env = {
    TOKEN: 'planted-value',
    EMPTY: '',
    LINE_ENDS: '\r\n\n',
    LONG: 'é'.repeat(LIMIT / 2),
    TOO_LONG: `${'é'.repeat(LIMIT / 2)}x`,
    UNSET: undefined,
    GITHUB_TOKEN: 'ghs_planted',
    GH_TOKEN: 'ghp_planted',
    OCTOFORM_LEDGER_KEY: 'planted-key',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'planted-id',
    RUNNER_TEMP: '/planted',
    INPUT_PASSWORD: 'planted-input',
    NODE_AUTH_TOKEN: 'planted-node',
    github_token: 'planted-lower',
  }
  const values = openValues({ env, cwd: '/' })
  const ask = (name: string) => values.available({ source: `env:${name}`, declaredIn: 'octoform.yaml' })

  it.each(['TOKEN', 'LONG'])('takes %s', async (name) => {
    expect(await ask(name)).toEqual({ ok: true })
  })

  it.each([
    ['UNSET', 'env:UNSET is not set'],
    ['NOWHERE', 'env:NOWHERE is not set'],
    ['constructor', 'env:constructor is not set'],
    ['EMPTY', 'env:EMPTY is empty, which counts as missing'],
    ['LINE_ENDS', 'env:LINE_ENDS is empty, which counts as missing'],
    ['TOO_LONG', 'env:TOO_LONG has 49153 bytes; GitHub takes at most 49152'],
    ['GITHUB_TOKEN', 'env:GITHUB_TOKEN is refused: variables that begin with GITHUB_'],
    ['GH_TOKEN', 'env:GH_TOKEN is refused: variables that begin with GH_'],
    ['OCTOFORM_LEDGER_KEY', 'env:OCTOFORM_LEDGER_KEY is refused: variables that begin with OCTOFORM_'],
    ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'is refused: variables that begin with ACTIONS_'],
    ['RUNNER_TEMP', 'env:RUNNER_TEMP is refused: variables that begin with RUNNER_'],
    ['INPUT_PASSWORD', 'env:INPUT_PASSWORD is refused: variables that begin with INPUT_'],
    ['NODE_AUTH_TOKEN', 'env:NODE_AUTH_TOKEN is refused: variables that begin with NODE_'],
    ['github_token', 'env:github_token is refused: variables that begin with GITHUB_'],
  ])('refuses %s', async (name, reason) => {
    const answer = await ask(name)
    expect(answer).toEqual({ ok: false, reason: expect.stringContaining(reason) })
    expect(JSON.stringify(answer)).not.toContain('planted')
  })

  it('refuses a source of another kind', async () => {
    expect(await values.available({ source: 'vault:x', declaredIn: 'octoform.yaml' })).toMatchObject({ ok: false })
  })
})

describe('file', () => {
  async function world() {
    const folder = await makeFolder()
    const config = join(folder, 'config')
    await mkdir(join(config, '.git'), { recursive: true })
    await mkdir(join(config, 'nested/.GIT'), { recursive: true })
    await mkdir(join(folder, 'values'))
    await writeFile(join(folder, 'outside.key'), 'planted-outside')
    await writeFile(join(folder, 'config-beside.key'), 'planted-beside')
    await writeFile(join(folder, 'values/deploy.key'), 'planted-in-values')
    await writeFile(join(config, '.git/config'), 'planted-git')
    await writeFile(join(config, 'nested/.GIT/config'), 'planted-git')
    await writeFile(join(config, 'deploy.key'), 'planted-value\n')
    await writeFile(join(config, 'two.key'), 'first line\nsecond line\r\n\n\r\n')
    await writeFile(join(config, 'empty.key'), '')
    await writeFile(join(config, 'blank.key'), '\n\r\n')
    await writeFile(join(config, 'limit.key'), `${'x'.repeat(LIMIT)}\n`)
    await writeFile(join(config, 'long.key'), 'x'.repeat(49 * 1000 + 153))
    await writeFile(join(config, 'huge.key'), 'x'.repeat(2 * 1024 * 1024))
    await writeFile(join(config, 'binary.key'), Buffer.from([0x70, 0xff, 0xfe, 0x00]))
    await writeFile(join(config, '..hidden.key'), 'planted-hidden')
    await symlink('deploy.key', join(config, 'inside.link'))
    await symlink('../outside.key', join(config, 'outside.link'))
    await symlink('.git/config', join(config, 'git.link'))
    await symlink('round.link', join(config, 'round.link'))
    await symlink('/dev/zero', join(config, 'device.link'))
    execFileSync('/usr/bin/mkfifo', [join(config, 'fifo.key')])
    return { folder, config }
  }

  it.each([
    ['deploy.key', 'planted-value'],
    ['two.key', 'first line\nsecond line'],
    ['limit.key', 'x'.repeat(LIMIT)],
    ['inside.link', 'planted-value'],
    ['../config/deploy.key', 'planted-value'],
    ['..hidden.key', 'planted-hidden'],
  ])('takes %s without its trailing line ends', async (path, value) => {
    const { folder } = await world()
    const { publicKey, open } = await keyPair()
    const values = openValues({ env: {}, cwd: folder })
    const request = { source: `file:${path}`, declaredIn: 'config/octoform.yaml' }
    expect(await values.available(request)).toEqual({ ok: true })
    expect(open((await values.seal(request, publicKey)).encrypted_value)).toBe(value)
  })

  it.each([
    ['missing.key', 'cannot be read (there is no such file); it was looked for at'],
    ['deploy.key/x', 'cannot be read (there is no such file: what it should lie in is not a folder)'],
    ['empty.key', 'is empty, which counts as missing'],
    ['blank.key', 'is empty, which counts as missing'],
    ['long.key', 'has 49153 bytes; GitHub takes at most 49152'],
    ['huge.key', 'has 2097152 bytes'],
    ['binary.key', 'is not UTF-8 text'],
    ['fifo.key', 'is not a regular file'],
    ['.', 'is a folder'],
    ['../outside.key', 'leaves its folder'],
    ['../config-beside.key', 'leaves its folder'],
    ['outside.link', 'leaves its folder'],
    ['device.link', 'leaves its folder'],
    ['/etc/hosts', 'leaves its folder'],
    ['round.link', 'cannot be read (it is a link that leads nowhere)'],
    ['.git/config', 'lies in a .git folder'],
    ['git.link', 'lies in a .git folder'],
    ['nested/.GIT/config', 'lies in a .git folder'],
    ['a\0b', 'cannot be read'],
  ])('refuses %j', async (path, reason) => {
    const { config, folder } = await world()
    const values = openValues({ env: {}, cwd: folder })
    const request = { source: `file:${path}`, declaredIn: join(config, 'octoform.yaml') }
    const answer = await values.available(request)
    expect(answer).toEqual({ ok: false, reason: expect.stringContaining(`file:${path} ${reason}`) })
    expect(JSON.stringify(answer)).not.toContain('planted')
    const { publicKey } = await keyPair()
    await expect(values.seal(request, publicKey)).rejects.toThrow(reason)
  })

  it('looks in the values folder alone where there is one', async () => {
    const { folder } = await world()
    const { publicKey, open } = await keyPair()
    const values = openValues({ env: {}, cwd: folder, valuesDir: 'values' })
    const request = { source: 'file:deploy.key', declaredIn: 'config/octoform.yaml' }
    expect(open((await values.seal(request, publicKey)).encrypted_value)).toBe('planted-in-values')
    const other = { source: 'file:two.key', declaredIn: 'config/octoform.yaml' }
    expect(await values.available(other)).toMatchObject({ ok: false })
  })

  it('refuses a values folder inside .git', async () => {
    const { folder } = await world()
    const values = openValues({ env: {}, cwd: folder, valuesDir: 'config/.git' })
    expect(await values.available({ source: 'file:config', declaredIn: 'x.yaml' })).toMatchObject({ ok: false })
  })

  it('tells files of one name apart by the YAML that names them', async () => {
    const { folder } = await world()
    const values = openValues({ env: {}, cwd: folder })
    const { publicKey, open } = await keyPair()
    const sealed = (declaredIn: string) => values.seal({ source: 'file:deploy.key', declaredIn }, publicKey)
    expect(open((await sealed('config/a.yaml')).encrypted_value)).toBe('planted-value')
    expect(open((await sealed('values/a.yaml')).encrypted_value)).toBe('planted-in-values')
  })

  it('reads a value once in a run', async () => {
    const { config } = await world()
    const values = openValues({ env: {}, cwd: config })
    const request = { source: 'file:deploy.key', declaredIn: 'octoform.yaml' }
    expect(await values.available(request)).toEqual({ ok: true })
    await writeFile(join(config, 'deploy.key'), 'another')
    const { publicKey, open } = await keyPair()
    expect(open((await values.seal(request, publicKey)).encrypted_value)).toBe('planted-value')
  })
})

describe('what a caller gets', () => {
  const request = { source: 'env:TOKEN', declaredIn: 'octoform.yaml' }

  it('seals in standard base64, differently each time, with the key id as text', async () => {
    const { publicKey, open } = await keyPair()
    const values = openValues({ env: { TOKEN: 'pässword\n' }, cwd: '/' })
    const first = await values.seal(request, publicKey)
    const second = await values.seal(request, publicKey)
    expect(first.key_id).toBe('568250167242549743')
    expect(first.encrypted_value).toMatch(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
    expect(first.encrypted_value).not.toBe(second.encrypted_value)
    expect(open(first.encrypted_value)).toBe('pässword\n')
  })

  it.each([
    // The key of GitHub's own example has 33 bytes.
    ['2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvv1234', 'it has 33 bytes instead of 32'],
    ['', 'it has 0 bytes instead of 32'],
    ['A'.repeat(43).concat('='), 'refuses it as a weak key'],
  ])('does not seal for the key %j', async (key, reason) => {
    const values = openValues({ env: { TOKEN: 'planted-value' }, cwd: '/' })
    const sealing = values.seal(request, { key_id: '42', key })
    await expect(sealing).rejects.toThrow(`the scope's public key 42`)
    await expect(sealing).rejects.toThrow(reason)
    await expect(sealing).rejects.not.toThrow('planted')
  })

  it('has no fingerprint of a missing value', async () => {
    const keys = await deriveKeys(Buffer.alloc(32, 7).toString('base64'))
    if (keys === undefined) throw new Error('no keys')
    const values = openValues({ env: {}, cwd: '/' })
    expect(await values.fingerprint(request, { host: 'h', address: 'a' }, keys)).toBeUndefined()
  })

  it('shows no value when it is printed', async () => {
    const values = openValues({ env: { TOKEN: 'planted-value' }, cwd: '/' })
    await values.available(request)
    expect(values.scrub('planted-value')).toBe('***')
    expect(JSON.stringify(values)).not.toContain('planted')
  })
})
