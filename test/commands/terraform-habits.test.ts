import { describe, expect, it } from 'vitest'
import { logFaults } from '../support/harmless.ts'
import { workplace } from '../support/octoform.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }

async function said(line: string): Promise<string> {
  const place = await workplace(NOWHERE, {})
  const { code, stderr, stdout } = await place.run(line.split(' '))
  expect({ line, code, stdout }).toEqual({ line, code: 1, stdout: '' })
  return stderr
}

describe('a command line of Terraform', () => {
  it.each([
    ['plan -out=plan.json', 'Write: octoform plan --out plan.json'],
    ['plan -target=orgs/acme/secrets/A', 'Write: octoform plan --target orgs/acme/secrets/A'],
    ['plan -json', 'Write: octoform plan --json'],
    ['show -json plan.json', 'Write: octoform show --json plan.json'],
    ['validate -json', 'Write: octoform validate --json'],
    ['plan -detailed-exitcode', 'Write: octoform plan --detailed-exitcode'],
    ['plan -no-color', 'Write: octoform plan --no-color'],
    ['apply -auto-approve', 'Write: octoform apply --auto-approve'],
    ['apply --yes', 'Write: octoform apply --auto-approve'],
    ['apply -y plan.json', 'Write: octoform apply --auto-approve plan.json'],
    ['apply -parallelism=4', 'Write: octoform apply --parallelism 4'],
    ['apply -lock-timeout=90s', 'Write: octoform apply --lock-timeout 90s'],
    ['plan -v', 'Write: octoform plan --verbose'],
    ['drift --silent', 'Write: octoform drift --quiet'],
    ['import --verbose acme', 'Write: octoform import --debug acme'],
    ['-version', 'Write: octoform --version'],
    ['import acme', 'If it is meant: octoform import orgs/acme'],
    ['import acme/web', 'If it is meant: octoform import repos/acme/web'],
    ['import github.com/acme', 'If it is meant: octoform import orgs/acme'],
    ['import https://github.com/orgs/acme/repositories', 'If it is meant: octoform import orgs/acme'],
    ['import ghe.example.com:8443/acme/web', 'If it is meant: octoform import repos/acme/web'],
    ['plan --configuration=a.yaml', 'Write: octoform plan --config a.yaml'],
    ['init', 'Write: octoform init --owner acme --import'],
    ['init beta gamma', 'Write: octoform init --owner beta --owner gamma --import'],
    ['completion', 'Write: octoform completion zsh'],
    ['show', 'Write: octoform show plan.json'],

    ['import https://github.com/acme', 'If it is meant: octoform import orgs/acme'],
    ['import https://github.com/acme/web.git', 'If it is meant: octoform import repos/acme/web'],
  ])('%s is answered with the same in octoform’s words', async (line, expected) => {
    expect(await said(line)).toContain(`${expected}\n`)
  })

  it.each([
    ['destroy', '`absent` in the YAML'],
    ['destroy -auto-approve', '`absent` in the YAML'],
    ['plan -destroy', '`absent` in the YAML'],
    ['apply -destroy', '`absent` in the YAML'],
    ['plan -var a=b', '`value: { env: NAME }`'],
    ['plan -var=a=b', '`value: { env: NAME }`'],
    ['apply -var-file=prod.tfvars', '`value: { env: NAME }`'],
    ['fmt', '`octoform validate`'],
    ['fmt -check -recursive', '`octoform validate`'],
    ['init -upgrade', 'whole as it is installed'],
    ['init -backend=false', 'Leave that flag out'],
    ['providers lock', 'whole as it is installed'],
    ['plan -refresh-only', '`octoform drift`'],
    ['plan -refresh=false', 'Leave that flag out'],
    ['apply -lock=false', 'Leave that flag out'],
    ['apply -input=false', 'Leave that flag out'],
    ['apply -replace=orgs/acme/secrets/A', '`octoform apply --rotate '],
    ['taint orgs/acme/secrets/A', '`octoform apply --rotate '],
    ['state list', '`octoform drift`'],
    ['refresh', '`octoform drift`'],
    ['workspace select prod', '--config FILE`'],
    ['-chdir=prod plan', '--config FILE`'],
    ['output -json', '`octoform plan --json`'],
    ['login', 'OCTOFORM_TOKEN'],
    ['force-unlock 1', 'ends by itself'],
    ['version', '`octoform --version`'],
    ['diff', '`octoform plan`'],
    ['plan -generate-config-out=x.tf', '`octoform import orgs/NAME`'],
  ])('%s is answered with what there is in its place', async (line, expected) => {
    const text = await said(line)
    expect(text.trimEnd().split('\n').at(-1)).toContain(expected)
  })

  it.each(['plan --unheard-of', 'unheard-of', 'plan -unheard', 'plan --out'])('%s has no such answer', async (line) => {
    expect(await said(line)).toMatch(/^error: [^\n]*\n(?:\(Did you mean [^\n]*\)\n)?$/)
  })

  it.each(['\u001b[2J', '::error::x', 'x\n::error::y', 'constructor', '__proto__'])('%j is no habit', async (word) => {
    const place = await workplace(NOWHERE, {})
    for (const args of [[word], ['plan', `-${word}`], ['plan', `--${word}=1`]]) {
      const ran = await place.run(args, { env: { GITHUB_ACTIONS: 'true' } })
      expect(logFaults(ran)).toEqual([])
      expect(ran.stderr).not.toContain('octoform plan --')
    }
  })
})
