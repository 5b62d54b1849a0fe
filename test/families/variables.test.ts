import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import type { Scope } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import { variables } from '../../src/families/variables/index.ts'
import { viewCounts } from '../../src/render/counts.ts'
import { testAccess } from '../support/access-cases.ts'
import { deleteRequestsAt, findingsAt, type Place, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === variables.name) ?? expect.unreachable()
const ORG: Place = { family }
const REPO: Place = { family, scope: WEB }
const PROD: Scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod/eu:1' }
const ONE = '/orgs/acme/actions/variables/ONE'
const SELECTED = { value: 'one', visibility: 'selected', repositories: ['api', 'ml'] }

const yaml = (body: string): Record<string, string> => ({
  'octoform.yaml': `version: 1\norganizations:\n  acme:\n${body}`,
})

testAccess(ORG, ['one', 'two'])

describe('changes as requests', () => {
  it.each<[string, Place, Document | undefined, Document, Written[]]>([
    [
      'a create says who may use it',
      ORG,
      undefined,
      { value: 'one', visibility: 'all' },
      [['POST /orgs/acme/actions/variables', { name: 'ONE', value: 'one', visibility: 'all' }]],
    ],
    [
      'a create for some',
      ORG,
      undefined,
      SELECTED,
      [
        [
          'POST /orgs/acme/actions/variables',
          { name: 'ONE', value: 'one', visibility: 'selected', selected_repository_ids: [2, 3] },
        ],
      ],
    ],
    ['a text alone', ORG, SELECTED, { value: 'two' }, [[`PATCH ${ONE}`, { value: 'two' }]]],
    [
      'a list alone',
      ORG,
      SELECTED,
      { repositories: ['api', 'web'] },
      [[`PUT ${ONE}/repositories`, { selected_repository_ids: [2, 1] }]],
    ],
    [
      'a text and a list',
      ORG,
      SELECTED,
      { value: 'two', repositories: [] },
      [[`PATCH ${ONE}`, { value: 'two', visibility: 'selected', selected_repository_ids: [] }]],
    ],
    ['a switch that lets all in', ORG, SELECTED, { visibility: 'all' }, [[`PATCH ${ONE}`, { visibility: 'all' }]]],
    [
      'a list that comes into force goes with its switch',
      ORG,
      { value: 'one', visibility: 'all' },
      { visibility: 'selected', repositories: ['api'] },
      [[`PATCH ${ONE}`, { visibility: 'selected', selected_repository_ids: [2] }]],
    ],
    [
      'of a repository: a create',
      REPO,
      undefined,
      { value: 'one' },
      [['POST /repos/acme/web/actions/variables', { name: 'ONE', value: 'one' }]],
    ],
    [
      'of a repository: a change',
      REPO,
      { value: 'one' },
      { value: '' },
      [['PATCH /repos/acme/web/actions/variables/ONE', { value: '' }]],
    ],
  ])('%s', (_, place, live, wants, expected) => {
    expect(requestsAt(place, { key: 'ONE', wants, ...(live ? { live } : {}) })).toEqual(expected)
  })

  it.each([
    ['ghes-3.9', '/repositories/1/environments/prod%2Feu%3A1/variables'],
    ['ghes-3.10', '/repos/acme/web/environments/prod%2Feu%3A1/variables'],
    ['dotcom', '/repos/acme/web/environments/prod%2Feu%3A1/variables'],
  ])('of an environment on %s', (product, list) => {
    const place: Place = { family, scope: PROD, product }
    const live = { value: 'one' }
    expect(requestsAt(place, { key: 'ONE', wants: live })).toEqual([[`POST ${list}`, { name: 'ONE', value: 'one' }]])
    expect(requestsAt(place, { key: 'ONE', wants: { value: 'two' }, live })).toEqual([
      [`PATCH ${list}/ONE`, { value: 'two' }],
    ])
    expect(deleteRequestsAt(place, { key: 'ONE', live })).toEqual([[`DELETE ${list}/ONE`]])
  })

  it('keeps the case of the name on GitHub', () => {
    const ref = { name: 'One', repositories: { api: 2, ml: 3 } }
    const asked = { key: 'ONE', wants: { value: 'two' }, live: SELECTED, ref }
    expect(requestsAt(ORG, asked)).toEqual([['PATCH /orgs/acme/actions/variables/One', { value: 'two' }]])
    expect(deleteRequestsAt(ORG, { key: 'ONE', live: SELECTED, ref })).toEqual([
      ['DELETE /orgs/acme/actions/variables/One'],
    ])
    expect(deleteRequestsAt(REPO, { key: 'ONE', live: { value: 'x' }, ref })).toEqual([
      ['DELETE /repos/acme/web/actions/variables/One'],
    ])
  })

  it('adds and removes one by one where the list is shared', () => {
    const rest = { edits: { repositories: { add: ['web'], remove: ['old'] } } }
    const live = { ...SELECTED, repositories: ['api', 'old'] }
    const ref = { name: 'ONE', repositories: { api: 2, old: 44 } }
    expect(requestsAt(ORG, { key: 'ONE', wants: {}, live, rest, ref })).toEqual([
      [`DELETE ${ONE}/repositories/44`],
      [`PUT ${ONE}/repositories/1`],
    ])
  })
})

describe('renamed from another name', () => {
  const ref = { name: 'Old', repositories: { api: 2 } }
  const OLD = '/orgs/acme/actions/variables/Old'
  it.each<[string, Place, Document, Document, Written[]]>([
    ['alone', REPO, { value: 'one' }, {}, [['PATCH /repos/acme/web/actions/variables/Old', { name: 'ONE' }]]],
    [
      'with its text',
      REPO,
      { value: 'one' },
      { value: 'two' },
      [['PATCH /repos/acme/web/actions/variables/Old', { name: 'ONE', value: 'two' }]],
    ],
    [
      'with its switch',
      ORG,
      { value: 'one', visibility: 'all' },
      { visibility: 'selected', repositories: ['api'] },
      [[`PATCH ${OLD}`, { name: 'ONE', visibility: 'selected', selected_repository_ids: [2] }]],
    ],
    [
      'with its list, which goes by the new name then',
      ORG,
      { value: 'one', visibility: 'selected', repositories: ['api'] },
      { repositories: [] },
      [
        [`PATCH ${OLD}`, { name: 'ONE' }],
        [`PUT ${ONE}/repositories`, { selected_repository_ids: [] }],
      ],
    ],
  ])('%s', (_, place, live, wants, expected) => {
    expect(
      requestsAt(place, { key: 'ONE', wants: { ...wants, renamed_from: 'OLD' }, live, ref }, { ...ref, name: 'ONE' }),
    ).toEqual(expected)
  })

  const seed = (given: object, more: object = {}) => ({
    organizations: { acme: { ...more, variables: given, repositories: { web: { id: 1 }, api: { id: 2 } } } },
  })
  const old = { value: 'x', visibility: 'selected', repositories: ['web'] }
  const renames = '    variables: { NEW: { renamed_from: old, value: y, repositories: [api] } }\n'
  const namesIn = (sandbox: { state(): unknown }): string[] =>
    Object.keys(
      (sandbox.state() as { organizations: { acme: { variables?: object } } }).organizations.acme.variables ?? {},
    )

  it('in place: once, and never again', async () => {
    const sandbox = await watchedSandbox({ seed: seed({ Old: old, KEPT: old }) })
    const place = await workplace(sandbox, yaml(`${renames}    prune: ["variables/OLD"]\n`))
    const plan = await place.plan()
    expect(plan).toMatchObject({
      changes: [
        {
          address: 'orgs/acme/variables/NEW',
          action: 'update',
          before: { value: 'x', repositories: ['web'] },
          after: { renamed_from: 'OLD', value: 'y', repositories: ['api'] },
          reason: 'it is called OLD on GitHub; repositories, value differ',
        },
      ],
    })
    const left = plan.left_alone.find(({ section }) => section === 'orgs/acme/variables')
    expect(left).toMatchObject({ names: ['KEPT'] })
    expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(namesIn(sandbox).sort()).toEqual(['KEPT', 'NEW'])
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
    // What was reviewed is done.
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 0 })
    await place.write('octoform.yaml', (await place.run(['import', 'orgs/acme'])).stdout)
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  })

  it('a plan of which the list is left to do is applied again', async () => {
    const sandbox = await watchedSandbox({ seed: seed({ OLD: old }) })
    const place = await workplace(sandbox, yaml(renames.replace('repositories', 'add_repositories')))
    expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
    const route = '/orgs/{org}/actions/variables/{name}/repositories/{repository_id}'
    await sandbox.fault({ method: 'PUT', route, status: 422 })
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 1 })
    expect(namesIn(sandbox)).toEqual(['NEW'])
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  })

  it('where both are there, the new one is managed and the old one is another', async () => {
    const sandbox = await watchedSandbox({ seed: seed({ OLD: old, NEW: old }) })
    const place = await workplace(sandbox, yaml(renames))
    const { changes, diagnostics } = await place.plan()
    expect(changes.map(({ address, action }) => `${action} ${address}`)).toEqual(['update orgs/acme/variables/NEW'])
    expect(diagnostics).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/^NEW is there, and so is OLD/) },
    ])
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(namesIn(sandbox).sort()).toEqual(['NEW', 'OLD'])
  })

  it('where neither is there, it is created', async () => {
    const place = await workplace(
      await watchedSandbox({ seed: seed({}) }),
      yaml('    variables: { NEW: { renamed_from: OLD, value: y, visibility: all } }\n'),
    )
    const { changes } = await place.plan()
    expect(changes).toMatchObject([{ action: 'create', after: { value: 'y', visibility: 'all' } }])
    expect(changes[0]?.after).not.toHaveProperty('renamed_from')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  })

  it.each(['orgs/acme/variables/NEW', 'orgs/acme/variables/OLD'])('--target %s chooses it', async (target) => {
    const place = await workplace(await watchedSandbox({ seed: seed({ OLD: old }) }), yaml(renames))
    expect((await place.plan(['--target', target])).changes).toHaveLength(1)
  })

  it('a protected name is not given up', async () => {
    const sandbox = await watchedSandbox({ seed: seed({ OLD: old }) })
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1\nguards: { protect: ["orgs/acme/variables/OLD"] }\norganizations:\n  acme:\n${renames}`,
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 3 })
    expect(sandbox.writes()).toEqual([])
  })

  it('a file must be allowed both names', async () => {
    const files = (addresses: string) => ({
      'octoform.yaml': `version: 1\nfiles: { "more.yaml": { addresses: [${addresses}] }, "octoform.yaml": { addresses: ["**"] } }\n`,
      'more.yaml': `version: 1\norganizations:\n  acme:\n${renames}`,
    })
    const validate = async (addresses: string) => {
      const place = await workplace(await watchedSandbox({ seed: seed({ OLD: old }) }), files(addresses))
      return place.run(['validate', '--config', 'octoform.yaml', '--config', 'more.yaml'])
    }
    expect(await validate('"orgs/acme/variables/NEW", "orgs/acme/variables/OLD"')).toMatchObject({ code: 0 })
    const { code, stdout, stderr } = await validate('"orgs/acme/variables/NEW"')
    expect({ code, told: stdout + stderr }).toEqual({
      code: 1,
      told: expect.stringContaining('orgs/acme/variables/OLD'),
    })
  })

  it('drift --accept says which name to write', async () => {
    const place = await workplace(await watchedSandbox({ seed: seed({ OLD: old }) }), yaml(renames))
    const { stdout, stderr } = await place.run(['drift', '--accept'])
    expect(stdout + stderr).toContain('GitHub has it as OLD')
  })

  it.each([
    ['NEW: { renamed_from: new }', 'NEW cannot be renamed from itself'],
    ['NEW: { renamed_from: OLD }, old: absent', 'NEW is renamed from OLD, which stands here as well'],
    ['NEW: { renamed_from: OLD }, NEWER: { renamed_from: OLD }', 'NEWER is renamed from OLD, and so is NEW'],
    ['NEW: { renamed_from: A-B }', '`A-B`'],
    ['NEW: { renamed_from: "" }', 'renamed_from'],
  ])('%s is an error', async (members, told) => {
    const place = await workplace(await watchedSandbox({ seed: seed({}) }), yaml(`    variables: { ${members} }\n`))
    const { code, stdout, stderr } = await place.run(['validate'])
    expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringContaining(told) })
    expect(await place.run(['plan'])).toMatchObject({ code: 1 })
  })
})

describe('what is found offline', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`
  it.each<[string, Place, Document, RegExp[]]>([
    ['48 KB', REPO, { value: 'x'.repeat(49_152) }, []],
    ['a byte more', REPO, { value: `${'x'.repeat(49_150)}€` }, [/^error value: .* has 49153 bytes/]],
    ['a token', REPO, { value: `--token=${token}` }, [/^warning value: .* looks like a token of GitHub/]],
    ['a key', ORG, { value: '-----BEGIN RSA PRIVATE KEY-----\nMII' }, [/^warning value: .*a private key/]],
    ['an access key', REPO, { value: 'AKIAIOSFODNN7EXAMPLE' }, [/^warning value: .*an access key of AWS/]],
    ['a commit', REPO, { value: '9bc295428e3c5b5be6a1a0dcdf5d1c1b3f1d2e3a' }, []],
    ['a web address', REPO, { value: 'https://eyes.example.com/glpat-docs' }, []],
  ])('%s', (_, place, wants, expected) => {
    const found = findingsAt(place, { key: 'ONE', wants })
    expect(found).toEqual(expected.map((message) => expect.stringMatching(message)))
    expect(JSON.stringify(found)).not.toContain(token)
  })
})

const acme = (given: object) => ({ organizations: { acme: { repositories: { web: {} }, ...given } } })
const NEW = '    variables: { New: { value: mine, visibility: all } }\n'

describe('on GitHub', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'names that GitHub refuses',
      '    variables: { GITHUB_X: { value: x }, 1X: { value: x }, A-B: absent }\n',
      ['`GITHUB_X`: GitHub keeps names', "`1X`: a variable's name cannot start", "`A-B`: a variable's name holds only"],
    ],
    [
      'more than GitHub takes',
      `    repositories:\n      web:\n        variables:\n${Array.from({ length: 501 }, (_, index) => `          V${index}: { value: x }\n`).join('')}`,
      ['has 501 members, and GitHub takes 500'],
    ],
    [
      'more than GitHub takes in an environment',
      `    repositories:\n      web:\n        environments:\n          prod:\n            variables:\n${Array.from({ length: 101 }, (_, index) => `              V${index}: { value: x }\n`).join('')}`,
      ['environments/prod has 101 members, and GitHub takes 100'],
    ],
    [
      'names that differ in case alone',
      '    variables: { One: { value: x }, ONE: { value: y } }\n',
      ['`ONE` is the same name as `One`'],
    ],
  ])('errors of validate: %s', async (_, body, parts) => {
    const place = await workplace(await watchedSandbox({ seed: acme({}) }), yaml(body))
    const { code, stderr, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    for (const part of parts) expect(stdout + stderr).toContain(part)
  })

  it('a number is an error: a value is text', async () => {
    const place = await workplace(
      await watchedSandbox({ seed: acme({}) }),
      yaml('    variables: { PORT: { value: 8080, visibility: all } }\n'),
    )
    expect(await place.run(['validate'])).toMatchObject({ code: 1 })
  })

  it.each([409, 422])('one that another writer created meanwhile is changed: %i', async (status) => {
    const sandbox = await watchedSandbox({ seed: acme({}) })
    const place = await workplace(sandbox, yaml(NEW))
    const route = '/orgs/{org}/actions/variables'
    await sandbox.fault({ method: 'POST', route, status, after: true })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes().map((write) => write.split(' ')[0])).toEqual(['POST', 'PATCH'])
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  })

  it('a refusal for another reason is told as it is', async () => {
    const sandbox = await watchedSandbox({ seed: acme({}) })
    const place = await workplace(sandbox, yaml(NEW))
    await sandbox.fault({
      method: 'POST',
      route: '/orgs/{org}/actions/variables',
      status: 422,
      body: { message: 'No.' },
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('422'),
    })
  })

  it('a page that is missing decides nothing', async () => {
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`V${index}`, { value: 'x' }]))
    const sandbox = await watchedSandbox({ seed: acme({ variables: many }) })
    const place = await workplace(sandbox, yaml('    variables: {}\n    prune: ["variables/*"]\n'))
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/variables', nth: 2, times: 9, status: 500 })
    expect(await place.plan()).toMatchObject({ complete: false, changes: [] })
  })

  it('its text is shown where names are, and only there', async () => {
    const sandbox = await watchedSandbox({ seed: acme({}) })
    const place = await workplace(sandbox, yaml(NEW.replace('mine', 'shown-text')))
    expect((await place.run(['plan'])).stdout).toContain('shown-text')
    expect(JSON.stringify(viewCounts(await place.plan(), 'plan'))).not.toContain('shown-text')
  })
})
