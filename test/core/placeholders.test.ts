import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/core/address.ts'
import {
  escapeBraces,
  fillPlaceholders,
  placeholderFault,
  placeholderNames,
  placeholdersAt,
  placeholdersIn,
  withoutPlaceholders,
} from '../../src/core/placeholders.ts'

function namesAt(address: string): ReturnType<typeof placeholderNames> {
  const parsed = parseAddress(address)
  if (parsed === undefined) throw new Error(address)
  return placeholderNames(parsed.scope, parsed.family, parsed.key)
}

describe('the names that placeholders stand for', () => {
  it.each([
    ['orgs/Acme/permissions', { organization: 'acme' }],
    ['orgs/acme/secrets/NPM', { organization: 'acme', name: 'NPM' }],
    ['repos/acme/My-App/secrets/Q', { organization: 'acme', repository: 'my-app', name: 'Q' }],
    [
      'repos/acme/web/environments/Prod%2FEU/secrets/DB',
      { organization: 'acme', repository: 'web', environment: 'prod/eu', name: 'DB' },
    ],
    // The settings of an environment are a member of the repository, and are said in it.
    [
      'repos/acme/web/environments/prod',
      { organization: 'acme', repository: 'web', environment: 'prod', name: 'prod' },
    ],
    ['enterprises/acme-inc/runner_groups/gpu', { name: 'gpu' }],
  ])('%s', (address, names) => expect(namesAt(address)).toEqual(names))
})

describe('filling a text', () => {
  const names = { organization: 'acme', repository: 'my-app.js', environment: 'prod/eu', name: 'Q' }
  it.each([
    ['{REPOSITORY}_QUEUE', 'MY_APP_JS_QUEUE'],
    ['keys/{repository}/{environment}.pem', 'keys/my-app.js/prod/eu.pem'],
    ['{ORGANIZATION}_{ENVIRONMENT}_{NAME}', 'ACME_PROD_EU_Q'],
    ['{REPOSITORY}{REPOSITORY}x', 'MY_APP_JSMY_APP_JSx'],
    ['no braces', 'no braces'],
    ['{Repository} {} {x} {', '{Repository} {} {x} {'],
    ['{{repository}}', '{repository}'],
    ['{{{repository}}}-{{', '{my-app.js}-{'],
    ['a}} {b', 'a} {b'],
    ['{{{{x}}}}', '{{x}}'],
  ])('%s', (text, filled) => expect(fillPlaceholders(text, names)).toBe(filled))

  it('fills each placeholder once, and no text of a name', () => {
    expect(fillPlaceholders('{environment}-{NAME}', { environment: '{NAME}', name: 'X' })).toBe('{NAME}-X')
  })

  it.each(['{x}', '{{', '}', 'release/{a,b}', '{{{', '}}{', 'a{{b}c'])('gives back %s once it was escaped', (text) => {
    expect(fillPlaceholders(escapeBraces(text), names)).toBe(text)
    expect(withoutPlaceholders(escapeBraces(text), '-')).toBe(text)
    expect(placeholderFault(escapeBraces(text), new Set())).toBeUndefined()
  })

  it('can be done in two steps, whatever braces there are', () => {
    const first = fillPlaceholders('{{x}}/{REPOSITORY}/{environment}', { environment: '{NAME}' })
    expect(fillPlaceholders(first, { repository: 'web', name: 'Q' })).toBe('{x}/WEB/{NAME}')
  })

  it('leaves a placeholder without a name', () => {
    expect(fillPlaceholders('{REPOSITORY}_{NAME}', { name: 'Q' })).toBe('{REPOSITORY}_Q')
    expect(placeholdersIn('{REPOSITORY}_{repository}_{NAME}_{x}')).toEqual(['repository', 'name'])
  })
})

describe('texts that cannot be used', () => {
  const repository = placeholdersAt('repository', 'secrets', 'members')
  it.each<readonly [string, string | undefined]>([
    ['QUEUE', undefined],
    ['{REPOSITORY}_QUEUE', undefined],
    ['{organization}/{name}', undefined],
    ['{REPOSITORY}', 'consists of placeholders alone'],
    ['{REPOSITORY}{NAME}', 'consists of placeholders alone'],
    ['{REPO}_QUEUE', 'holds a placeholder that does not exist; did you mean `{REPOSITORY}`?'],
    ['{Repository}_QUEUE', 'holds a placeholder that does not exist; did you mean `{repository}`?'],
    ['{ name }_QUEUE', 'holds a placeholder that does not exist; did you mean `{name}`?'],
    ['{orgnization}_QUEUE', 'holds a placeholder that does not exist; did you mean `{organization}`?'],
    ['x{team}', 'holds a placeholder that does not exist: there are `{organization}`, `{repository}`, `{name}`'],
    [
      '{ENVIRONMENT}_DB',
      'holds `{ENVIRONMENT}`, which means nothing here: there are `{organization}`, `{repository}`, `{name}`',
    ],
  ])('%s', (text, fault) => {
    const found = placeholderFault(text, repository)
    if (fault === undefined) expect(found).toBeUndefined()
    else expect(found?.startsWith(fault), found).toBe(true)
  })

  it('offers at each level what means something there', () => {
    expect([...placeholdersAt('organization', 'permissions', 'settings')]).toEqual(['organization'])
    expect([...placeholdersAt('repository', 'environments', 'members')].sort()).toEqual([
      'environment',
      'name',
      'organization',
      'repository',
    ])
    expect(placeholderFault('{NAME}_X', new Set())).toBe(
      'holds `{NAME}`, which means nothing here: none can stand here',
    )
  })
})
