import { describe, expect, it } from 'vitest'
import { whyNoAddress } from '../../src/core/address-glob.ts'
import { families } from '../../src/families/index.ts'
import { cpuTime } from '../support/cpu-time.ts'

const ROOTS = 'each begins with `orgs/`, `repos/` or `enterprises/`'

function namesAt(level: 'organization' | 'repository'): string {
  const there = families.filter(({ scopes }) => scopes[level] !== undefined)
  return there.map(({ name }) => name).join(', ')
}

describe('an address glob that can match no address says why, and what is near', () => {
  it.each([
    ['orgs/acme/secret/*', 'there is no family `secret`; did you mean `orgs/acme/secrets/*`?'],
    ['orgs/acme/secretz/**', 'there is no family `secretz`; did you mean `orgs/acme/secrets/**`?'],
    ['orgs/acme/webhooks/*', `there is no family \`webhooks\`; an organization has ${namesAt('organization')}`],
    [
      'orgs/*/sek*/*',
      `no family of an organization is named like \`sek*\`; an organization has ${namesAt('organization')}`,
    ],
    [
      'repos/acme/web/runner_groups/*',
      `\`runner_groups\` is not a family of a repository; a repository has ${namesAt('repository')}`,
    ],
    ['repos/acme/secrets/X', 'there is no family `X`; did you mean `orgs/acme/secrets/X`?'],
    ['orgs/acme/web/secrets/X', 'there is no family `web`; did you mean `repos/acme/web/secrets/X`?'],
    ['orgs/acme/permissions/*', '`permissions` has no names below it; did you mean `orgs/acme/permissions`?'],
    ['orgs/acme/secrets', '`secrets` alone is none; did you mean `orgs/acme/secrets/**`?'],
    ['orgs/acme/secrets/A/B', 'a name is one part, and a `/` in it is %2F; did you mean `orgs/acme/secrets/A`?'],
    ['orgs/acme', 'an organization alone is none; did you mean `orgs/acme/**`?'],
    ['repos/acme/*', 'a repository alone is none; did you mean `repos/acme/*/**`?'],
    ['org/acme/**', `${ROOTS}; did you mean \`orgs/acme/**\`?`],
    ['secrets/DEPLOY_*', `${ROOTS}; did you mean \`orgs/OWNER/secrets/DEPLOY_*\`?`],
    ['NPM_TOKEN', `${ROOTS}; write one such as \`orgs/acme/permissions\``],
    ['*', 'there is no such family; did you mean `*/**`?'],
    // Behind `**` a part could be the name of an owner or a repository; one that is nearly a family is taken for that.
    ['**/secret/*', 'there is no family `secret`; did you mean `**/secrets/*`?'],
    ['*/acme/secretz/*', 'there is no family `secretz`; did you mean `*/acme/secrets/*`?'],
    ['repos/acme/**/secretz/*', 'there is no family `secretz`; did you mean `repos/acme/**/secrets/*`?'],
    ['**/secrets', '`secrets` alone is none; did you mean `**/secrets/**`?'],
    [
      'repos/acme/web/environments/prod/secretz/*',
      'there is no family `secretz`; did you mean `repos/acme/web/environments/prod/secrets/*`?',
    ],
  ])('%s', (glob, expected) => {
    expect(whyNoAddress(glob, families)).toBe(`matches no address: ${expected}`)
  })

  it.each([
    ['the case of scope, owner, family and name counts for nothing', 'ORGS/Acme/SECRETS/npm_*'],
    ['a wildcard in the place of the family', 'orgs/acme/*'],
    ['one that some family fits', 'orgs/acme/sec*/*'],
    ['one letter', 'orgs/acme/secre?s/*'],
    ['all', '**'],
    ['all of an owner', 'repos/acme/**'],
    ['a family anywhere', '**/permissions'],
    ['a repository anywhere', '**/web/**'],
    ['a name anywhere', '**/NPM_TOKEN'],
    ['a name with a slash', 'orgs/acme/runner_groups/a%2Fb'],
    ['what is in a scope that is a member of another', 'repos/acme/web/environments/prod/secrets/*'],
    ['that scope itself', 'repos/acme/web/environments/prod'],
    ['of an enterprise', 'enterprises/acme-inc/**'],
  ])('not %s: %s', (_, glob) => {
    expect(whyNoAddress(glob, families)).toBeUndefined()
  })

  it('in next to no time, however long it is', () => {
    const took = cpuTime()
    for (const piece of ['a*', '/**/a', '*?', '**a', 'a']) {
      for (const length of [3900, 1_000_000]) whyNoAddress(`orgs/${piece.repeat(length / piece.length)}`, families)
    }
    expect(took()).toBeLessThan(2000)
  })
})
